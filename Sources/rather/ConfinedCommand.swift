import ArgumentParser
import Files
import Foundation
import Networks

/// A command that reads networks, and gives up beforehand what no network needs.
protocol ConfinedCommand: ParsableCommand {
  /// The file or folder that it writes; `nil` where it only prints.
  var writtenPath: String? { get }
}

extension ConfinedCommand {
  /// Confines the process to writing where the command was told to, into the cache of measured
  /// choices, and into the folder for temporary files.
  ///
  /// It has to be called before the process has a second thread.
  func confine() {
    var folders = [(Tunings.usual.path as NSString).deletingLastPathComponent]
    try? FileManager.default.createDirectory(
      atPath: folders[0], withIntermediateDirectories: true)
    if let writtenPath {
      // What is written is made beside its place and moved there.
      folders += [Self.folder(around: writtenPath), writtenPath]
    }
    if case .refused(let number) = Confinement.begin(writingBeneath: folders) {
      Console.message(
        "Rather could not confine itself (\(String(cString: strerror(number)))); what networks may "
          + "call is checked all the same")
    }
  }

  /// The nearest folder above a path that is there.
  private static func folder(around path: String) -> String {
    var folder = URL(filePath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.path), folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
    }
    return folder.path
  }
}

extension Explain: ConfinedCommand {
  var writtenPath: String? { report.place.out ?? Self.newFolder }
}

extension Compare: ConfinedCommand {
  var writtenPath: String? { report.place.out ?? Self.newFolder }
}

extension Sanity: ConfinedCommand {
  var writtenPath: String? { report.out ?? Self.newFolder }
}

extension Counterfactual: ConfinedCommand {
  var writtenPath: String? { place.out ?? Self.newFolder }
}

extension CollectDocuments: ConfinedCommand {
  var writtenPath: String? { output.out }
}

extension EvaluateRun: ConfinedCommand {
  var writtenPath: String? { out }
}

extension Predict: ConfinedCommand {
  var writtenPath: String? { nil }
}

extension Inspect: ConfinedCommand {
  var writtenPath: String? { nil }
}

extension ConfinedCommand {
  /// A folder that is named after the picture lies in the current one.
  fileprivate static var newFolder: String { "report" }
}
