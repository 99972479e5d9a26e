import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What the workbench remembers: history, notes, saved views and pictures.
///
/// Kinds: known answers, what is left by a server that was killed, and bad input.
@Suite struct ServeRecordsTests {
  private let place: ServePlace
  private var folder: URL { place.folder }

  init() throws { place = try ServePlace() }

  private func served(_ words: [String] = ["--data", "kept", "photos"]) throws -> Served {
    try place.served(words)
  }

  private func records(_ served: Served, _ words: String = "") throws -> [[String: Any]] {
    try served.ask("/api/records?limit=200\(words)").json()["records"] as? [[String: Any]] ?? []
  }

  private func add(_ served: Served, _ fragment: String, title: String, kind: String = "question")
    throws -> [String: Any]
  {
    try served.post(
      "/api/records", ["kind": kind, "fragment": fragment, "title": title, "about": "a.png"]
    ).json()
  }

  @Test func `history, notes and views are there again after a restart`() throws {
    do {
      let served = try served()
      let first = try add(served, "why=0", title: "Why cello?")
      _ = try add(served, "why=1", title: "Why violin?")
      _ = try add(served, "tab=whole", title: "My view", kind: "view")
      let id = try #require(first["id"] as? Int)
      let note = Data(#"{"note": "The bow, <b>not</b> the body."}"#.utf8)
      #expect(try served.ask("/api/records/\(id)/note", "PUT", body: note).status == 200)
      // Asked again, it becomes the last, and keeps its note.
      let again = try add(served, "why=0", title: "Why cello?")
      #expect(again["id"] as? Int == id && (again["note"] as? String)?.hasPrefix("The bow") == true)
      served.process.terminate()
      served.process.waitUntilExit()
    }
    let served = try served()
    #expect(try served.ask("/api/records").json()["kept"] as? Bool == true)
    let questions = try records(served)
    #expect(questions.compactMap { $0["title"] as? String } == ["Why cello?", "Why violin?"])
    #expect(questions.first?["note"] as? String == "The bow, <b>not</b> the body.")
    let views = try records(served, "&kind=view")
    #expect(views.compactMap { $0["fragment"] as? String } == ["tab=whole"])
    let id = try #require(views.first?["id"] as? Int)
    #expect(try served.ask("/api/records/\(id)", "DELETE").status == 204)
    #expect(try served.ask("/api/records/\(id)", "DELETE").status == 404)
    #expect(try served.ask("/api/records", "DELETE").status == 204)
    #expect(try records(served).count == 1, "what has a note stays")
  }

  @Test func `a list comes in pages, each where the one before ended`() throws {
    let served = try served(["photos"])
    #expect(try served.ask("/api/records").json()["kept"] as? Bool == false)
    for i in 0..<5 { _ = try add(served, "why=\(i)", title: "\(i)") }
    let first = try served.ask("/api/records?limit=3").json()
    #expect((first["records"] as? [[String: Any]])?.count == 3)
    let next = try #require(first["next"] as? Int)
    let second = try served.ask("/api/records?limit=3&before=\(next)").json()
    let titles = (second["records"] as? [[String: Any]])?.compactMap { $0["title"] as? String }
    #expect(titles == ["1", "0"] && second["next"] == nil)
  }

  @Test func `what is too long, or no record, gets a sentence`() throws {
    let served = try served(["photos"])
    let id = try #require(add(served, "why=0", title: "Why?")["id"] as? Int)
    let tries: [(String, String, [String: Any], Int, String)] = [
      (
        "POST", "/api/records", ["title": "x", "fragment": String(repeating: "a", count: 8_001)],
        413, "8000"
      ),
      ("POST", "/api/records", ["fragment": "why=0"], 400, "needs a title"),
      ("POST", "/api/records", ["title": "x", "kind": "other"], 400, "kind"),
      ("POST", "/api/records", ["titel": "x"], 400, "title"),
      (
        "PUT", "/api/records/\(id)/note", ["note": String(repeating: "ä", count: 10_001)], 413,
        "20000"
      ),
      ("PUT", "/api/records/999/note", ["note": "x"], 404, "no such record"),
      ("PUT", "/api/records/x/note", ["note": "x"], 400, "no number"),
      ("GET", "/api/records?limit=0", [:], 400, "from 1 to 200"),
      ("GET", "/api/records?kind=x", [:], 400, "question or view"),
      ("DELETE", "/api/records/x", [:], 400, "no number"),
    ]
    for (method, path, object, status, words) in tries {
      let body = method == "GET" ? nil : try JSONSerialization.data(withJSONObject: object)
      let reply = try served.ask(path, method, body: body)
      #expect(
        reply.status == status && reply.text.contains(words), "\(method) \(path): \(reply.text)")
    }
    let foreign = ["Origin": "http://evil.example"]
    #expect(try served.ask("/api/records", "DELETE", headers: foreign).status == 403)
  }

