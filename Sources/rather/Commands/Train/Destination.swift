import ArgumentParser
import Foundation
import Networks

/// Where a trained network goes.
enum Destination {
  /// Fails before the work is done rather than after it.
  static func check(_ path: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    guard path.hasSuffix(".pt2") else {
      throw ValidationError("-o must name a file that ends in .pt2")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ValidationError("\(path) is a folder; -o must name a file")
    }
    guard FileManager.default.createFile(atPath: path + ".part", contents: nil) else {
      throw ValidationError("\(folder) is not a folder that can be written to")
    }
    unlink(path + ".part")
  }

  /// Saves a network with its card beside it; the card last.
  static func save(_ network: Network, to path: String) throws {
    try network.program.write(to: path)
    try network.card.write(to: Card.path(besides: path))
  }
}
