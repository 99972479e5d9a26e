import ArgumentParser
import Files
import Foundation
import Imagery
import Report

/// Where a report goes and how its maps are drawn.
struct ReportOptions: ParsableArguments {
  @Option(
    name: [.long, .short],
    help: ArgumentHelp("The folder to write; PICTURE-why otherwise.", valueName: "folder"))
  var out: String?

  @Flag(help: "Write into a folder that is not empty.")
  var force = false

  @Flag(help: "Give each map a colour scale of its own.")
  var ownScale = false

  @Flag(help: "Keep what speaks against the fact: signed maps, before the last ReLU.")
  var signed = false

  @Flag(help: "Raw values, in units of the score; they always are, but scripts may say so.")
  var raw = false

  @Option(help: ArgumentHelp("The colours; inferno, or diverging if signed.", valueName: "map"))
  var colors: ColorMap?

  @Flag(help: "Print the manifest to standard output.")
  var json = false

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  var drawing: Drawing {
    Drawing(
      colors: colors, scale: ownScale ? .own : .shared, sign: signed ? .both : .positive)
  }

  /// The folder that was named, or a new one named after the picture.
  ///
  /// - Throws: `FileError` where no report could be written to it.
  func folder(about picture: String) throws -> String {
    let path =
      out ?? Self.freeFolder(URL(filePath: picture).deletingPathExtension().lastPathComponent)
    try Report.check(path, existing: existing)
    return path
  }

  /// Writes a report to a folder.
  func write(_ report: Report, to path: String) throws -> (path: String, manifest: Manifest) {
    (path, try report.write(to: path, existing: existing))
  }

  private var existing: ExistingFiles { force ? .overwrite : .refuse }

  private static func freeFolder(_ stem: String) -> String {
    let names = sequence(first: 1) { $0 + 1 }.lazy.map {
      $0 == 1 ? "\(stem)-why" : "\(stem)-why-\($0)"
    }
    return names.first { !FileManager.default.fileExists(atPath: $0) } ?? "\(stem)-why"
  }
}

extension Manifest.File {
  /// A picture's file.
  init(_ path: String, showing picture: Picture) throws {
    self.init(
      path: path, sha256: try SHA256.hex(ofFile: path),
      size: .init(width: picture.width, height: picture.height))
  }
}
