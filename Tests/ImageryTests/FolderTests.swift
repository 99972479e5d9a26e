import Foundation
import Imagery
import Testing

/// The pictures below a folder: links, loops, names twice, what is no picture file.
@Suite struct FolderTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    for name in ["top/a.png", "top/deep/b.JPG", "top/deep/er/c.bmp", "top/.hidden/d.png"] {
      try put(name)
    }
    try put("top/notes.txt")
    try put("elsewhere/e.png")
  }

  private func put(_ name: String) throws {
    let path = folder.file(name)
    try FileManager.default.createDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try folder.write(Array(name.utf8), to: name)
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(name), withDestinationPath: target)
  }

  private func found(_ name: String = "top") throws -> ([String], [PictureFolderNote]) {
    var notes: [PictureFolderNote] = []
    return (try Picture.names(below: folder.file(name)) { notes.append($0) }, notes)
  }

  private static let plain = ["a.png", "deep/b.JPG", "deep/er/c.bmp"]

  @Test func `pictures are found at any depth, hidden ones not`() throws {
    let (names, notes) = try found()
    #expect(names == Self.plain && notes.isEmpty)
  }

  @Test func `a folder that is a link is the folder that it leads to`() throws {
    try link("way", to: "top")
    try link("way to way", to: "way")
    for name in ["way", "way/", "way to way"] {
      let (names, notes) = try found(name)
      #expect(names == Self.plain && notes.isEmpty)
    }
  }

  @Test func `links inside are followed, to folders and to pictures`() throws {
    try link("top/more", to: "../elsewhere")
    try link("top/f.png", to: "../elsewhere/none-of-it.txt")
    try put("elsewhere/none-of-it.txt")
    let (names, notes) = try found()
    #expect(names == Self.plain + ["f.png", "more/e.png"])
    #expect(notes.isEmpty)
  }

  @Test func `what two names lead to counts once, and links that lead back end`() throws {
    try link("top/0-first-in-order", to: "deep")
    try link("top/deep/back", to: "..")
    try link("top/z.png", to: "deep/b.JPG")
    try FileManager.default.linkItem(
      atPath: folder.file("top/a.png"), toPath: folder.file("top/b.png"))
    let (names, notes) = try found()
    #expect(names == Self.plain)
    #expect(
      Set(notes) == [
        .twice("0-first-in-order", first: "deep"), .twice("deep/back", first: ""),
        .twice("z.png", first: "deep/b.JPG"), .twice("b.png", first: "a.png"),
      ])
    #expect(notes.allSatisfy { "\($0)".hasSuffix("counts once") })
  }

  @Test func `links to nothing are told: pictures by who reads them, others at once`() throws {
    try link("top/gone.png", to: "nowhere")
    try link("top/gone", to: "nowhere")
    try link("top/round", to: "round")
    let (names, notes) = try found()
    #expect(names == Self.plain + ["gone.png"])
    #expect(notes == [.goneLink("gone"), .goneLink("round")])
    #expect(throws: PictureError.missing(folder.file("top/gone.png"))) {
      try Picture(contentsOf: folder.file("top/gone.png"))
    }
  }

  @Test func `names that look alike and differ in their bytes are two pictures, in one order`()
    throws
  {
    let names = ["caf\u{E9}.png", "cafe\u{301}.png"]
    for order in [names, names.reversed()] {
      let other = try Folder()
      for name in order { try other.write([1], to: name) }
      let found = try Picture.names(below: other.path)
      #expect(found.map { Array($0.utf8) } == names.reversed().map { Array($0.utf8) })
    }
  }

  @Test func `what is no folder, or holds nothing, is refused`() throws {
    #expect(throws: PictureError.missing(folder.file("none"))) { try found("none") }
    #expect(throws: PictureError.self) { try found("top/a.png") }
    try FileManager.default.createDirectory(
      atPath: folder.file("empty"), withIntermediateDirectories: true)
    #expect(throws: PictureError.emptyFolder(folder.file("empty"))) { try found("empty") }
  }

  @Test(.timeLimit(.minutes(20)))
  func `devices and pipes are no pictures, whatever they are called`() throws {
    let pipe = folder.file("top/pipe.png")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/zero", "/dev/null"] {
      #expect(throws: PictureError.noPlainFile(path)) { try Picture(contentsOf: path) }
    }
    #expect("\(PictureError.noPlainFile(pipe))".contains("a device or a pipe"))
  }
}
