internal import Contrast
internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Saliency
internal import Sessions
internal import Terms

/// What the workbench answers to requests.
package struct Routes: Sendable {
  let networks: [(choice: NetworkChoice, facts: Describe.Answer)]
  let tree: String?
  let levels: Int
  /// What draws contrastive examples.
  let generator: OfferedGenerator?
  let inputs: Inputs
  let records: Records
  let documents: FolderDocuments
  let thumbnails: Thumbnails
  let hurry: Hurry
  let answers: Answers
  let runs: Runs
  let reports: String
  let reportFiles = ReportFiles()
  let session: Session
  let access: Access
  let limits: Limits
  /// Who has logged in; `nil` where nobody has to.
  let logins: Logins?
  let log: Logger
  let metrics = PrometheusMetrics(helps: helps)

  /// Ends all work, for the server stops.
  package func cancelAll() async {
    await documents.cancel()
    await answers.cancelAll()
  }

  func router() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    router.add(middleware: RequestCounting(metrics: metrics, log: log))
    router.add(middleware: OriginGuard(access: access))
    if let logins { router.add(middleware: Gate(logins: logins)) }
    for file in PageFile.all {
      router.get("\(file.path)") { request, _ in file.body.response(to: request) }
    }
    router.get("health") { _, _ in
      // Whoever has no token learns that it is there, and not what it has.
      Response.json(Health(networks: logins == nil ? networks.map(\.choice.shownName) : []))
    }
    let description = StandingBody(PackageResources.openapi_json, "application/json")
    router.get("api") { request, _ in description.response(to: request) }
    let menu = StandingBody(
      json: Menu(
        networks, hasTree: tree != nil, levels, generator, runs: runs.folders.count,
        hasLogin: logins != nil))
    router.get("api/networks") { request, _ in menu.response(to: request) }
    addLogin(to: router)
    addMetrics(to: router)
    addInputs(to: router)
    addPredictions(to: router)
    addAnswers(to: router)
    addPartials(to: router)
    addReports(to: router)
    addComparing(to: router)
    addRuns(to: router)
    addRecords(to: router)
    addTree(to: router)
    return router
  }

  private struct Health: Encodable {
    var ready = true
    var version = Release.version
    let networks: [String]
  }

  private func addPredictions(to router: Router<BasicRequestContext>) {
    router.post("api/predict") { request, _ in
      let asked = try await request.read(PredictAsk.self)
      var predict = Predict()
      predict.pictures = [try await inputs.path(of: asked.input)]
      (predict.network, predict.top) = (networks[try checked(asked.network)].choice, asked.top)
      predict.region = asked.region
      let asking = predict
      let answer = try await hurry.during { try await session.run(asking).answer }
      guard let row = answer.rows.first else {
        throw Refusal(.unprocessableContent, "the picture cannot be read")
      }
      return Response.json(Predicted(classes: row.top, value: row.value, seen: row.seen))
    }
    router.post("api/probe") { request, _ in
      let asked = try await request.read(ProbeAsk.self)
      var probe = Probe()
      probe.network = networks[try checked(asked.network)].choice
      probe.picture = try await inputs.path(of: asked.input)
      (probe.region, probe.mask, probe.fill) = (asked.region, asked.mask, asked.fill)
      let asking = probe
      let answer = try await hurry.during { try await session.run(asking).answer }
      return Response.json(Probed(answer, with: asked.classes))
    }
  }

  private static let longestWait = 10_000

  private func addAnswers(to router: Router<BasicRequestContext>) {
    router.post("api/answers") { request, _ in
      let wait = request.uri.queryParameters["wait"].flatMap { Int($0) }
      if let wait, !(0...Self.longestWait).contains(wait) {
        throw Refusal(.badRequest, "wait must be from 0 to \(Self.longestWait) milliseconds")
      }
      let ask = try await request.read(Ask.self)
      let picture = try await inputs.path(of: ask.input)
      try ask.check(limits)
      let kept = try ask.kept(
        of: networks.map(\.choice), tree: tree, generator: generator?.path, picture: picture)
      try await Blocking.run {
        if let warm = session.networks {
          try ask.checkSettings(of: warm.network(networks[ask.network].choice).0)
        }
      }
      var (id, state) = try await answers.ask(
        kept, by: String((request.headers[.asker] ?? "").prefix(64)), inBackground: ask.background)
      if state == .working, let wait {
        state = try await answers.wait(for: id, atMost: .milliseconds(wait))
      }
      if state != .working, wait != nil { return try await described(id) }
      return Response.json(Asked(id: id, state: state), state == .done ? .ok : .accepted)
    }
    router.get("api/answers/:id") { _, context in
      let id = try context.parameters.require("id")
      return try await described(id)
    }
    router.delete("api/answers/:id") { _, context in
      try await answers.turnAway(from: context.parameters.require("id"))
      return Response(status: .noContent)
    }
    router.get("api/answers/:id/events") { _, context in
      let events = try await answers.events(of: context.parameters.require("id"))
      return Response(
        status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
        body: .init(asyncSequence: events.map { ByteBuffer(string: $0.text) }))
    }
    router.get("api/answers/:id/maps.npz") { _, context in
      let folder = try await answers.folder(ofDone: context.parameters.require("id"))
      let bytes = try await Blocking.run {
        try ByteStream.bytes(folder + "/maps.npz", atMost: 1 << 30)
      }
      var response = Response.bytes(bytes, "application/octet-stream")
      response.headers[.contentDisposition] = "attachment; filename=\"maps.npz\""
      return response
    }
    router.get("api/answers/:id/maps") { _, context in
      let folder = try await answers.folder(ofDone: context.parameters.require("id"))
      return try await Blocking.run { try Response.maps(NumberArray.all(ofReport: folder)) }
    }
    router.get("api/answers/:id/maps/**") { _, context in
      let folder = try await answers.folder(ofDone: context.parameters.require("id"))
      let key = Self.mapKey(context)
      return try await Response.map(Blocking.run { try NumberArray(key, of: folder + "/maps.npz") })
    }
  }

  /// The command that a person would type.
  func commandText(_ request: any KeptRequest) -> String {
    request.commandText(about: request.pictureRead.flatMap(inputs.nameOfUpload))
  }

  /// The program that a person would write; `nil` where there is none for that kind of question.
  func swiftText(_ request: any KeptRequest) -> String? {
    let name = request.pictureRead.flatMap(inputs.nameOfUpload)
    return (request as? Explain)?.swiftProgram(about: name).text
  }

  private func described(_ id: String) async throws -> Response {
    let entry = try await answers.entry(id)
    let isDone = entry.state == .done
    let folder = isDone ? try await answers.folder(ofDone: id) : ""
    let manifest = try await Blocking.run {
      isDone ? try ByteStream.bytes(folder + "/manifest.json", atMost: 1 << 28) : Array("null".utf8)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    let facts = Facts(
      id: id, state: entry.state, stage: entry.progress.stage, completed: entry.progress.completed,
      total: entry.progress.total, error: entry.refusal?.sentence,
      command: commandText(entry.request), swift: swiftText(entry.request))
    // The manifest stands in it as the command writes it.
    var bytes = Array(try encoder.encode(facts).dropLast())
    bytes += Array(",\"manifest\":".utf8) + manifest + Array("}".utf8)
    return Response.bytes(bytes, "application/json")
  }
}

extension Answers.Event {
  /// The event as servers send it.
  var text: String {
    let encoder = JSONEncoder()
    func line(_ name: String, _ value: some Encodable) -> String {
      let data = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
      return "event: \(name)\ndata: \(data)\n\n"
    }
    return switch self {
    case .progress(let progress): line("progress", progress)
    case .partial(let note): line("partial", note)
    case .ended(let state, let sentence):
      line(state.rawValue, sentence.map { ["error": $0] } ?? [:])
    }
  }
}

extension Hummingbird.Request {
  /// Reads what a page asks, of at most a megabyte.
  func read<Value: Defaulted>(_ type: Value.Type) async throws -> Value {
    try Value(jsonBytes: await bytes(atMost: 1 << 20))
  }

  /// The body; one that is longer, or breaks off, is refused.
  func bytes(atMost limit: Int) async throws(Refusal) -> [UInt8] {
    let tooLarge = Refusal(.contentTooLarge, "what was sent is larger than \(limit) bytes")
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    do { return Array(buffer: try await body.collect(upTo: limit)) } catch { throw tooLarge }
  }
}

extension NetworkChoice {
  /// The name of its file.
  var shownName: String { URL(filePath: model).lastPathComponent }
}
