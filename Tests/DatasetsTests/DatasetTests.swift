import Datasets
import Files
import Foundation
import Imagery
import Terms
import TestSupport
import Testing

@Suite struct IDXTests {
  static let header: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]

  @Test func `shape and bytes are read`() throws {
    let idx = try IDX(decoding: Self.header + [1, 2, 3, 4, 5, 6], named: "x")
    #expect(idx.shape == [2, 3])
    #expect(idx.bytes == [1, 2, 3, 4, 5, 6])
  }

  @Test func `too few or too many bytes are refused`() {
    #expect(throws: DatasetError.idxSize("x", declared: 6, found: 5)) {
      try IDX(decoding: Self.header + [1, 2, 3, 4, 5], named: "x")
    }
    #expect(throws: DatasetError.idxSize("x", declared: 6, found: 7)) {
      try IDX(decoding: Self.header + [1, 2, 3, 4, 5, 6, 7], named: "x")
    }
  }

  @Test func `an enormous declared size is refused`() {
    let header: [UInt8] = [0, 0, 8, 3] + Array(repeating: 255, count: 12)
    #expect(throws: DatasetError.self) { try IDX(decoding: header, named: "x") }
  }

  @Test(
    arguments: [[], [0, 0, 8], [1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 13, 1, 0, 0, 0, 0]] as [[UInt8]])
  func `something else is refused`(bytes: [UInt8]) {
    #expect(throws: DatasetError.notIDX("x")) { try IDX(decoding: bytes, named: "x") }
  }
}

@Suite struct FetchingTests {
  @Test func `files that are not the published ones are refused and nothing is left`() throws {
    let source = try References.temporaryFolder()
    let target = try References.temporaryFolder()
    for file in PublishedDataset.files {
      try Data([0, 0, 8, 1, 0, 0, 0, 1, 7]).write(to: source.appending(path: file))
    }
    do {
      _ = try PublishedDataset.mnist.fetch(into: target.path, from: source.path) { _ in }
      Issue.record("a wrong file was accepted")
    } catch DatasetError.checksum(_, let found, let expected) {
      #expect(found != expected)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty)
  }

  @Test func `a folder without the files is refused`() throws {
    let empty = try References.temporaryFolder()
    #expect(
      throws: DatasetError.notFound("train-images-idx3-ubyte", tried: [empty.path])
    ) { _ = try PublishedDataset.mnist.fetch(into: empty.path, from: empty.path) { _ in } }
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `MNIST comes from a folder and from a mirror, checked, and loads`() throws {
    let source = try #require(References.data).appending(path: "mnist")
    let target = try References.temporaryFolder()
    let mirror = source.standardizedFileURL.absoluteString
    var last: ProgressUpdate?
    _ = try PublishedDataset.mnist.fetch(into: target.path, from: mirror) { last = $0 }
    #expect(last?.completed == last?.total)
    let dataset = try PublishedDataset.mnist.load(from: target.path)
    #expect(dataset.train.count == 60_000)
    #expect(dataset.test.count == 10_000)
    // The first training digit is a five, the first test digit a seven.
    #expect(dataset.train.labels[0] == 5)
    #expect(dataset.test.labels[0] == 7)
  }
}

@Suite struct FolderDatasetTests {
  func folder(_ classes: [String], pictures count: Int) throws -> String {
    let root = try References.temporaryFolder()
    for (shade, name) in classes.enumerated() {
      let inside = root.appending(path: name)
      try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
      for i in 0..<count {
        let picture = try Picture(
          width: 4, height: 4, filledWith: Color(red: UInt8(shade * 100), green: UInt8(i), blue: 0))
        try Data(picture.png()).write(to: inside.appending(path: "\(i).png"))
      }
    }
    return root.path
  }

  @Test func `every fifth picture of each class is kept for testing`() throws {
    let path = try folder(["cat", "dog"], pictures: 10)
    let dataset = try FolderDataset(path: path, seed: 1).load(fit: { $0 })
    #expect(dataset.train.classNames == ["cat", "dog"])
    #expect(dataset.train.count == 16)
    #expect(dataset.test.labels.sorted() == [0, 0, 1, 1])
  }

  @Test func `the same seed keeps the same pictures`() throws {
    let path = try folder(["cat", "dog"], pictures: 10)
    let first = try FolderDataset(path: path, seed: 1).load(fit: { $0 })
    let again = try FolderDataset(path: path, seed: 1).load(fit: { $0 })
    #expect(first.test.pixels == again.test.pixels)
  }

  @Test func `pictures are stored by channel`() throws {
    let path = try folder(["cat", "dog"], pictures: 2)
    let set = try FolderDataset(path: path, seed: 1).load(fit: { $0 }).train
    let dog = try #require(set.labels.firstIndex(of: 1))
    #expect(set.pixels(of: dog).prefix(16).allSatisfy { $0 == 100 }, "the red plane comes first")
    #expect(set.pixels(of: dog).suffix(16).allSatisfy { $0 == 0 }, "the blue plane comes last")
  }

  @Test func `one class, or an empty one, is refused`() throws {
    let one = try folder(["cat"], pictures: 3)
    #expect(throws: DatasetError.noClasses(one)) {
      try FolderDataset(path: one, seed: 1).load(fit: { $0 })
    }
    let empty = try folder(["cat", "dog"], pictures: 0)
    #expect(throws: DatasetError.emptyClass(empty + "/cat")) {
      try FolderDataset(path: empty, seed: 1).load(fit: { $0 })
    }
  }
}
