import Confusion
import Foundation
import TestSupport

/// Real documents and published trees.
enum PublishedData {
  static var isThere: Bool { folder != nil }

  private static var folder: URL? {
    References.data.flatMap {
      FileManager.default.fileExists(atPath: $0.appending(path: documentsName).path) ? $0 : nil
    }
  }

  private static let documentsName = "documents/resnet50-imagenet-val.txt.gz"

  struct Missing: Error {}

  static func documents() throws -> Corpus {
    guard let folder else { throw Missing() }
    return try DocumentFile(contentsOf: folder.appending(path: documentsName).path).corpus
  }

  /// Four fifths of the documents, and every fifth.
  static func split() throws -> (learnt: Corpus, kept: Corpus) {
    let all = try documents()
    return (
      all.selecting((0..<all.count).filter { $0 % 5 != 4 }),
      all.selecting((0..<all.count).filter { $0 % 5 == 4 })
    )
  }

  static func tree(_ name: String) throws -> LatentTree {
    guard let folder else { throw Missing() }
    return try TreeFile(contentsOf: folder.appending(path: "trees/\(name).json").path).tree
  }
}
