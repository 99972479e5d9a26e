import Foundation
import TestSupport
import Testing

@testable import Files

/// Archives that are read, whole and damaged.
///
/// Kinds: known answers and bad input.
@Suite struct ZipReaderTests {
  private let records: [(name: String, bytes: [UInt8])] = [
    ("net/graph", Array("a graph of few nodes".utf8)), ("net/empty", []),
    ("net/weights", (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 31) }),
  ]

  private func withArchive(_ body: (String) throws -> Void) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.zip").path
    try ZipWriter.write(records, to: path)
    try body(path)
  }

  @Test func `records come back as they were written`() throws {
    try withArchive { path in
      let reader = try ZipReader(path: path)
      #expect(reader.names == Set(records.map(\.name)))
      for (name, bytes) in records { #expect(try reader.bytes(name, limit: 5000) == bytes) }
      #expect(try reader.unpackedByteCount() == 5020)
    }
  }

  /// Each bit that is wrong is found: a sign bit of a weight changes an answer, not a file's form.
  @Test func `a bit that flipped in any record is found`() throws {
    try withArchive { path in
      let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
      for (name, bytes) in records where !bytes.isEmpty {
        let start = try #require(whole.firstRange(of: bytes)?.lowerBound)
        for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
          var damaged = whole
          damaged[start + place] ^= 1 << UInt8(place % 8)
          try Data(damaged).write(to: URL(filePath: path))
          let reader = try ZipReader(path: path)
          #expect(throws: ZipError.damaged(name, of: path)) { try reader.bytes(name, limit: 5000) }
        }
      }
    }
  }

  @Test func `a bit that flipped anywhere never gives other bytes`() throws {
    try withArchive { path in
      let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
      for place in whole.indices where place < 200 || place > whole.count - 400 {
        var damaged = whole
        damaged[place] ^= 1 << UInt8(place % 8)
        try Data(damaged).write(to: URL(filePath: path))
        for (name, bytes) in records {
          // An error is right, and so are the bytes where the flip did not matter.
          guard let found = try? ZipReader(path: path).bytes(name, limit: 5000) else { continue }
          #expect(found == bytes, "byte \(place) of the archive, record \(name)")
        }
      }
    }
  }

  @Test func `an archive that is cut off anywhere is refused`() throws {
    try withArchive { path in
      let whole = try Data(contentsOf: URL(filePath: path))
      for length in stride(from: 0, to: whole.count, by: 101) {
        try whole.prefix(length).write(to: URL(filePath: path))
        #expect(throws: ZipError.self, "\(length) bytes") { try ZipReader(path: path) }
      }
    }
  }

  @Test func `an archive that is cut off while it is open is an error`() throws {
    try withArchive { path in
      let reader = try ZipReader(path: path)
      #expect(truncate(path, 300) == 0)
      #expect(throws: ZipError.damaged("net/weights", of: path)) {
        try reader.bytes("net/weights", limit: 5000)
      }
    }
  }

  @Test func `a record that is longer than the limit is not read`() throws {
    try withArchive { path in
      let error = ZipError.tooLarge("net/weights", of: path, byteCount: 5000, limit: 4999)
      #expect(throws: error) { try ZipReader(path: path).bytes("net/weights", limit: 4999) }
    }
  }

  @Test func `what is no plain file is told apart`() throws {
    try withArchive { path in
      let folder = URL(filePath: path).deletingLastPathComponent().path
      #expect(throws: ZipError.file(.unreadable(folder, .folder))) { try ZipReader(path: folder) }
      #expect(throws: ZipError.file(.unreadable("/dev/zero", .noPlainFile))) {
        try ZipReader(path: "/dev/zero")
      }
      #expect(throws: ZipError.file(.unreadable(path + "x", .missing))) {
        try ZipReader(path: path + "x")
      }
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(throws: ZipError.file(.unreadable(pipe, .noPlainFile))) { try ZipReader(path: pipe) }
    }
  }

  @Test func `two records of one name are refused`() throws {
    try withArchive { path in
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let (old, new) = (Array("net/empty".utf8), Array("net/graph".utf8))
      while let range = bytes.firstRange(of: old) { bytes.replaceSubrange(range, with: new) }
      try Data(bytes).write(to: URL(filePath: path))
      #expect(throws: ZipError.repeated("net/graph", of: path)) { try ZipReader(path: path) }
    }
  }
}
