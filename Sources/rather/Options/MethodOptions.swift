import ArgumentParser
import Saliency

/// The methods that a command takes where none are named.
protocol UsualMethods {
  /// Their names with commas between, or `all`.
  static var names: String { get }
}

/// Several methods, their settings and their layer.
struct MethodOptions<Usual: UsualMethods>: ParsableArguments {
  @Option(help: ArgumentHelp("The methods, separated by commas, or all.", valueName: "name,…"))
  var explainers = Usual.names

  @Option(
    help: ArgumentHelp(
      "The settings of one method; may be repeated for others.", valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("The layer for the methods that use one.", valueName: "name"))
  var layer: String?

  /// The methods with their settings.
  ///
  /// - Throws: `SettingError`, before any method has done its work.
  func list() throws -> MethodList { try MethodList(explainers, settings: settings) }

  /// The layer that was named, where a method cannot do without one.
  func layer(of entry: ExplainerEntry) -> String? {
    entry.layerUse == .always ? layer : nil
  }
}
