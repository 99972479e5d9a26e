import Files
import Foundation
import Imagery
import Report
import Sessions
import Tensors
import Terms
import TestSupport
import Testing

/// Jobs: their events, their ends, and several of them in one process.
///
/// Kinds: known answers, invariance (a job beside another writes what it writes alone), and bad input.
@Suite struct JobTests {
  private static let files = ["maps.npz", "index.html", "manifest.json"]

  /// What a report holds, without the time at which it was written and where.
  private func contents(_ place: SessionPlace, _ out: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path(out))
    return try names.filter { $0.hasSuffix(".png") || $0 == "maps.npz" }
      .reduce(into: [:]) { $0[$1] = try place.bytes("\(out)/\($1)") }
  }

  @Test func `a job answers, and its events come in order and end`() async throws {
    let place = try SessionPlace()
    let job = Session().run(place.explain(to: "answer"))
    var stages: [String] = []
    for await event in job { if case .stage(let stage) = event { stages.append(stage.title) } }
    let answer = try await job.answer
    guard case .one(let written) = answer else {
      Issue.record("one picture was asked about")
      return
    }
    #expect(stages == ["Grad-CAM"])
    #expect(written.folder == place.path("answer"))
    #expect(written.manifest.maps.count == 4)
  }

  @Test func `two jobs at once write the bytes of each alone`() async throws {
    let place = try SessionPlace()
    func requests(_ name: String) -> [Explain] {
      var sampled = place.explain(to: name + "-rise")
      sampled.method = MethodChoice("rise", settings: "masks=300")
      var checked = place.explain(to: name + "-checked")
      checked.check = CheckChoice()
      checked.network.threads = 2
      return [sampled, checked]
    }
    for request in requests("alone") { _ = try await Session().run(request).answer }
    let before = LibTorch.threadCount
    let jobs = requests("beside").map { Session().run($0) }
    for job in jobs { _ = try await job.answer }
    #expect(LibTorch.threadCount == before, "a job gives back the number of threads")
    for name in ["rise", "checked"] {
      let (alone, beside) = try (
        contents(place, "alone-" + name), contents(place, "beside-" + name)
      )
      #expect(alone.count == 5 && alone == beside, "\(name)")
    }
  }

  // Work that would take minutes is cancelled from threads that are not Swift's: those of the pool may be busy
  // with other tests for longer than that.

  private func endless(_ place: SessionPlace) -> Explain {
    var request = place.explain(to: "answer")
    request.method = MethodChoice("rise", settings: "masks=10000000")
    return request
  }

  @Test func `a job that is cancelled ends at its next step and leaves nothing`() throws {
    let place = try SessionPlace()
    let job = Session().run(endless(place))
    var updates = 0
    #expect(throws: JobCancelled()) {
      try job.wait { event in
        guard case .progress = event else { return }
        updates += 1
        job.cancel()
      }
    }
    #expect(updates == 1 || updates == 2, "\(updates) updates came, of a work of many")
    #expect(!FileManager.default.fileExists(atPath: place.path("answer/manifest.json")))
  }

  @Test func `a task that is cancelled while it waits cancels the job`() async throws {
    let place = try SessionPlace()
    let begun = DispatchSemaphore(value: 0)
    let task = Task {
      let job = Session().run(endless(place))
      begun.signal()
      _ = try await job.answer
    }
    Thread.detachNewThread {
      begun.wait()
      usleep(20_000)
      task.cancel()
    }
    await #expect(throws: JobCancelled()) { try await task.value }
  }

  @Test(arguments: [true, false])
  func `the maps so far come to whoever wants them, and to nobody else`(isWanted: Bool) throws {
    let place = try SessionPlace()
    let job = Session().run(endless(place))
    job.wantPartials(isWanted)
    var partials: [PartialMaps] = []
    let start = Date()
    #expect(throws: JobCancelled()) {
      try job.wait { event in
        if case .partial(let maps) = event { partials.append(maps) }
        if partials.count == 2 || (!isWanted && start.timeIntervalSinceNow < -1) { job.cancel() }
      }
    }
    #expect(partials.isEmpty != isWanted)
    let counts = partials.compactMap { $0.manifest.maps.first?.measurements["samples"] }
    #expect(counts.count == partials.count && zip(counts, counts.dropFirst()).allSatisfy(<))
    for maps in partials {
      #expect(maps.manifest.maps.map(\.key).allSatisfy { maps.arrays[$0] != nil })
      #expect(maps.manifest.maps.count == 4 && maps.manifest.maps[0].png == nil)
    }
  }

  @Test func `what ends a job is thrown where it is waited for, as a fault`() throws {
    let place = try SessionPlace()
    let fault = #expect(throws: PictureError.self) {
      try Session().run(place.explain("none.png", to: "answer")).wait()
    }
    #expect((fault as (any Fault)?)?.kind == .data)
  }

  @Test func `a folder that one job fills is refused to another until that has ended`() throws {
    let place = try SessionPlace()
    let job = Session().run(endless(place))
    var refused = 0
    #expect(throws: JobCancelled()) {
      try job.wait { event in
        guard case .progress = event, refused == 0 else { return }
        refused += 1
        expectBusy(place)
        job.cancel()
      }
    }
    #expect(refused == 1)
    _ = try Session().run(place.explain(to: "answer")).wait()
    #expect(FileManager.default.fileExists(atPath: place.path("answer/manifest.json")))
  }

  private func expectBusy(_ place: SessionPlace) {
    #expect(throws: FileError.busy(place.path("answer"))) {
      try Session().run(place.explain(to: "answer")).wait()
    }
  }

  @Test func `each job has a thread of its own`() throws {
    let place = try SessionPlace()
    let own = Names()
    let session = Session(onThread: { own.add(pthread_self()) })
    for out in ["a", "b"] { _ = try session.run(place.explain(to: out)).wait() }
    #expect(own.count == 2 && !own.holds(pthread_self()))
  }
}

/// Threads that were seen; Sendable because every access holds the lock.
private final class Names: @unchecked Sendable {
  private let lock = NSLock()
  private var all: [pthread_t] = []

  func add(_ thread: pthread_t) { lock.withLock { all.append(thread) } }
  var count: Int { lock.withLock { all.count } }
  func holds(_ thread: pthread_t) -> Bool { lock.withLock { all.contains(thread) } }
}
