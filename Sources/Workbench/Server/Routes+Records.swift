internal import HTTPTypes
internal import Hummingbird

extension Routes {
  /// What was asked and named, and what people wrote about it.
  func addRecords(to router: Router<BasicRequestContext>) {
    router.get("api/records") { request, _ in
      let words = request.uri.queryParameters
      let kind = try Self.kind(words["kind"].map(String.init))
      let before = try words["before"].map { try Self.number(String($0)) }
      let limit = try words["limit"].map { try Self.number(String($0)) } ?? 50
      guard (1...200).contains(limit) else {
        throw Refusal(.badRequest, "limit must be from 1 to 200")
      }
      let found = try await Blocking.run {
        try records.list(kind, before: before, limit: Int(limit) + 1)
      }
      let shown = Array(found.prefix(Int(limit)))
      let next = found.count > shown.count ? shown.last?.turn : nil
      return Response.json(RecordList(records: shown, next: next, kept: records.areKept))
    }
    router.post("api/records") { request, _ in
      let ask = try await request.read(RecordAsk.self)
      try ask.check()
      let record = try await Blocking.run {
        try records.add(ask.kind, ask.fragment, title: ask.title, about: ask.about)
      }
      return Response.json(record, .created)
    }
    router.put("api/records/:id/note") { request, context in
      let id = try Self.number(context.parameters.require("id"))
      let note = try await request.read(NoteAsk.self).note
      try Refusal.check(note, "a note", atMost: Records.noteLimit)
      return Response.json(try await Blocking.run { try records.note(note, on: id) })
    }
    router.delete("api/records/:id") { _, context in
      let id = try Self.number(context.parameters.require("id"))
      try await Blocking.run { try records.remove(id) }
      return Response(status: .noContent)
    }
    router.delete("api/records") { _, _ in
      try await Blocking.run { try records.clear() }
      return Response(status: .noContent)
    }
  }

  private static func kind(_ word: String?) throws(Refusal) -> Record.Kind {
    guard let word else { return .question }
    guard let kind = Record.Kind(rawValue: word) else {
      throw Refusal(.badRequest, "kind must be question or view")
    }
    return kind
  }

  private static func number(_ word: String) throws(Refusal) -> Int64 {
    guard let number = Int64(word) else {
      throw Refusal(.badRequest, "\(word.prefix(40)) is no number")
    }
    return number
  }
}
