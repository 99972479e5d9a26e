import Foundation
import Report
import TestSupport
import Testing

/// `rather explain` and its like over folders, as a person types them.
///
/// Kinds: known answers, and bad input: what is read or of no report is never written over.
@Suite struct FolderTests {
  private static let model = ["--model", "toy.pt2", "--why", "cello", "--rather-than", "violin"]

  /// A place with a folder of three pictures, the second of which is none.
  private func brokenPlace() throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("photos"), withIntermediateDirectories: true)
    for name in ["a", "c"] {
      try FileManager.default.copyItem(
        atPath: place.path("photo.png"), toPath: place.path("photos/\(name).png"))
    }
    try place.write("photos/b.png", "no picture")
    return place
  }

  /// Runs a command that keeps only the right to write where it was told to.
  private func run(_ words: [String], _ place: Workplace) throws -> Command {
    let temporary = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: temporary) }
    return try Command(words, in: place.folder, temporary: temporary)
  }

  @Test func `a folder is named after the folder, and a broken picture ends with status 65`()
    throws
  {
    let place = try brokenPlace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let done = try run(["explain", "photos"] + Self.model, place)
    #expect(done.status == 65, "\(done.messages)")
    #expect(done.messages.contains("b.png is not a JPEG"), "\(done.messages)")
    #expect(done.messages.hasSuffix("Error: 1 of 3 pictures could not be explained\n"))
    let lines = done.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3 && lines[0].hasPrefix("photos/a.png  "), "\(lines)")
    #expect(lines[1].hasSuffix("  photos-why/c") && lines[2] == "Reports: photos-why/index.html")
    #expect(try place.left == ["photos", "photos-why"])
    let names =
      FileManager.default.enumerator(atPath: place.path("photos-why"))?
      .compactMap { $0 as? String } ?? []
    #expect(names.contains("a/manifest.json") && names.contains("thumbnails/c.jpg"))
    #expect(!names.contains { $0.hasSuffix(".part") || $0.hasPrefix("b") }, "\(names)")
  }

  @Test func `reports in the folder that is read are no pictures of it`() throws {
    let place = try brokenPlace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    try FileManager.default.removeItem(atPath: place.path("photos/b.png"))
    let words = ["explain", "photos"] + Self.model + ["-o", "photos/why"]
    let first = try run(words, place)
    #expect(first.status == 0 && !first.messages.contains("Note"), "\(first.messages)")
    let again = try run(words, place)
    #expect(again.status == 0, "\(again.messages)")
    #expect(again.messages.contains("resuming after 2 of 2 pictures"), "\(again.messages)")
    #expect(again.messages.contains("in photos/why, which reports are written to, are left out"))
    let alone = try run(["explain", "photos/why"] + Self.model + ["-o", "photos/why"], place)
    #expect(alone.status == 64 && alone.messages.contains("another folder"), "\(alone.messages)")
  }

  @Test func `a reader that goes away in the middle leaves nothing unfinished`() throws {
    let place = try brokenPlace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    for i in 0..<20 {
      try FileManager.default.copyItem(
        atPath: place.path("photo.png"), toPath: place.path("photos/d\(i).png"))
    }
    let run = try Command(
      ["explain", "photos"] + Self.model + ["-o", "out"], in: place.folder, isRead: false)
    #expect(run.status == 74, "\(run.messages)")
    #expect(!run.messages.contains("defect"), "\(run.messages)")
    let names =
      FileManager.default.enumerator(atPath: place.path("out"))?
      .compactMap { $0 as? String } ?? []
    #expect(names.contains("request.json") && !names.contains { $0.hasSuffix(".part") }, "\(names)")
  }

  @Test func `the same command goes on, and prints the manifest of all where it should`() throws {
    let place = try brokenPlace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let words = ["explain", "photos"] + Self.model + ["-o", "out", "--json"]
    #expect(try run(words, place).status == 65)
    try FileManager.default.removeItem(atPath: place.path("photos/b.png"))
    try FileManager.default.copyItem(
      atPath: place.path("photo.png"), toPath: place.path("photos/b.png"))
    let again = try run(words, place)
    #expect(again.status == 0, "\(again.messages)")
    #expect(again.messages.hasPrefix("resuming after 2 of 3 pictures\n"), "\(again.messages)")
    #expect(
      try Data(contentsOf: place.folder.appending(path: "out/manifest.json"))
        == Data(again.output.utf8))
    let manifest = try JSONDecoder().decode(
      PictureSetManifest.self, from: Data(again.output.utf8))
    #expect(manifest.pictures.compactMap(\.folder) == ["a", "b", "c"])
    let other = try run(words + ["--seed", "1"], place)
    #expect(other.status == 64 && other.messages.contains("another request"), "\(other.messages)")
  }

  @Test func `nothing is written where pictures are read, nor over what is no report`() throws {
    let place = try brokenPlace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    for name in ["manifest.json", "index.html"] {
      try FileManager.default.createDirectory(
        atPath: place.path("other-\(name)"), withIntermediateDirectories: true)
      try place.write("other-\(name)/\(name)", "mine")
    }
    try place.write("file", "mine")
    for (out, saying) in [
      ("photos", "read from in this call"), (".", "read from in this call"),
      ("other-manifest.json", "of no report"), ("other-index.html", "of no report"),
      ("file", "it is a file"),
    ] {
      let refused = try run(["explain", "photos"] + Self.model + ["-o", out, "--force"], place)
      #expect(refused.status == 64 && refused.messages.contains(saying), "\(refused.messages)")
    }
    #expect(try place.left == ["file", "other-index.html", "other-manifest.json", "photos"])
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("photos"))
    #expect(names.sorted() == ["a.png", "b.png", "c.png"])
  }

  @Test func `words that name no pictures`() throws {
    let place = try Workplace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    try FileManager.default.createDirectory(
      atPath: place.path("empty"), withIntermediateDirectories: true)
    try place.write("list.txt", "# nothing\n")
    for (words, status, saying) in [
      (["empty"], 65, "holds no pictures"), (["list.txt"], 65, "lists no pictures"),
      (["none/*.png"], 64, "no file matches none/*.png"), (["none.png"], 65, "none.png"),
    ] {
      let refused = try run(["explain"] + words + Self.model, place)
      #expect(
        Int(refused.status) == status && refused.messages.contains(saying),
        "\(words): \(refused.status) \(refused.messages)")
    }
    #expect(try place.left == ["empty", "list.txt"])
  }
}
