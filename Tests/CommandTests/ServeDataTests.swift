import Foundation
import GRDB
import TestSupport
import Testing

@testable import Workbench

/// The folder of `rather serve --data`: what others left there, machines that refuse, and servers that are killed.
@Suite struct ServeDataTests {
  private let place: ServePlace
  private var folder: URL { place.folder }

  init() throws { place = try ServePlace() }

  private func refused(_ data: String) throws -> Command {
    try Command(["serve", "--model", "toy.pt2", "--port", "0", "--data", data], in: folder)
  }

  private func write(_ bytes: Data, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  @Test func `a folder of another server is refused, until that one has ended`() throws {
    let served = try place.served(["--data", "kept"])
    let second = try refused("kept")
    #expect(second.status == 64 && second.messages.contains("another rather serve"), "\(second)")
    kill(served.process.processIdentifier, SIGKILL)
    served.process.waitUntilExit()
    #expect(try place.served(["--data", "kept"]).ask("/health").status == 200)
  }

  @Test func `a folder that holds something else stays as it is`() throws {
    try write(Data("mine".utf8), to: "own/letter.txt")
    let own = try refused("own")
    #expect(own.status == 64 && own.messages.contains("holds no records"), "\(own)")
    try write(Data("SQLite format 4".utf8), to: "strange/workbench.sqlite")
    let strange = try refused("strange")
    #expect(strange.status == 65 && strange.messages.contains("holds no records"), "\(strange)")
    for path in ["own", "strange"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: path).path)
      #expect(names.count == 1, "\(names)")
    }
    try write(Data("a file".utf8), to: "file")
    #expect(try refused("file").status == 64)
    #expect(try refused("none/there").status == 64)
  }

  @Test func `records of a newer Rather, with triggers, or damaged, end in a sentence`() throws {
    func prepared(_ name: String, _ sql: String) throws -> Command {
      let path = folder.appending(path: name).path
      do {
        let records = try Records(in: path)
        for i in 0..<300 { _ = try records.add(.question, "\(i)", title: "\(i)", about: "") }
        try records.write { try $0.execute(sql: sql) }
      }
      return try refused(name)
    }
    let newer = try prepared(
      "newer", "INSERT INTO grdb_migrations (identifier) VALUES ('of tomorrow')")
    #expect(newer.status == 65 && newer.messages.contains("newer Rather"), "\(newer)")
    let altered = try prepared(
      "altered", "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END")
    #expect(altered.status == 65 && altered.messages.contains("triggers"), "\(altered)")
    let file = folder.appending(path: "newer/workbench.sqlite")
    var bytes = try Data(contentsOf: file)
    for at in stride(from: 4096, to: bytes.count, by: 7) { bytes[at] ^= 0x5a }
    try write(bytes, to: "damaged/workbench.sqlite")
    let damaged = try refused("damaged")
    #expect(damaged.status == 65 && damaged.messages.contains("cannot be used"), "\(damaged)")
  }

  @Test(.enabled(if: RefusingMachine.canMount, "wants the right to mount a disk"))
  func `a full disk refuses in a sentence, and keeps what was acknowledged`() throws {
    let disk = try SmallDisk(at: folder.appending(path: "disk").path, bytes: 1 << 20)
    let served = try place.served(["--data", "disk/kept"])
    var kept: [String] = []
    try disk.fill(leaving: 60_000)
    var refusal: Served.Reply?
    for i in 0..<200 where refusal == nil {
      let fragment = "\(i)-" + String(repeating: "a", count: 4_000)
      let reply = try served.post("/api/records", ["title": "\(i)", "fragment": fragment])
      if reply.status == 201 { kept.append("\(i)") } else { refusal = reply }
    }
    #expect(
      refusal?.status == 507 && refusal?.text.contains("cannot be written") == true,
      "\(String(describing: refusal?.text))")
    try FileManager.default.removeItem(atPath: disk.path + "/filler")
    #expect(try served.post("/api/records", ["title": "later", "fragment": "l"]).status == 201)
    kill(served.process.processIdentifier, SIGKILL)
    served.process.waitUntilExit()
    let again = try place.served(["--data", "disk/kept"])
    let list = try again.ask("/api/records?limit=200").json()["records"] as? [[String: Any]]
    #expect(list?.compactMap { $0["title"] as? String } == ["later"] + kept.reversed())
    again.process.terminate()
    again.process.waitUntilExit()
  }

  @Test(.enabled(if: RefusingMachine.asNobody != nil, "wants setpriv to give rights away"))
  func `a folder that may not be written to ends in a sentence`() throws {
    let closed = folder.appending(path: "closed")
    try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    let whole =
      (RefusingMachine.asNobody ?? []) + [Command.binary?.path ?? ""]
      + ["serve", "--model", "toy.pt2", "--port", "0", "--data", closed.path]
    let run = try RefusingMachine.run(whole, in: folder, environment: ["TMPDIR": "/tmp"])
    #expect(run.status == 74 && run.messages.contains("permission"), "\(run)")
  }

  /// Kill at a random moment, with many posts in flight; what was acknowledged must be there afterwards.
  @Test(arguments: [0.05, 0.2, 0.6, 1.1])
  func `what was acknowledged outlasts a kill while it writes and answers`(seconds: Double) throws {
    let served = try place.served(["--data", "kept", "photos"])
    let input = try served.firstInput()
    _ = try served.post(
      "/api/answers",
      ["input": input, "method": ["explainer": "rise", "settings": "masks=10000000"]])
    // It only reads the address, which no longer changes.
    nonisolated(unsafe) let asked = served
    let acknowledged = Acknowledged()
    let group = DispatchGroup()
    for asker in 0..<8 {
      let thread = Thread {
        defer { group.leave() }
        for i in 0..<10_000 {
          let title = "\(asker)-\(i)"
          let body: [String: Any] = ["title": title, "fragment": "why=\(title)", "about": title]
          guard let reply = try? asked.post("/api/records", body), reply.status == 201,
            let id = try? reply.json()["id"] as? Int
          else { return }
          acknowledged.add(title, note: nil)
          guard i.isMultiple(of: 3) else { continue }
          let note = Data("{\"note\": \"of \(title)\"}".utf8)
          guard let written = try? asked.ask("/api/records/\(id)/note", "PUT", body: note),
            written.status == 200
          else { return }
          acknowledged.add(title, note: "of \(title)")
        }
      }
      group.enter()
      thread.start()
    }
    Thread.sleep(forTimeInterval: seconds)
    kill(served.process.processIdentifier, SIGKILL)
    served.process.waitUntilExit()
    group.wait()
    let again = try place.served(["--data", "kept", "photos"])
    var found: [String: String] = [:]
    var page = ""
    repeat {
      let list = try again.ask("/api/records?limit=200\(page)").json()
      for record in list["records"] as? [[String: Any]] ?? [] {
        let title = try #require(record["title"] as? String)
        #expect(
          record["about"] as? String == title && record["fragment"] as? String == "why=\(title)")
        found[title] = record["note"] as? String
      }
      page = (list["next"] as? Int).map { "&before=\($0)" } ?? ""
    } while !page.isEmpty
    let known = acknowledged.all
    #expect(seconds < 0.5 || known.count > 8, "\(known.count) were acknowledged")
    for (title, note) in known {
      #expect(found[title] != nil && (note == nil || found[title] == note), "\(title)")
    }
    #expect(try again.answer(["input": input]).facts["state"] as? String == "done")
  }

  /// Sendable because every access holds the lock.
  private final class Acknowledged: @unchecked Sendable {
    private let lock = NSLock()
    private var titles: [String: String?] = [:]

    var all: [String: String?] { lock.withLock { titles } }

    func add(_ title: String, note: String?) { lock.withLock { titles[title] = .some(note) } }
  }
}
