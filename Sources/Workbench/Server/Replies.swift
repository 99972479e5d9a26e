internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Sessions
internal import Terms

/// An error as a page is told of it: a status, and one sentence.
struct Refusal: Fault, Hashable {
  let status: HTTPResponse.Status
  let sentence: String
  /// After how many seconds it is worth asking again.
  var retry: Int?

  static let noInput = Refusal(.notFound, "there is no such input; bring the picture again")
  static let noAnswer = Refusal(.notFound, "there is no such answer; ask again")

  init(_ status: HTTPResponse.Status, _ sentence: String, retry: Int? = nil) {
    (self.status, self.sentence, self.retry) = (status, sentence, retry)
  }

  /// What an error of a library or of the server means to who asked.
  init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let late as JobTooLong:
      self.init(
        .unprocessableContent,
        "\(late); ask for less, or start the server with --limits seconds=\(Limits.written(late.seconds * 10))"
      )
    case let error as HTTPError: self.init(error.status, error.body ?? error.status.reasonPhrase)
    case let fault as any Fault:
      let status: HTTPResponse.Status =
        switch fault.kind {
        case .usage: .badRequest
        case .data: .unprocessableContent
        case .io: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .defect: .internalServerError
        }
      self.init(status, VisibleText.of("\(fault)"))
    default: self.init(.internalServerError, "something went wrong that Rather has no sentence for")
    }
  }

  var kind: FaultKind {
    switch status.code {
    case 422: .data
    case 507: .io
    case 500...: .defect
    default: .usage
    }
  }

  var description: String { sentence }

  var response: Response {
    var response = Response.json(Sentence(error: sentence), status)
    if let retry { response.headers[.retryAfter] = "\(retry)" }
    return response
  }

  private struct Sentence: Encodable { let error: String }
}

extension Response {
  /// A value as JSON, which no cache keeps.
  static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) -> Response {
    guard let bytes = bytes(ofJSON: value) else { return Response(status: .internalServerError) }
    return .bytes(bytes, "application/json", status)
  }

  /// A value as JSON; `nil` where it holds what JSON has no words for.
  static func bytes(ofJSON value: some Encodable) -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map(Array.init)
  }

  /// Bytes of a type.
  static func bytes(
    _ bytes: [UInt8], _ type: String, _ status: HTTPResponse.Status = .ok,
    cache: String = "no-store"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: cache],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
