import Datasets
import Files
import Foundation
import Terms
import TestSupport
import Testing

@Suite("IDX folders: known answers, invariance, bad input")
struct IDXFolderTests {
  /// Writes `count` pictures of 2 × 3, picture i of class i mod `classes` and filled with i.
  static func write(_ prefix: String, count: Int, classes: Int, to folder: URL) throws {
    let sizes: [UInt8] = [0, 0, 0, UInt8(count)]
    let pictures: [UInt8] = [0, 0, 8, 3] + sizes + [0, 0, 0, 2, 0, 0, 0, 3]
    try Data(pictures + (0..<count).flatMap { Array(repeating: UInt8($0), count: 6) })
      .write(to: folder.appending(path: "\(prefix)-images-idx3-ubyte"))
    try Data([0, 0, 8, 1] + sizes + (0..<count).map { UInt8($0 % classes) })
      .write(to: folder.appending(path: "\(prefix)-labels-idx1-ubyte"))
  }

  @Test func `two pairs are the training and the test pictures`() throws {
    let folder = try References.temporaryFolder()
    try Self.write("train", count: 6, classes: 3, to: folder)
    try Self.write("t10k", count: 4, classes: 2, to: folder)
    let dataset = try #require(IDXFolder(path: folder.path, seed: 0)).load()
    #expect(dataset.train.labels == [0, 1, 2, 0, 1, 2])
    #expect(dataset.test.labels == [0, 1, 0, 1])
    #expect(dataset.train.classNames == ["0", "1", "2"])
    #expect(dataset.test.classNames == ["0", "1", "2"], "both parts speak of the same classes")
    #expect(Array(dataset.train.pixels(of: 4)) == [4, 4, 4, 4, 4, 4])
  }

  @Test(arguments: ["train", "t10k"])
  func `of one pair every fifth picture of each class is kept, by the seed`(prefix: String) throws {
    let folder = try References.temporaryFolder()
    try Self.write(prefix, count: 100, classes: 2, to: folder)
    func load(_ seed: Seed) throws -> Dataset {
      try #require(IDXFolder(path: folder.path, seed: seed)).load()
    }
    let first = try load(1)
    #expect(first.train.count == 80)
    #expect(first.test.labels.count { $0 == 0 } == 10)
    #expect(first.test.labels.count { $0 == 1 } == 10)
    // A picture is filled with its number.
    let all = Set((first.train.pixels + first.test.pixels))
    #expect(all.count == 100, "each picture is in one part")
    #expect(try load(1).test.pixels == first.test.pixels)
    #expect(try load(2).test.pixels != first.test.pixels)
  }

  @Test(arguments: ["", ".gz"])
  func `names with a dot before idx are read as those without`(ending: String) throws {
    let (plain, dotted) = (try References.temporaryFolder(), try References.temporaryFolder())
    for prefix in ["train", "t10k"] {
      try Self.write(prefix, count: 6, classes: 3, to: plain)
      for name in ["\(prefix)-images-idx3-ubyte", "\(prefix)-labels-idx1-ubyte"] {
        let bytes = [UInt8](try Data(contentsOf: plain.appending(path: name)))
        try Data(ending.isEmpty ? bytes : Gzip.compressed(bytes))
          .write(to: dotted.appending(path: name.replacing("-idx", with: ".idx") + ending))
      }
    }
    let wanted = try #require(IDXFolder(path: plain.path, seed: 0)).load()
    let found = try #require(IDXFolder(path: dotted.path, seed: 0)).load()
    #expect(found.train.pixels == wanted.train.pixels && found.train.labels == wanted.train.labels)
    #expect(found.test.pixels == wanted.test.pixels && found.test.labels == wanted.test.labels)
  }

  @Test func `files that do not belong together are named`() throws {
    let folder = try References.temporaryFolder()
    let pictures = folder.path + "/train-images-idx3-ubyte"
    let labels = folder.path + "/train-labels-idx1-ubyte"
    func load() throws { _ = try IDXFolder(path: folder.path, seed: 0)?.load() }
    try Self.write("train", count: 6, classes: 3, to: folder)
    let sound = try [pictures, labels].map { try Data(contentsOf: URL(filePath: $0)) }
    try sound[0].write(to: URL(filePath: labels))
    #expect(throws: DatasetError.axes(labels, found: 3, expected: 1)) { try load() }
    try sound[1].write(to: URL(filePath: pictures))
    #expect(throws: DatasetError.swapped(pictures: pictures, labels: labels)) { try load() }
    try sound[1].write(to: URL(filePath: labels))
    #expect(throws: DatasetError.axes(pictures, found: 1, expected: 3)) { try load() }
    try sound[0].write(to: URL(filePath: pictures))
    try Data([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]).write(to: URL(filePath: labels))
    #expect(throws: DatasetError.counts(pictures, pictures: 6, labels, labels: 2)) { try load() }
    // One picture a class leaves none to measure on.
    try Self.write("train", count: 3, classes: 3, to: folder)
    #expect(throws: DatasetError.tooFew(folder.path)) { try load() }
  }

  @Test(.timeLimit(.minutes(20)))
  func `no more is unpacked than a header declares`() throws {
    let folder = try References.temporaryFolder()
    try Self.write("train", count: 6, classes: 3, to: folder)
    let path = folder.path + "/train-images-idx3-ubyte"
    let head = try Data(contentsOf: URL(filePath: path)).prefix(16)
    // 60 MiB behind a header of 36 bytes of pictures.
    let packed = Gzip.compressed([UInt8](head) + [UInt8](repeating: 0, count: 60 << 20))
    try Data(packed).write(to: URL(filePath: path))
    do {
      _ = try IDX(contentsOf: path)
      Issue.record("it is read")
    } catch DatasetError.idxSize(path, declared: 36, let found) {
      #expect(found <= 1 << 18)
    }
    for name in ["/dev/zero", folder.path] {
      #expect(throws: FileError.self) { try IDX(contentsOf: name) }
    }
  }

  @Test func `a folder without IDX files is none`() throws {
    #expect(IDXFolder(path: try References.temporaryFolder().path, seed: 0) == nil)
  }

  @Test func `pictures without labels, and of one class alone, are refused`() throws {
    let folder = try References.temporaryFolder()
    try Self.write("train", count: 4, classes: 1, to: folder)
    #expect(throws: DatasetError.oneClass(folder.path)) {
      try IDXFolder(path: folder.path, seed: 0)?.load()
    }
    try FileManager.default.removeItem(at: folder.appending(path: "train-labels-idx1-ubyte"))
    let pictures = folder.path + "/train-images-idx3-ubyte"
    #expect(throws: DatasetError.noLabels(pictures, wanted: "train-labels-idx1-ubyte")) {
      try IDXFolder(path: folder.path, seed: 0)?.load()
    }
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `Kannada-MNIST's test files are split`() throws {
    let path = try #require(References.data).appending(path: "kannada-mnist").path
    let dataset = try #require(IDXFolder(path: path, seed: 0)).load()
    #expect(dataset.train.count == 8000)
    #expect(dataset.test.count == 2000)
    #expect(dataset.train.classNames.count == 10)
  }
}
