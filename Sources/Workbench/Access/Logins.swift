internal import Files
internal import Foundation
internal import HTTPTypes

/// Who has shown the token: logins as signed cookies, and patience with those who guess.
actor Logins {
  /// The name of the cookie, which no other server of this machine has; cookies do not tell ports apart.
  nonisolated let cookieName: String
  /// How many seconds a login lasts.
  nonisolated let lifetime: Double

  private let key: [UInt8]
  private let token: [UInt8]
  /// Logins that were ended before their time, by when that would have been.
  private var ended: [String: Double] = [:]
  /// How many wrong tokens of a peer wait for their answer.
  private var waiting: [String: Int] = [:]

  private static let mostWaiting = 8
  private static let delay = Duration.seconds(1)

  init(token: Token, lifetime: Double) throws {
    key = try Secrets.random(32)
    self.token = Secrets.signature(of: Array(token.text.utf8), by: key)
    self.lifetime = lifetime
    cookieName = "rather-" + String(SHA256.hex(of: key).prefix(8))
  }

  /// Fails where a token is not the right one, after a second; of one peer only a few may wait for that.
  func check(_ text: String, from peer: String) async throws(Refusal) {
    guard waiting[peer, default: 0] < Self.mostWaiting else {
      throw Refusal(
        .tooManyRequests,
        "too many wrong tokens came from your address; try again in a few seconds",
        retry: 2)
    }
    // What is compared are signatures, so that the time tells neither how long the token is nor where it differs.
    if Secrets.areEqual(Secrets.signature(of: Array(text.utf8), by: key), token) { return }
    waiting[peer, default: 0] += 1
    try? await Task.sleep(for: Self.delay)
    waiting[peer, default: 1] -= 1
    if waiting[peer] == 0 { waiting[peer] = nil }
    throw Refusal(.unauthorized, "this is not the token")
  }

  /// A new login, as the value of a cookie: when it ends, a number of its own, and the signature of both.
  nonisolated func begin(at now: Date = Date()) throws -> String {
    let end = Int((now.timeIntervalSince1970 + lifetime).rounded())
    let number = Self.hex(try Secrets.random(12))
    return signed("\(end).\(number)")
  }

  /// Whether a cookie's value is a login that lasts.
  func isValid(_ value: String, at now: Date = Date()) -> Bool {
    guard let (end, body) = read(value) else { return false }
    return end > now.timeIntervalSince1970 && ended[body] == nil
  }

  /// Ends a login before its time.
  func end(_ value: String, at now: Date = Date()) {
    ended = ended.filter { $0.value > now.timeIntervalSince1970 }
    if let (end, body) = read(value) { ended[body] = end }
  }

  private nonisolated func signed(_ body: String) -> String {
    body + "." + Self.hex(Secrets.signature(of: Array(body.utf8), by: key))
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// When a login ends and what it is called, where its signature is right.
  private nonisolated func read(_ value: String) -> (end: Double, body: String)? {
    guard let dot = value.lastIndex(of: ".") else { return nil }
    let body = String(value[..<dot])
    guard Secrets.areEqual(Array(signed(body).utf8), Array(value.utf8)),
      let end = body.split(separator: ".").first.flatMap({ Double($0) })
    else { return nil }
    return (end, body)
  }
}
