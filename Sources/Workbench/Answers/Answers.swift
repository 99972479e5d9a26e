internal import Files
internal import Foundation
internal import HTTPTypes
internal import Sessions
internal import Terms

/// What was asked and answered: equal questions are answered once, a few at a time, and kept as long as there is room.
///
/// An answer is the folder that the command would have written, without its pages, under the checksum of the question.
actor Answers {
  private let session: Session
  private let place: String
  private let atOnce: Int
  private let longestQueue: Int
  private let cacheBytes: Int
  private var entries: [String: Entry] = [:]
  private var waiting = AskQueue()
  private var running = 0
  private var runningLong = 0
  private var clock = 0
  private var isStopping = false
  /// What all answers take on the disk.
  private var bytes = 0

  /// - Parameters:
  ///   - place: A folder for answers.
  ///   - atOnce: How many are worked on together.
  ///   - longestQueue: How many may wait.
  ///   - cacheBytes: How much answers may take on the disk before the oldest go.
  init(
    in session: Session, keptIn place: String, atOnce: Int, longestQueue: Int, cacheBytes: Int
  ) {
    self.session = session
    self.place = place
    self.atOnce = max(atOnce, 1)
    self.longestQueue = longestQueue
    self.cacheBytes = cacheBytes
  }

  /// Whether a question is worked on or waits.
  var isBusy: Bool { running > 0 || waiting.count > 0 }

  /// Asks, and gives the answer's name.
  ///
  /// - Parameters:
  ///   - asker: Who asks, for turns to be taken; empty for one who does not say.
  ///   - isInBackground: Whether nobody waits for it yet.
  func ask(
    _ request: any KeptRequest, by asker: String = "", inBackground isInBackground: Bool = false
  ) throws -> (id: String, state: State) {
    let urgency: AskQueue.Urgency =
      isInBackground ? .background : request.isLong ? .long : .interactive
    // What is read may be written anew while the server is open, and then the question is another one.
    let stamps = request.filesRead.map(FileStamp.of)
    let question = try request.json() + stamps.joined(separator: "\n") + type(of: request).name
    let id = String(SHA256.hex(of: Array(question.utf8)).prefix(32))
    clock += 1
    if var known = entries[id], known.state == .working || known.state == .done {
      known.askers += 1
      known.use = clock
      if known.work == nil { known.urgency = min(known.urgency, urgency) }
      waiting.hurry(id, to: urgency)
      entries[id] = known
      return (id, known.state)
    }
    try makeRoom(for: asker, urgency)
    var asked = request
    asked.place = PlaceChoice(folder(of: id))
    asked.place.pages = false
    entries[id] = Entry(request: asked, urgency: urgency, use: clock)
    waiting.add(id, by: asker, urgency)
    startNext()
    return (id, entries[id]?.state ?? .working)
  }

  /// Refuses another question where too many wait; one asker may not fill the queue alone.
  private func makeRoom(for asker: String, _ urgency: AskQueue.Urgency) throws(Refusal) {
    let own = asker.isEmpty ? 0 : waiting.count(of: asker)
    if own >= max(longestQueue / 4, 1) { throw Self.full(own) }
    guard waiting.count >= longestQueue else { return }
    guard urgency < .background, let shed = waiting.shed() else { throw Self.full(waiting.count) }
    end(shed, Self.full(waiting.count))
  }

  private static func full(_ count: Int) -> Refusal {
    Refusal(
      .serviceUnavailable, "\(count) questions wait already; ask again in a few seconds", retry: 2)
  }

  /// What is known of an answer.
  func entry(_ id: String) throws -> Entry {
    guard var entry = entries[id] else { throw Refusal.noAnswer }
    clock += 1
    entry.use = clock
    entries[id] = entry
    return entry
  }

  /// Where an answer lies, once it is there.
  func folder(ofDone id: String) throws -> String {
    guard try entry(id).state == .done else {
      throw Refusal(.conflict, "the answer is not there yet, or there is none")
    }
    return folder(of: id)
  }

  /// Says that one of those who asked wants no answer any more; the last ends the work.
  func turnAway(from id: String) throws {
    var entry = try entry(id)
    guard entry.state == .working else { return }
    entry.askers -= 1
    entries[id] = entry
    if entry.askers > 0 { return }
    if let work = entry.work { return work.cancel() }
    waiting.remove(id)
    end(id, JobCancelled())
  }

  /// What happens to an answer from now on; what has happened comes first.
  func events(of id: String) throws -> AsyncStream<Event> {
    var entry = try entry(id)
    let (stream, continuation) = AsyncStream.makeStream(
      of: Event.self, bufferingPolicy: .bufferingNewest(16))
    guard entry.state == .working else {
      continuation.yield(.ended(entry.state, entry.refusal?.sentence))
      continuation.finish()
      return stream
    }
    continuation.yield(.progress(entry.progress))
    clock += 1
    let number = clock
    if let partial = entry.partial { continuation.yield(.partial(partial.note)) }
    entry.watchers[number] = continuation
    entry.work?.wantPartials(true)
    entries[id] = entry
    continuation.onTermination = { [weak self] _ in
      Task { await self?.forget(number, of: id) }
    }
    return stream
  }

  /// Waits for an answer, at most so long.
  func wait(for id: String, atMost time: Duration) async throws -> State {
    let events = try events(of: id)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in events {} }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
    return try entry(id).state
  }

  /// Ends all work, for the server stops.
  func cancelAll() {
    isStopping = true
    waiting.removeAll()
    for entry in entries.values where entry.state == .working { entry.work?.cancel() }
  }

  /// How much there is of what.
  var facts: (states: [State: Int], waiting: Int, running: Int, bytes: Int) {
    let states = Dictionary(grouping: entries.values, by: \.state).mapValues(\.count)
    return (states, waiting.count, running, bytes)
  }

  private func forget(_ watcher: Int, of id: String) {
    entries[id]?.watchers[watcher] = nil
    if let entry = entries[id], entry.watchers.isEmpty { entry.work?.wantPartials(false) }
  }

  /// 256 folders hold the answers, since whoever writes one looks at all that lie beside it.
  private func folder(of id: String) -> String { "\(place)/\(id.prefix(2))/\(id)" }

  /// Begins what may begin; what takes long leaves a place for what a person looks at.
  private func startNext() {
    while running < atOnce,
      let id = waiting.next(upTo: runningLong < max(atOnce - 1, 1) ? .background : .interactive)
    {
      guard let entry = entries[id] else { continue }
      let isLong = entry.urgency > .interactive
      running += 1
      runningLong += isLong ? 1 : 0
      try? FileManager.default.removeItem(atPath: folder(of: id))
      let work = entry.request.begun(in: session)
      entries[id]?.work = work
      work.wantPartials(entries[id]?.watchers.isEmpty == false)
      Task {
        do {
          try await work.wait { await self.hear($0, of: id) }
          end(id, nil)
        } catch { end(id, error) }
        running -= 1
        runningLong -= isLong ? 1 : 0
        startNext()
      }
    }
  }

  private func hear(_ event: JobEvent, of id: String) {
    guard var entry = entries[id] else { return }
    switch event {
    case .stage(let stage): entry.progress = Progress(stage: stage.title)
    case .progress(let update):
      (entry.progress.completed, entry.progress.total) = (update.completed, update.total)
    case .partial(let maps):
      let partial = PartialAnswer(number: (entry.partial?.number ?? -1) + 1, maps: maps)
      entry.partial = partial
      entries[id] = entry
      for watcher in entry.watchers.values { watcher.yield(.partial(partial.note)) }
      return
    case .note, .failed, .finished: return
    }
    // A page that is told of each of ten million masks has no time to show one.
    let now = ContinuousClock.now
    let isDue = now - entry.told > .milliseconds(100)
    if isDue { entry.told = now }
    entries[id] = entry
    guard isDue else { return }
    for watcher in entry.watchers.values { watcher.yield(.progress(entry.progress)) }
  }

  private func end(_ id: String, _ error: (any Error)?) {
    guard var entry = entries[id] else { return }
    // Whoever asked while the work was ending for the others wants it begun anew.
    if error is JobCancelled, entry.askers > 0, !isStopping {
      (entry.work, entry.progress, entry.partial) = (nil, Progress(), nil)
      entries[id] = entry
      return waiting.add(id, by: "", entry.urgency)
    }
    switch error {
    case nil:
      entry.state = .done
      entry.bytes = Self.byteCount(of: folder(of: id))
      bytes += entry.bytes
    case is JobCancelled: entry.state = .cancelled
    case let error?:
      entry.state = .failed
      entry.refusal = Refusal(error)
    }
    entry.work = nil
    if entry.partial != nil { forgetPartial(of: id) }
    for watcher in entry.watchers.values {
      watcher.yield(.ended(entry.state, entry.refusal?.sentence))
      watcher.finish()
    }
    entry.watchers = [:]
    entries[id] = entry
    makeRoom()
  }

  /// Lets go of the maps so far of an answer that is done, once whoever was told of them has had the time to fetch them.
  private func forgetPartial(of id: String) {
    Task {
      try? await Task.sleep(for: .seconds(10))
      // It may have been asked for again.
      if entries[id]?.state != .working { entries[id]?.partial = nil }
    }
  }

  /// Lets go of the answers that were longest not looked at, and of what is known of those that failed: of a few
  /// more than it must, so that not each new answer goes through all.
  private func makeRoom() {
    guard bytes > cacheBytes || entries.count > Self.mostEntries else { return }
    let idle = entries.filter { $0.value.state != .working }.sorted { $0.value.use < $1.value.use }
    for (id, entry) in idle.dropLast()
    where bytes > cacheBytes / 20 * 19 || entries.count > Self.mostEntries / 20 * 19 {
      bytes -= entry.bytes
      entries[id] = nil
      try? FileManager.default.removeItem(atPath: folder(of: id))
    }
  }

  private static let mostEntries = 5_000

  private static func byteCount(of folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let facts = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum + ((facts?[.size] as? Int) ?? 0)
    }
  }
}
