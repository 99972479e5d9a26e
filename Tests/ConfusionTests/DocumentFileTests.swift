import Files
import Foundation
import TestSupport
import Testing

@testable import Confusion

/// Files of documents: known answers, round trips, bad input.
@Suite struct DocumentFileTests {
  /// Puts text into a new file and reads it.
  static func read(_ text: String, classCount: Int? = nil) throws -> DocumentFile {
    let path = try References.temporaryFolder().appending(path: "docs.txt").path
    try Data(text.utf8).write(to: URL(filePath: path))
    return try DocumentFile(contentsOf: path, classCount: classCount)
  }

  static func error(_ text: String, classCount: Int? = nil) -> DocumentFileError? {
    do { _ = try read(text, classCount: classCount) } catch { return error as? DocumentFileError }
    return nil
  }

  @Test(arguments: [
    "3 1\n7\n0 2 5\n", "3 1\r\n7\r\n0 2 5", "3\t1\n 7 \n\n0, 2,5\n\n", "\u{FEFF}3 1\n7\n0 2 5\n",
    "3 1\r7\r0 2 5\r", "3 1\r\n7\n0 2 5\r",
  ])
  func `blanks, tabs, commas and line ends of any kind part documents`(text: String) throws {
    let file = try Self.read(text)
    #expect(file.corpus == (try Corpus([[3, 1], [7], [0, 2, 5]])))
    #expect(file.emptyLineCount == (text.contains("\n\n") ? 2 : 0))
  }

  /// Each piece of a text may end anywhere: in a number, a line end of two bytes, the mark.
  @Test(arguments: [
    "\u{FEFF}31 1000\r\n7\r\n\r\n0 2, 5\r8 11\n\n12", "007 1048575\n\t 3 ,4 \n", "12", "\r\r\n\n1",
  ])
  func `text may come in pieces of any size`(text: String) throws {
    let bytes = Array(text.utf8)
    func read(_ size: Int) throws -> DocumentReading {
      var reading = DocumentReading(path: "", classCount: nil)
      try bytes.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: bytes.count, by: size) {
          let piece = bytes[start..<min(start + size, bytes.count)]
          try reading.take(UnsafeRawBufferPointer(rebasing: piece))
        }
      }
      try reading.end()
      return reading
    }
    let whole = try read(bytes.count)
    // A mark in less than three bytes is no text that begins with one.
    for size in 3..<bytes.count + 1 {
      let parts = try read(size)
      #expect(parts.tokens == whole.tokens && parts.starts == whole.starts, "\(size)")
      #expect(parts.emptyLineCount == whole.emptyLineCount, "\(size)")
    }
  }

  @Test func `lines of every kind of end are counted the same`() throws {
    let file = try Self.read("1\r\n\r\n2\r\r3\n\n4")
    #expect(file.corpus == (try Corpus([[1], [2], [3], [4]])))
    #expect(file.emptyLineCount == 3)
    guard case .notAnIndex("x", _, let line)? = Self.error("1\r\n2\r3\nx") else {
      Issue.record("it is read")
      return
    }
    #expect(line == 4)
  }

  @Test(arguments: ["docs.txt", "docs.txt.gz"])
  func `documents that are written and read are the same`(name: String) throws {
    let path = try References.temporaryFolder().appending(path: name).path
    let corpus = try Corpus((0..<20_000).map { [$0 % 1000, 1000 + $0 * 7 % 999, 0x7FFFF] })
    try corpus.write(to: path)
    let file = try DocumentFile(contentsOf: path)
    #expect(file.corpus == corpus)
    #expect(file.sha256 == (try SHA256.hex(ofFile: path)))
    let first = try Data(contentsOf: URL(filePath: path))
    try corpus.write(to: path)
    #expect(try Data(contentsOf: URL(filePath: path)) == first)
    #expect(first.starts(with: [0x1F, 0x8B]) == name.hasSuffix(".gz"))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: URL(filePath: path).deletingLastPathComponent().path) == [name])
  }

  @Test func `gzip files of several members are read to their end`() throws {
    let bytes = Gzip.compressed(Array("1 2\n".utf8)) + Gzip.compressed(Array("3 4\n".utf8))
    #expect(try Gzip.contents(of: bytes, atMost: 8) == Array("1 2\n3 4\n".utf8))
  }

  @Test func `a mistake is told with its line`() {
    func line(_ text: String) -> Int? {
      switch Self.error(text, classCount: 10) {
      case .notAnIndex(_, _, let line), .repeatedClass(_, _, let line),
        .unknownClass(_, _, _, let line), .tooLarge(_, _, let line):
        line
      default: nil
      }
    }
    for word in ["cello", "1.5", "-1", "4x", "#", "c486"] {
      guard case .notAnIndex(word, _, 3)? = Self.error("1 2\n\n3 \(word) 4\n") else {
        Issue.record("“\(word)” is not refused")
        continue
      }
    }
    #expect(line("1 2\n3 4 3\n") == 2)
    #expect(line("1 2\n2 1\n3 10\n") == 3)
    guard case .unknownClass("10", 10, _, 1)? = Self.error("10", classCount: 10) else {
      Issue.record("class 10 of 10 is not refused")
      return
    }
    guard case .tooLarge("99999999999999999999", _, 1)? = Self.error("99999999999999999999") else {
      Issue.record("an index beyond all integers is not refused")
      return
    }
  }

  @Test func `documents joined in memory have the classes that files may have`() throws {
    #expect(throws: CorpusError.negativeClass(-1, document: 2)) { try Corpus([[1], [2, -1]]) }
    for index in [Corpus.classLimit, 2_000_000_000, .max] {
      #expect(throws: CorpusError.classTooLarge(index, document: 1)) { try Corpus([[index, 1]]) }
    }
    let said = "\(CorpusError.classTooLarge(2_000_000_000, document: 1))"
    #expect(said.contains("more than any network has") && !said.contains("from 0"))
    #expect(try Corpus([[Corpus.classLimit - 1, 0]]).classes == [0, Corpus.classLimit - 1])
  }

  @Test func `files without documents and files of another kind are refused`() throws {
    for text in ["", "\n", " \n\t\n"] {
      guard case .empty? = Self.error(text) else {
        Issue.record("an empty file is not refused")
        continue
      }
    }
    guard case .notText? = Self.error("\u{1}PNG\u{0}") else {
      Issue.record("bytes that are no text are not refused")
      return
    }
    #expect(throws: FileError.unreadable("/nowhere/docs.txt", .missing)) {
      try DocumentFile(contentsOf: "/nowhere/docs.txt")
    }
  }

  @Test func `a gzip file that is cut off or damaged is refused`() throws {
    let path = try References.temporaryFolder().appending(path: "docs.txt.gz").path
    let whole = Gzip.compressed(try Corpus([[1, 2], [3]]).text)
    var damaged = whole
    damaged[whole.count - 6] ^= 1
    for bytes in [Array(whole.dropLast(3)), damaged, Array(whole.prefix(12))] {
      try Data(bytes).write(to: URL(filePath: path))
      #expect(throws: FileError.unreadable(path, .damaged)) { try DocumentFile(contentsOf: path) }
    }
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `the published documents are read as they are`() throws {
    let data = try #require(References.data)
    let file = try DocumentFile(
      contentsOf: data.appending(path: "documents/resnet50-imagenet-val.txt.gz").path,
      classCount: 1000)
    #expect(file.corpus.count == 40_000)
    #expect(file.corpus[0].map(Int.init) == [795, 970])
    #expect((0..<40_000).count { file.corpus[$0].count >= 2 } == 22_484)
  }
}
