package import Saliency

/// Several explainers with their settings, as typed.
package struct MethodList {
  package let entries: [ExplainerEntry]
  private let given: [String: [String]]

  /// - Parameters:
  ///   - names: The explainers, or `all`.
  ///   - settings: `name:key=value,…`, several for one explainer where wanted.
  /// - Throws: `SettingError`, before any explainer has done its work.
  package init(_ names: [String], settings: [String]) throws {
    var entries: [ExplainerEntry] = []
    for name in names == ["all"] ? ExplainerMenu.entries.map(\.name) : names
    where !entries.contains(where: { $0.name == name }) {
      entries.append(try ExplainerMenu.entry(named: name))
    }
    if entries.isEmpty {
      throw RequestFault.unfit(
        "--explainers names none; write some, such as grad-cam,rise, or all")
    }
    var given: [String: [String]] = [:]
    for text in settings {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, let entry = entries.first(where: { $0.name == parts[0] }) else {
        throw RequestFault.unfit(
          "--settings takes NAME:key=value,… here, with one of the methods compared, "
            + "not “\(text)”")
      }
      given[parts[0], default: []].append(parts[1])
      _ = try entry.values(given[parts[0], default: []].joined(separator: ","))
    }
    self.entries = entries
    self.given = given
  }

  /// The settings of an explainer; empty where none were typed.
  package func settings(of entry: ExplainerEntry) -> String {
    given[entry.name, default: []].joined(separator: ",")
  }
}
