import ArgumentParser
import Files
import Foundation
import Report

/// Where a report goes, and what its randomness follows from.
struct FolderOptions: ParsableArguments {
  @Option(
    name: [.long, .short],
    help: ArgumentHelp(
      "The folder to write. (default: one named after the picture)", valueName: "folder"))
  var out: String?

  @Flag(help: "Write into a folder that is not empty.")
  var force = false

  @Flag(help: "Print the manifest to standard output.")
  var json = false

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  var existing: ExistingFiles { force ? .overwrite : .refuse }

  /// The folder that was named, or a new one: PICTURE-suffix, that nobody else fills.
  ///
  /// - Parameter inputs: What is read beside the picture.
  /// - Throws: `FileError` where no report could be written to it.
  func folder(about picture: String, suffix: String, reading inputs: [String?]) throws -> String {
    let path = path(about: picture, suffix: suffix)
    try Claim.outputs(folders: [path], existing: existing, reading: [picture] + inputs)
    return path
  }

  /// Makes the folder, before the process gives up the right to make it.
  func prepared(about picture: String, suffix: String) -> Confinement.Places {
    ReportFolder.prepare(path(about: picture, suffix: suffix))
  }

  private func path(about picture: String, suffix: String) -> String {
    if let out { return out }
    let stem = URL(filePath: picture).deletingPathExtension().lastPathComponent
    let path = Self.chosen["\(stem)-\(suffix)"] ?? Self.freeFolder("\(stem)-\(suffix)")
    Self.chosen["\(stem)-\(suffix)"] = path
    return path
  }

  /// The folders that were chosen, which may be there since. A command chooses on its main thread, first of
  /// all that it does.
  private nonisolated(unsafe) static var chosen: [String: String] = [:]

  private static func freeFolder(_ stem: String) -> String {
    let names = sequence(first: 1) { $0 + 1 }.lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }
    let isFree = { (name: String) in
      !FileManager.default.fileExists(atPath: name) && (try? OutputLock.take(name)) != nil
    }
    return names.first(where: isFree) ?? stem
  }
}
