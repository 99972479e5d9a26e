import Confusion
import Datasets
import Evaluation
import Files
import Foundation
import Imagery
import Networks
import Tensors
import Terms

/// A reader of files that other people made.
enum FuzzTarget: String, CaseIterable {
  case graph
  case archive
  case operators
  case card
  case generator
  case tree
  case documents
  case idx
  case run
  case picture

  /// Gives the reader some bytes.
  ///
  /// - Throws: what the reader says of them.
  func feed(_ bytes: [UInt8]) throws {
    switch self {
    case .graph: try GraphTarget.shared.feed(bytes)
    case .archive: try GraphTarget.run(Scratch.file("a.pt2", bytes))
    case .operators: try OperatorTarget.shared.feed(bytes)
    case .card: _ = try Card(contentsOf: Scratch.file("card.json", bytes))
    case .generator: _ = try Generator(contentsOf: Scratch.file("generator.json", bytes))
    case .tree: _ = try TreeFile(contentsOf: Scratch.file("tree", bytes))
    case .documents: _ = try DocumentFile(contentsOf: Scratch.file("documents", bytes)).corpus
    case .idx: _ = try IDX(decoding: bytes, named: "input")
    case .run:
      _ = try Scratch.file("run/records.sqlite", bytes)
      _ = try EvaluationRun.open(Scratch.folder + "/run").identity
    case .picture: _ = try Picture(decoding: bytes, named: "input")
    }
  }
}

/// Files in memory, for readers that want one.
enum Scratch {
  static let folder: String = {
    let path = "/dev/shm/rather-fuzz-\(getpid())"
    try? FileManager.default.createDirectory(
      atPath: path + "/run", withIntermediateDirectories: true)
    return path
  }()

  /// Writes bytes under a name, and returns the path.
  static func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder + "/" + name
    guard let file = fopen(path, "wb") else { throw FileError.unreadable(path, .missing) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return path
  }
}
