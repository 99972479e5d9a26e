import Foundation

@testable import Documents
@testable import Files

/// Documents that an earlier run left unfinished.
struct PartTarget {
  private let scratch: Scratch
  private let documents: String
  private let head: [UInt8]

  private static let origin = DocumentOrigin(
    network: "net", pictures: "pictures", pictureCount: 5, mass: 0.9, atMost: 4, batch: 2, shard: 1,
    shardCount: 1)

  init(in scratch: Scratch) throws {
    self.scratch = scratch
    documents = scratch.path("documents.txt")
    head = Array((try Self.origin.line() + "\n").utf8)
  }

  /// Takes the bytes up as they are; before that as the lines behind a head that fits, each with the
  /// check that it needs.
  func feed(_ bytes: [UInt8]) throws {
    try takeUp(head + Self.mended(bytes))
    try takeUp(bytes)
  }

  private func takeUp(_ bytes: [UInt8]) throws {
    let path = try scratch.file("documents.txt.part", bytes)
    defer { unlink(path) }
    // Pictures that there are not have a stamp as well.
    let pictures = (0..<5).map { scratch.path("\($0).png") }
    let work = try UnfinishedWork(
      on: documents, from: Self.origin, pictures: pictures, classCount: 6, existing: .refuse)
    let passes = work.missingPasses(of: 2)
    try work.append(passes.map { DonePicture(place: 2 * $0, stamp: "none", classes: [$0]) })
    _ = (work.documents(), work.failedCount, work.doneCount)
  }

  /// What a run of three pictures leaves, one of which could not be read.
  static func seed() throws -> [UInt8] {
    let done = [[2, 0], nil, [1]].enumerated().map {
      DonePicture(place: $0, stamp: "none", classes: $1)
    }
    return Array((try origin.line() + "\n" + done.map(\.line).joined()).utf8)
  }

  private static func mended(_ bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let mark = Array(" ; ".utf8)
    let whole = lines.dropLast().map { line in
      let end = line.indices.first { line[$0...].starts(with: mark) } ?? line.endIndex
      let text = Array(line[..<end])
      return text + mark + SHA256.hex(of: text).prefix(8).utf8 + [UInt8(ascii: "\n")]
    }
    return Array(whole.joined()) + (lines.last ?? [])
  }
}
