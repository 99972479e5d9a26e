import ArgumentParser
import Saliency

/// Several methods with their settings, as typed.
struct MethodList {
  let entries: [ExplainerEntry]
  private let given: [String: [String]]

  /// - Parameters:
  ///   - names: The methods with commas between, or `all`.
  ///   - settings: `name:key=value,…`, several for one method where wanted.
  /// - Throws: `SettingError`, before any method has done its work.
  init(_ names: String, settings: [String]) throws {
    var entries: [ExplainerEntry] = []
    for name in names == "all" ? ExplainerMenu.entries.map(\.name) : Self.words(names)
    where !entries.contains(where: { $0.name == name }) {
      entries.append(try ExplainerMenu.entry(named: name))
    }
    if entries.isEmpty {
      throw ValidationError(
        "--explainers names none; write some, such as grad-cam,rise, or all")
    }
    var given: [String: [String]] = [:]
    for text in settings {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, let entry = entries.first(where: { $0.name == parts[0] }) else {
        throw ValidationError(
          "--settings takes NAME:key=value,… here, with one of the methods compared, "
            + "not “\(text)”")
      }
      given[parts[0], default: []].append(parts[1])
      _ = try entry.values(given[parts[0], default: []].joined(separator: ","))
    }
    self.entries = entries
    self.given = given
  }

  /// The settings of a method; empty where none were typed.
  func settings(of entry: ExplainerEntry) -> String {
    given[entry.name, default: []].joined(separator: ",")
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: ",").map(String.init)
  }
}
