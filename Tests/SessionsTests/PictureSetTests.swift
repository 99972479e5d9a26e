import Faithfulness
import Files
import Foundation
import Networks
import Report
import Sessions
import TestSupport
import Testing

/// Requests about several pictures: a report each, and a page over all.
///
/// Kinds: invariance (a picture of several has the bytes of one alone; a run that was cut short ends as one that
/// was not), known answers, and bad input.
@Suite struct PictureSetTests {
  private func set(_ request: Explain) throws -> WrittenSet {
    guard case .many(let set) = try Session().run(request).wait() else {
      throw Unexpected(what: "one report")
    }
    return set
  }

  private struct Unexpected: Error {
    let what: String
  }

  /// The maps and overlays of a report.
  private func contents(_ place: SessionPlace, _ out: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path(out))
    return try names.filter { $0.hasSuffix(".png") || $0 == "maps.npz" }
      .reduce(into: [:]) { $0[$1] = try place.bytes("\(out)/\($1)") }
  }

  /// When each report of a folder was written.
  private func dates(_ place: SessionPlace, _ out: String) throws -> [String: Date] {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: place.path(out)).reduce(into: [:]) { found, name in
      let manifest = place.path("\(out)/\(name)/manifest.json")
      guard files.fileExists(atPath: manifest) else { return }
      found[name] = try files.attributesOfItem(atPath: manifest)[.modificationDate] as? Date
    }
  }

  @Test func `each picture of a folder has the bytes that it has alone, and a page is over all`()
    throws
  {
    let place = try SessionPlace(pictures: 5)
    let found = try set(place.explain("photos", to: "all"))
    #expect(found.failed == 0 && found.hasPage)
    #expect(found.manifest.pictures.map(\.folder) == ["000", "001", "002", "003", "004"])
    #expect(found.manifest.pictures.allSatisfy { $0.prediction.count == 3 && $0.sha256 != nil })
    for name in ["000", "003"] {
      _ = try Session().run(place.explain("photos/\(name).png", to: "alone-\(name)")).wait()
      let (alone, ofAll) = try (
        contents(place, "alone-\(name)"), contents(place, "all/\(name)")
      )
      #expect(alone.count == 5 && alone == ofAll, "\(name)")
    }
    let page = try String(contentsOfFile: place.path("all/index.html"), encoding: .utf8)
    for row in found.manifest.pictures {
      let folder = try #require(row.folder)
      #expect(page.contains("href=\"\(folder)/index.html\""))
      #expect(page.contains("data-answer=\"\(row.prediction[0].label)\""))
      #expect(FileManager.default.fileExists(atPath: place.path("all/thumbnails/\(folder).jpg")))
    }
    #expect(page.contains("<option value=\"indecision\">"))
  }

  @Test
  func `pictures of one name are told apart by their folders, and those of one path count once`()
    throws
  {
    let place = try SessionPlace(pictures: 2)
    for folder in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: place.path("more/\(folder)"), withIntermediateDirectories: true)
      try place.draw("more/\(folder)/index.png", 11)
    }
    try place.draw("index.html.png", 3)
    var request = place.explain("more", to: "all")
    request.pictures += ["photos/000.png", "photos/000.png", "index.html.png"].map(place.path)
    let folders = try set(request).manifest.pictures.compactMap(\.folder)
    #expect(folders.count == 4 && Set(folders).count == 4, "\(folders)")
    #expect(folders[0].hasSuffix("more-a-index") && folders[1].hasSuffix("more-b-index"))
    #expect(folders.suffix(2) == ["000", "index.html-2"])
  }

  @Test func `a list, a pattern and several words name the same pictures`() throws {
    let place = try SessionPlace(pictures: 3)
    let paths = (0..<3).map { place.path(String(format: "photos/%03d.png", $0)) }
    try Data("# photos\nphotos/000.png\nphotos/001.png\nphotos/002.png\n".utf8)
      .write(to: place.folder.appending(path: "list.txt"))
    for (out, words) in [
      ("a", paths), ("b", [place.path("list.txt")]), ("c", [place.path("photos/*.png")]),
      ("d", [place.path("photos")]),
    ] {
      var request = place.explain(to: out)
      request.pictures = words
      request.place.fullPaths = true
      #expect(try set(request).manifest.pictures.map(\.name) == paths, "\(out)")
    }
    var request = place.explain(to: "e")
    request.pictures = [place.path("none/*.png")]
    let fault = #expect(throws: RequestFault.self) { try Session().run(request).wait() }
    #expect(fault?.description.contains("no file matches") == true)
  }

  @Test func `a picture that cannot be read is told, and the others go on`() throws {
    let place = try SessionPlace(pictures: 3)
    try Data("no picture".utf8).write(to: place.folder.appending(path: "photos/001.png"))
    var told: [String] = []
    let answer = try Session().run(place.explain("photos", to: "all")).wait { event in
      if case .failed(let fault) = event { told.append(fault.description) }
    }
    guard case .many(let set) = answer else { throw Unexpected(what: "one report") }
    #expect(set.failed == 1 && told.count == 1 && told[0].contains("001.png"))
    #expect(set.manifest.pictures.map { $0.failure == nil } == [true, false, true])
    let page = try String(contentsOfFile: place.path("all/index.html"), encoding: .utf8)
    #expect(page.contains("Without a report"))
  }

  @Test func `what is wrong with all pictures ends the work at the first`() throws {
    let place = try SessionPlace(pictures: 3)
    var request = place.explain("photos", to: "all")
    request.question = QuestionChoice(why: "cello", ratherThan: "cello")
    var told = 0
    #expect(throws: (any Error).self) {
      try Session().run(request).wait { if case .failed = $0 { told += 1 } }
    }
    #expect(told == 0)
  }

  @Test func `what is done is not done again, what changed is, and another request is refused`()
    throws
  {
    let place = try SessionPlace(pictures: 4)
    let request = place.explain("photos", to: "all")
    let first = try set(request)
    let before = try dates(place, "all")
    #expect(before.count == 4)
    try place.draw("photos/002.png", 101)
    var notes: [String] = []
    let again = try Session().run(request).wait { event in
      if case .note(let text) = event { notes.append(text) }
    }
    guard case .many(let second) = again else { throw Unexpected(what: "one report") }
    let after = try dates(place, "all")
    #expect(notes == ["resuming after 3 of 4 pictures"])
    #expect(before.keys.filter { before[$0] != after[$0] } == ["002"])
    #expect(second.manifest.pictures[3] == first.manifest.pictures[3])
    #expect(second.manifest.pictures[2].sha256 != first.manifest.pictures[2].sha256)
    var other = request
    other.seed = 1
    let fault = #expect(throws: RequestFault.self) { try Session().run(other).wait() }
    #expect(fault?.description.contains("another request") == true)
    other.place.force = true
    _ = try set(other)
    #expect(try dates(place, "all").filter { after[$0.key] == $0.value }.isEmpty)
  }

  @Test func `a job that is cancelled ends at the next picture, and is gone on with`() throws {
    let place = try SessionPlace(pictures: 12)
    func sampled(_ out: String) -> Explain {
      var request = place.explain("photos", to: out)
      request.method = MethodChoice("rise", settings: "masks=2000")
      return request
    }
    let job = Session().run(sampled("cut"))
    #expect(throws: JobCancelled()) {
      try job.wait { event in if case .finished = event { job.cancel() } }
    }
    let done = try dates(place, "cut")
    // What was at work when the wish came may be done, and so may what waited for its turn.
    #expect((1..<12).contains(done.count), "\(done.count) of 12 are done")
    #expect(!FileManager.default.fileExists(atPath: place.path("cut/manifest.json")))
    let whole = try set(sampled("cut"))
    #expect(whole.manifest.pictures.count == 12 && whole.failed == 0)
    #expect(try dates(place, "cut").filter { done[$0.key] == $0.value }.count == done.count)
    let uncut = try set(sampled("uncut"))
    #expect(uncut.manifest.pictures == whole.manifest.pictures)
    for row in uncut.manifest.pictures {
      let folder = try #require(row.folder)
      #expect(try contents(place, "cut/\(folder)") == contents(place, "uncut/\(folder)"))
    }
  }

  @Test func `without pages there are the same numbers, and nothing to look at`() throws {
    let place = try SessionPlace(pictures: 2)
    var request = place.explain("photos", to: "numbers")
    request.place.pages = false
    let found = try set(request)
    #expect(!found.hasPage && found.failed == 0)
    let files = FileManager.default
    #expect(
      try files.contentsOfDirectory(atPath: place.path("numbers")).sorted()
        == ["000", "001", "manifest.json", "request.json"])
    #expect(
      try files.contentsOfDirectory(atPath: place.path("numbers/001")).sorted()
        == ["manifest.json", "maps.npz"])
    _ = try set(place.explain("photos", to: "pages"))
    #expect(try place.bytes("numbers/001/maps.npz") == place.bytes("pages/001/maps.npz"))
    let again = try set(request)
    #expect(again.manifest.pictures == found.manifest.pictures)
  }

  @Test func `comparisons and sanity tests take folders too`() throws {
    let place = try SessionPlace(pictures: 2)
    var compare = Compare()
    (compare.pictures, compare.network) = ([place.path("photos")], place.network)
    compare.methods = MethodsChoice(["saliency", "grad-cam"])
    compare.place = PlaceChoice(place.path("compared"))
    guard case .many(let compared) = try Session().run(compare).wait() else {
      throw Unexpected(what: "one report")
    }
    #expect(compared.manifest.pictures.compactMap(\.folder) == ["000", "001"])
    var sanity = Sanity()
    (sanity.pictures, sanity.network) = ([place.path("photos")], place.network)
    sanity.methods = MethodsChoice(["saliency"])
    sanity.tests = [.randomLogit]
    sanity.place = PlaceChoice(place.path("tested"))
    guard case .many(let tested) = try Session().run(sanity).wait() else {
      throw Unexpected(what: "one report")
    }
    #expect(tested.manifest.pictures.compactMap(\.folder) == ["000", "001"])
    for out in ["compared/000", "tested/001"] {
      #expect(FileManager.default.fileExists(atPath: place.path("\(out)/index.html")))
    }
  }
}
