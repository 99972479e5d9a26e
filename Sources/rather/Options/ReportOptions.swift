import ArgumentParser
import Files
import Foundation
import Imagery
import Report

/// Where a report goes and how its maps are drawn.
struct ReportOptions: ParsableArguments {
  @OptionGroup var place: FolderOptions

  @Flag(help: "Give each map a colour scale of its own.")
  var ownScale = false

  @Flag(help: "Keep what speaks against the fact: signed maps, from before the last ReLU.")
  var signed = false

  /// Values are always raw, in units of the score; scripts of before may still say so.
  @Flag(help: .hidden)
  var raw = false

  @Option(
    help: ArgumentHelp("The colours. (default: inferno; diverging with --signed)", valueName: "map")
  )
  var colors: ColorMap?

  /// Whether the manifest goes to standard output.
  var json: Bool { place.json }

  /// The number that all randomness follows from.
  var seed: UInt64 { place.seed }

  var drawing: Drawing {
    Drawing(
      colors: colors, scale: ownScale ? .own : .shared, sign: signed ? .both : .positive)
  }

  /// The folder that was named, or a new one named after the picture.
  ///
  /// - Parameter inputs: What is read beside the picture.
  /// - Throws: `FileError` where no report could be written to it.
  func folder(about picture: String, reading inputs: [String?]) throws -> String {
    try place.folder(about: picture, suffix: "why", reading: inputs)
  }

  /// Writes a report to a folder.
  func write(_ report: Report, to path: String) throws -> (path: String, manifest: Manifest) {
    (path, try report.write(to: path, existing: place.existing))
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
