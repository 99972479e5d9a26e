import ArgumentParser
import Foundation
import Saliency

/// `rather explainers`: what can explain, and what can be set.
struct Explainers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the methods that explain, with their settings and defaults.")

  @Argument(help: ArgumentHelp("One method, to be described in full.", valueName: "name"))
  var name: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let entries = try name.map { [try ExplainerMenu.entry(named: $0)] } ?? ExplainerMenu.entries
    if json { return try Console.json(entries.map(Description.init)) }
    for entry in entries {
      Console.show("\(entry.name)  \(entry.summary)")
      if name != nil { Self.tell(entry) } else { Self.list(entry) }
    }
  }

  private static func list(_ entry: ExplainerEntry) {
    let settings = entry.settings.map { "\($0.key)=\($0.defaultValue)" }.joined(separator: ",")
    if !settings.isEmpty { Console.show("    \(settings)") }
  }

  private static func tell(_ entry: ExplainerEntry) {
    Console.show("", "  \(entry.title), \(entry.source).")
    switch entry.layerUse {
    case .never: Console.show("  Explains at the input.")
    case .optional: Console.show("  Explains at the input, or at a layer named by --layer.")
    case .always: Console.show("  Explains at a layer (--layer).")
    }
    Console.show(
      "  “Why P?” asks for the \(entry.defaultScore.rawValue) of P unless --score says otherwise.")
    if !entry.knowsClasses {
      Console.show(
        "  Knows no classes: its map is the same for every question, so it answers no contrast.")
    }
    if entry.settings.isEmpty { return Console.show("  No settings.") }
    Console.show("", "  Settings (--settings key=value,…):")
    for setting in entry.settings {
      Console.show(
        "    \(setting.key)=\(setting.defaultValue)",
        "        \(setting.summary); \(setting.expectation)")
    }
  }

  /// An entry as JSON.
  private struct Description: Encodable {
    let name, title, summary, source, layer, score: String
    let settings: [SettingDescription]

    init(_ entry: ExplainerEntry) {
      (name, title, summary) = (entry.name, entry.title, entry.summary)
      (source, layer) = (entry.source, entry.layerUse.rawValue)
      score = entry.defaultScore.rawValue
      settings = entry.settings.map(SettingDescription.init)
    }
  }

  private struct SettingDescription: Encodable {
    let key, `default`, summary, expected: String

    init(_ setting: Setting) {
      (key, `default`, summary) = (setting.key, setting.defaultValue, setting.summary)
      expected = setting.expectation
    }
  }
}
