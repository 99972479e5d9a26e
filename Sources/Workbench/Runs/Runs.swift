internal import Evaluation
internal import Files
internal import HTTPTypes
internal import Report
internal import Sessions

/// The evaluation runs that can be looked at; they may still be going on, and are read again once they hold more.
actor Runs {
  /// Runs as they were read last.
  struct Read: Sendable {
    let answer: ReportEvaluation.Answer
    let tables: RunTables
  }

  nonisolated let folders: [String]
  private var known: (stamps: [String], reading: Task<Read, any Error>)?

  /// Opens runs.
  ///
  /// - Throws: What is wrong with a folder that is none of a run.
  init(_ folders: [String]) throws {
    var request = ReportEvaluation()
    request.runs = folders
    try request.validate()
    for folder in folders { _ = try EvaluationRun.open(folder) }
    self.folders = folders
  }

  /// The request whose page shows the same.
  nonisolated func request(writing folder: String? = nil, pictures: String?) -> ReportEvaluation {
    var request = ReportEvaluation()
    (request.runs, request.html, request.force) = (folders, folder, folder != nil)
    if folder != nil, let pictures { request.pictureFolders = [pictures] }
    return request
  }

  /// The runs and their tables; whoever asks while they are read waits for them.
  func read(in session: Session) async throws -> Read {
    if folders.isEmpty {
      throw Refusal(.notFound, "the server was started without evaluation runs (--run)")
    }
    let stamps = folders.flatMap { folder in
      ["", "-wal"].map { FileStamp.of("\(folder)/records.sqlite\($0)") }
    }
    if let known, known.stamps == stamps { return try await known.reading.value }
    let request = request(pictures: nil)
    let reading = Task {
      let answer = try await session.run(request).answer
      return Read(answer: answer, tables: RunTables(answer, of: request))
    }
    known = (stamps, reading)
    do { return try await reading.value } catch {
      known = nil
      throw error
    }
  }

  /// One run.
  func run(_ place: Int, in session: Session) async throws -> EvaluationReport.Source {
    let sources = try await read(in: session).answer.sources
    guard sources.indices.contains(place) else {
      throw Refusal(.notFound, "there is no run \(place)")
    }
    return sources[place]
  }
}
