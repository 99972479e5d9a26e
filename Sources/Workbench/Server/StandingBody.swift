internal import Files
internal import HTTPTypes
internal import Hummingbird

/// What stays the same from one request to the next: browsers that can unpack it get it packed, and those that have it
/// already are told so.
struct StandingBody: Sendable {
  /// The bytes as they are.
  let bytes: [UInt8]
  private let type: String
  private let plain: Form
  private let packed: Form?

  private struct Form {
    let buffer: ByteBuffer
    /// What the browser shows of it when it asks again.
    let mark: String
  }

  /// - Parameter canShrink: Whether packing is worth a try; pictures and archives are packed already.
  init(_ bytes: [UInt8], _ type: String, canShrink: Bool = true) {
    (self.bytes, self.type) = (bytes, type)
    let name = SHA256.hex(of: bytes).prefix(32)
    plain = Form(buffer: ByteBuffer(bytes: bytes), mark: "\"\(name)\"")
    let small = canShrink ? Gzip.compressed(bytes) : bytes
    packed =
      small.count < bytes.count
      ? Form(buffer: ByteBuffer(bytes: small), mark: "\"\(name)-gzip\"") : nil
  }

  /// A value as JSON.
  init(json value: some Encodable) {
    self.init(Response.bytes(ofJSON: value) ?? [], "application/json")
  }

  func response(to request: Request) -> Response {
    let packed =
      request.headers[values: .acceptEncoding].contains(where: Self.takesGzip)
      ? packed : nil
    let form = packed ?? plain
    var headers: HTTPFields = [
      .eTag: form.mark, .vary: "Accept-Encoding", .cacheControl: "no-cache",
    ]
    let known = request.headers[values: .ifNoneMatch].flatMap(Self.items)
    if known.contains("*") || known.contains(where: { $0.hasSuffix(form.mark) }) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = type
    if packed != nil { headers[.contentEncoding] = "gzip" }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: form.buffer))
  }

  /// Whether a value of `Accept-Encoding` allows gzip; a weight of zero forbids what it stands behind.
  static func takesGzip(_ value: String) -> Bool {
    items(of: value).contains { item in
      let parts = item.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      return parts.first.map { ["gzip", "*"].contains($0) } == true && weight != 0
    }
  }

  private static func items(of value: String) -> [String] {
    value.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
