import Confusion
import Files
import Foundation
import Imagery
import Networks
import TestSupport
import Testing

@testable import Documents

/// Documents of real photos by a real network: parity with the plain program, invariance.
@Suite(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
struct RealPhotoTests {
  let network: Network
  let folder: URL
  let names: [String]

  init() throws {
    let data = try #require(References.data)
    network = try Network(contentsOf: data.appending(path: "models/mobilenet-v2.pt2").path)
    let photos = data.appending(path: "photos/nips2017").path
    names = try Picture.names(below: photos).prefix(22).map { "\(photos)/\($0)" }
    folder = try References.temporaryFolder()
  }

  func lines(
    of names: some Sequence<String>, workers: Int = 2, atMost: Int? = nil, shard: Shard = .whole
  ) throws -> [String] {
    let list = folder.appending(path: "list.txt").path
    let out = folder.appending(path: "docs.txt.gz").path
    try Data(names.joined(separator: "\n").utf8).write(to: URL(filePath: list))
    let run = try DocumentRun(
      of: PictureList(at: list), by: network, networkSHA256: "",
      settings: DocumentSettings(atMost: atMost), shard: shard)
    try run.write(to: out, existing: .overwrite, workers: workers)
    return String(decoding: try ByteStream.contents(out, atMost: 1 << 20), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test func `the five likeliest are those of the plain program, one picture at a time`() throws {
    let expected = try names.map { name in
      try network.prediction(
        for: network.card.input.input(from: Picture(contentsOf: name))
      ).likeliest().map { "\($0.index)" }.joined(separator: " ")
    }
    #expect(try lines(of: names, atMost: 5) == expected)
  }

  @Test func `a document depends neither on threads, nor on its place, nor on what is left out`()
    throws
  {
    let whole = try lines(of: names)
    #expect(whole.count == 22)
    #expect(try lines(of: names, workers: 1) == whole)
    #expect(try lines(of: names.dropFirst(3)) == Array(whole.dropFirst(3)))
    let broken = folder.appending(path: "broken.jpg").path
    try Data("no picture".utf8).write(to: URL(filePath: broken))
    #expect(try lines(of: [broken] + names.dropFirst()) == Array(whole.dropFirst()))
    let shards = try (1...3).flatMap { try lines(of: names, shard: #require(Shard("\($0)/3"))) }
    #expect(shards == whole)
  }
}
