internal import HTTPTypes
internal import Sessions

/// What is to be written down.
struct RecordAsk: Defaulted {
  var kind = Record.Kind.question
  var fragment = ""
  var title = ""
  var about = ""

  init() {}

  /// Fails where it says too little or too much.
  func check() throws(Refusal) {
    if title.isEmpty { throw Refusal(.badRequest, "a record needs a title") }
    try Refusal.check(fragment, "the state of a record", atMost: Records.fragmentLimit)
    try Refusal.check(title, "the title of a record", atMost: Records.titleLimit)
    try Refusal.check(about, "what a record is about", atMost: Records.titleLimit)
  }
}

/// What a person writes about a record.
struct NoteAsk: Defaulted {
  var note = ""

  init() {}
}

struct RecordList: Encodable {
  let records: [Record]
  /// The turn before which there are more.
  let next: Int64?
  /// Whether they outlast the server.
  let kept: Bool
}

extension Refusal {
  /// Fails where a text is longer than it may be.
  static func check(_ text: String, _ name: String, atMost limit: Int) throws(Refusal) {
    if text.utf8.count > limit {
      throw Refusal(.contentTooLarge, "\(name) may take \(limit) bytes, and this takes more")
    }
  }
}