  @Test func `past the most records the oldest go that nobody wrote about`() throws {
    let records = try Records(in: nil, most: 3)
    let first = try records.add(.question, "a", title: "a", about: "")
    _ = try records.note("kept", on: first.id)
    for name in ["b", "c", "d"] { _ = try records.add(.question, name, title: name, about: "") }
    #expect(try records.list(.question, before: nil, limit: 9).map(\.title) == ["d", "c", "a"])
    for name in ["v", "w"] { _ = try records.add(.view, name, title: name, about: "") }
    #expect(try records.list(.question, before: nil, limit: 9).map(\.title) == ["a"])
    let error = #expect(throws: Refusal.self) {
      try records.add(.view, "x", title: "x", about: "")
    }
    #expect(error?.sentence.contains("room for 3") == true)
  }

  @Test func `past their bytes pictures go that no record is about, the oldest first`() throws {
    let records = try Records(in: nil, pictureBytes: 30)
    func keep(_ id: String) throws -> [String] {
      try records.keep(PictureRecord(id: id, name: "p.png", width: 1, height: 1, bytes: 10))
    }
    for id in ["p0", "p1", "p2"] { #expect(try keep(id).isEmpty) }
    _ = try records.add(.question, "input=p0", title: "Why?", about: "")
    #expect(try keep("p3") == ["p1"])
    #expect(try keep("p4") == ["p2"])
    _ = try records.add(.question, "input=p3", title: "Why?", about: "")
    _ = try records.add(.question, "input=p4", title: "Why?", about: "")
    #expect(try keep("p5") == ["p0"], "all are asked about, so the oldest goes")
    #expect(try records.pictures().map(\.id) == ["p5", "p4", "p3"])
  }

  @Test func `a picture and a report of yesterday are there today`() throws {
    let bytes = try Data(contentsOf: folder.appending(path: "photos/b.png"))
    var (id, url) = ("", "")
    do {
      let served = try served(["--data", "kept"])
      id = try #require(
        served.ask("/api/inputs?name=own.png", "POST", body: bytes).json()["id"] as? String)
      let answer = try served.answer(["input": id]).id
      url = try #require(
        served.ask("/api/answers/\(answer)/report", "POST").json()["url"] as? String)
      kill(served.process.processIdentifier, SIGKILL)
      served.process.waitUntilExit()
    }
    // What was written and never acknowledged.
    let stray = folder.appending(path: "kept/inputs/0123/half.png")
    try FileManager.default.createDirectory(
      at: stray.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("half".utf8).write(to: stray)
    let served = try served(["--data", "kept"])
    #expect(try served.firstInput() == id)
    let inputs = try served.ask("/api/inputs").json()["inputs"] as? [[String: Any]]
    let brought = inputs?.filter { $0["from"] as? String == "upload" } ?? []
    #expect(brought.map { $0["name"] as? String } == ["own.png"])
    #expect(try served.ask("/api/inputs/\(id)/picture").status == 200)
    #expect(try served.answer(["input": id]).facts["state"] as? String == "done")
    #expect(try served.ask(url).status == 200)
    #expect(!FileManager.default.fileExists(atPath: stray.path))
  }
}
