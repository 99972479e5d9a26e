import Files
import Foundation
import TestSupport
import Testing

/// Bounded reading: what is no plain file, what is too large, what unpacks to too much; known answers.
@Suite struct ReadingTests {
  private let folder: URL

  init() throws { folder = try References.temporaryFolder() }

  private func file(_ bytes: [UInt8], _ name: String = "file") throws -> String {
    let path = folder.appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func fault(_ path: String, atMost limit: Int = 1 << 20) -> ReadingFault? {
    do { _ = try ByteStream.contents(path, atMost: limit) } catch {
      if case FileError.unreadable(path, let fault) = error { return fault }
      Issue.record("\(path): \(error)")
    }
    return nil
  }

  @Test func `what is not there, what is no file, and what is forbidden are told apart`() throws {
    let path = folder.path
    #expect(fault(path + "/none") == .missing)
    #expect(fault(try file([1]) + "/inside") == .missing)
    #expect(fault(path) == .folder)
    #expect(fault("") == .missing)
    try FileManager.default.createSymbolicLink(
      atPath: path + "/link", withDestinationPath: "nowhere")
    #expect(fault(path + "/link") == .danglingLink)
    try FileManager.default.createSymbolicLink(
      atPath: path + "/circle", withDestinationPath: "circle")
    #expect(fault(path + "/circle") == .linkCircle)
    let secret = try file([1, 2], "secret")
    #expect(chmod(secret, 0) == 0)
    // The superuser may read everything.
    #expect(fault(secret) == (geteuid() == 0 ? nil : .forbidden))
  }

  @Test(.timeLimit(.minutes(20)))
  func `devices and pipes are refused before they are waited for`() throws {
    for device in ["/dev/zero", "/dev/null", "/dev/random"] {
      #expect(fault(device) == .noPlainFile)
      #expect(throws: FileError.unreadable(device, .noPlainFile)) {
        try SHA256.hex(ofFile: device)
      }
    }
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(fault(pipe) == .noPlainFile)
    #expect(throws: FileError.unreadable(pipe, .noPlainFile)) { try ByteStream.check(pipe) }
  }

  @Test func `a file may have as many bytes as are read, and not one more`() throws {
    let path = try file(Array(repeating: 7, count: 1000))
    #expect(try ByteStream.contents(path, atMost: 1000).count == 1000)
    #expect(fault(path, atMost: 999) == .tooLarge(limit: 999))
  }

  @Test(arguments: [0, 1, 300_000])
  func `what a gzip file holds comes whole, of several members too`(count: Int) throws {
    let contents = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let packed = Gzip.compressed(contents)
    for members in 1...3 {
      let path = try file((0..<members).flatMap { _ in packed })
      let found = try ByteStream.contents(path, atMost: max(3 * count, 100))
      #expect(found == (0..<members).flatMap { _ in contents })
      if count > 1 {
        #expect(fault(path, atMost: members * count - 1) != nil)
      }
    }
    for bytes in [Array(packed.dropLast()), packed + [1, 2, 3], Array(packed.prefix(5))] {
      #expect(fault(try file(bytes)) == .damaged)
    }
  }

  @Test func `a file that was packed to fill memory is refused before it is unpacked`() throws {
    // 64 MiB of zeros, a thousandth of that packed; a file of this size may hold 32.
    let packed = Gzip.compressed([UInt8](repeating: 0, count: 64 << 20))
    #expect(Gzip.mostContents(ofPacked: packed.count) == 32 << 20)
    let path = try file(packed)
    var largest = 0
    #expect(throws: FileError.unreadable(path, .unpacksTooLarge(limit: 32 << 20))) {
      try ByteStream.readContents(path, atMost: 1 << 30) { largest = max(largest, $0.count) }
    }
    #expect(largest <= 1 << 18)
    #expect(throws: ReadingFault.unpacksTooLarge(limit: 32 << 20)) {
      try Gzip.contents(of: packed, atMost: .max)
    }
    #expect(Gzip.mostContents(ofPacked: .max) == .max)
  }

  @Test func `a byte-order mark is no part of text, and other encodings are named`() throws {
    for text in ["", "é", "\u{FEFF}"] {
      #expect(try TextFile.text(of: TextFile.mark + text.utf8) == text)
    }
    #expect(throws: ReadingFault.encoding("UTF-16")) { try TextFile.text(of: [0xFE, 0xFF, 0, 65]) }
    #expect(throws: ReadingFault.noText) { try TextFile.text(of: [65, 0, 66, 0]) }
    #expect(throws: ReadingFault.noText) { try TextFile.text(of: [0xE9]) }
    #expect(throws: FileError.unreadable(folder.path, .folder)) {
      try TextFile.text(folder.path, atMost: 1)
    }
  }

  @Test func `a checksum of pieces is that of the whole`() throws {
    let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try SHA256.hex(ofFile: try file(bytes)) == SHA256.hex(of: bytes))
    #expect(SHA256.hex(of: Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea"))
  }
}
