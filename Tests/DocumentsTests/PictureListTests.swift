import Documents
import Files
import Foundation
import TestSupport
import Testing

/// Lists of pictures: line ends, marks, comments, names that say the same.
@Suite struct PictureListTests {
  private let folder: URL

  init() throws {
    folder = try References.temporaryFolder()
    for name in ["a.png", "b.png", "sub/c.png"] {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: url)
    }
  }

  private func list(_ text: [UInt8]) throws -> PictureList {
    let url = folder.appending(path: "list.txt")
    try Data(text).write(to: url)
    return try PictureList(at: url.path)
  }

  @Test(arguments: [
    "a.png\nb.png\nsub/c.png\n", "a.png\r\nb.png\r\nsub/c.png", "a.png\rb.png\rsub/c.png\r",
    "\u{FEFF}a.png\n\n  b.png \t\n# a comment\nsub/c.png", "./a.png\n././b.png\nsub//./c.png",
    "# first\n#\n\n\na.png\nb.png\n./sub/c.png\n\n",
  ])
  func `a list is read however it was written`(text: String) throws {
    let read = try list(Array(text.utf8))
    #expect(read.names == ["a.png", "b.png", "sub/c.png"] && read.notes.isEmpty)
    #expect(read[2] == folder.path + "/sub/c.png")
    #expect(try list(Gzip.compressed(Array(text.utf8))) == read)
  }

  @Test func `a picture that is listed twice counts once, and it is told`() throws {
    let once = try list(Array("a.png\nb.png\n./a.png\n".utf8))
    #expect(once.names == ["a.png", "b.png"])
    #expect(once.notes == ["./a.png is listed twice and counts once"])
    let more = try list(Array("a.png\na.png\n./a.png\nb.png\nb.png\n".utf8))
    #expect(more.names == ["a.png", "b.png"])
    #expect(more.notes == ["a.png is listed 3 times, and another more than once; each counts once"])
  }

  @Test func `names that look alike and differ in their bytes are two`() throws {
    let names = ["caf\u{E9}.png", "cafe\u{301}.png"]
    for name in names { try Data("x".utf8).write(to: folder.appending(path: name)) }
    let read = try list(Array((names + ["a.png"]).joined(separator: "\n").utf8))
    #expect(read.names.count == 3)
    #expect(read.names.map { Array($0.utf8) } == (names + ["a.png"]).map { Array($0.utf8) })
  }

  @Test func `whole paths stay whole, and a folder may be a link`() throws {
    let whole = folder.path + "/a.png"
    #expect(try list(Array((whole + "\n").utf8))[0] == whole)
    let link = folder.appending(path: "link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "sub")
    let read = try PictureList(at: link)
    #expect(read.names == ["c.png"] && read[0] == link + "/c.png")
  }

  @Test(.timeLimit(.minutes(20)))
  func `what is no list is refused`() throws {
    #expect(throws: FileError.unreadable("/dev/zero", .noPlainFile)) {
      try PictureList(at: "/dev/zero")
    }
    let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0]
    #expect(throws: FileError.self) { try list(utf16) }
    #expect(throws: DocumentsError.notPictures(folder.path + "/list.txt")) {
      try list([0x61, 0, 0xFF])
    }
    #expect(throws: DocumentsError.missing("nowhere")) { try PictureList(at: "nowhere") }
    let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]
    #expect(throws: DocumentsError.picture(folder.path + "/list.txt")) { try list(picture) }
    #expect(throws: DocumentsError.self) { try list(Array("# nothing\n\n".utf8)) }
  }
}
