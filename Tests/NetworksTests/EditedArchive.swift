import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// The records of a small network's archive, to be changed and written again.
struct EditedArchive {
  static let graph = "models/model.json"
  static let config = "data/weights/model_weights_config.json"

  var records: [String: [UInt8]] = [:]
  let folder: URL

  init() throws {
    folder = try References.temporaryFolder()
    let path = folder.appending(path: "whole.pt2").path
    try SmallNetwork.program().write(to: path)
    let reader = try ZipReader(path: path)
    for name in reader.names {
      let own = String(name.drop { $0 != "/" }.dropFirst())
      if !Self.isWrittenByItself(own) { records[own] = try reader.bytes(name, limit: 1 << 20) }
    }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The whole file, unchanged.
  func bytes() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "whole.pt2")))
  }

  /// Replaces words in a record; expects them to be there.
  mutating func replace(_ old: String, with new: String, in record: String = graph) throws {
    let text = String(decoding: try #require(records[record]), as: UTF8.self)
    try #require(text.contains(old), "\(record) has no “\(old)”")
    records[record] = Array(text.replacing(old, with: new).utf8)
  }

  /// Writes the records as a new archive and reads it.
  func program() throws(NetworkError) -> Program { try Program(contentsOf: written()) }

  /// Writes bytes as a file and reads it.
  func program(of bytes: some Sequence<UInt8>) throws(NetworkError) -> Program {
    let url = folder.appending(path: "changed.pt2")
    do { try Data(bytes).write(to: url) } catch { throw .missingFile("\(error)") }
    return try Program(contentsOf: url.path)
  }

  func written() throws(NetworkError) -> String {
    let path = folder.appending(path: "edited.pt2").path
    do {
      let writer = try ArchiveWriter(path: path)
      for (name, bytes) in records.sorted(by: { $0.key < $1.key }) { try writer.add(name, bytes) }
      try writer.finish()
    } catch {
      throw .missingFile("\(error)")
    }
    return path
  }

  private static func isWrittenByItself(_ name: String) -> Bool {
    name == "byteorder" || name == "version" || name.hasPrefix(".data/")
  }
}
