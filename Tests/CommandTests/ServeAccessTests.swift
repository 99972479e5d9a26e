import Foundation
import TestSupport
import Testing

@testable import Workbench

/// Who may ask the workbench, and how it is told that one may.
///
/// Kinds: bad input, what others must not do, and known answers.
@Suite struct ServeAccessTests {
  private let place: ServePlace
  private var folder: URL { place.folder }
  private static let token = "correct-horse-battery"

  init() throws {
    place = try ServePlace()
    try place.write(token: Self.token)
  }

  private func served(_ words: [String] = []) throws -> Served {
    try place.served(["--token-file", "token", "photos"] + words)
  }

  private func logIn(_ served: Served, _ token: String, _ headers: [String: String] = [:])
    throws -> Served.Reply
  {
    try served.ask(
      "/login", "POST", body: Data("token=\(token)".utf8), headers: headers, following: false)
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `nobody gets in at any path that the interface describes`() throws {
    let served = try served()
    let said = try References.run("knock.py", [served.address, Self.token])
    withExtendedLifetime(served) {}
    #expect(said == "True\n")
  }

  @Test func `the token that is printed is what scripts send`() throws {
    let served = try place.served(["--listen", "127.0.0.2", "--public-address", "http://me:1"])
    #expect(served.address.hasPrefix("http://127.0.0.2:"))
    let token = try served.line().split(separator: " ").map(String.init)
    #expect(token.count == 2 && token[0] == "token:" && token[1].count == 32)
    #expect(try served.ask("/api/networks").status == 401)
    served.token = token[1]
    #expect(try served.ask("/api/networks").status == 200)
    served.token = token[1] + "0"
    let start = Date()
    let wrong = try served.ask("/api/networks")
    #expect(wrong.status == 401 && wrong.text.contains("not the token"))
    #expect(Date().timeIntervalSince(start) >= 1, "who guesses has to wait")
  }

  @Test func `a person logs in by the page, and out again`() throws {
    let served = try served()
    let page = try served.ask("/", headers: ["Accept": "text/html"], following: false)
    #expect(page.status == 303 && page.headers["location"] == "/login?next=%2F")
    let form = try served.ask("/login")
    #expect(form.status == 200 && form.text.contains("<form method=\"post\""))
    #expect(form.headers["referrer-policy"] == "same-origin")
    #expect(form.headers["content-security-policy"]?.contains("form-action 'self'") == true)
    #expect(try served.ask("/health").json()["networks"] as? [String] == [])
    let wrong = try logIn(served, "<b>wrong</b>")
    #expect(wrong.status == 401 && wrong.text.contains("this is not the token"))
    #expect(!wrong.text.contains("<b>") && wrong.headers["set-cookie"] == nil)
    let reply = try logIn(served, Self.token)
    #expect(reply.status == 303 && reply.headers["location"] == "/")
    let set = try #require(reply.headers["set-cookie"])
    for word in ["HttpOnly", "SameSite=Strict", "Max-Age=43200", "Path=/"] {
      #expect(set.contains(word), "\(set)")
    }
    #expect(!set.contains("Secure"), "the way to this machine itself is not encrypted")
    let cookie = ["Cookie": String(set.prefix { $0 != ";" })]
    #expect(try served.ask("/api/networks", headers: cookie).json()["login"] as? Bool == true)
    let out = try served.ask("/logout", "POST", headers: cookie)
    #expect(out.status == 204 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
    #expect(try served.ask("/api/networks", headers: cookie).status == 401)
  }

  @Test func `a login ends by itself`() throws {
    let served = try served(["--limits", "hours=0.001"])
    let set = try #require(logIn(served, Self.token).headers["set-cookie"])
    let cookie = ["Cookie": String(set.prefix { $0 != ";" })]
    #expect(set.contains("Max-Age=4") || set.contains("Max-Age=3"))
    Thread.sleep(forTimeInterval: 6)
    #expect(try served.ask("/api/networks", headers: cookie).status == 401)
  }

  @Test func `a login is what this server signed, until it ends`() async throws {
    let file = folder.appending(path: "token").path
    let logins = try Logins(token: Token(file: file), lifetime: 60)
    let others = try Logins(token: Token(file: file), lifetime: 60)
    let now = Date()
    let value = try logins.begin(at: now)
    #expect(await logins.isValid(value, at: now + 58))
    #expect(await !logins.isValid(value, at: now + 62))
    #expect(await !others.isValid(value, at: now))
    let parts = value.split(separator: ".").map(String.init)
    for forged in [
      "", ".", "9\(value)", "\(value)0", parts.dropLast().joined(separator: "."),
      "\((Int(parts[0]) ?? 0) + 1000).\(parts[1]).\(parts[2])", parts[0] + ".." + parts[2],
    ] {
      #expect(await !logins.isValid(forged, at: now), "\(forged)")
    }
    await logins.end(value, at: now)
    #expect(await !logins.isValid(value, at: now))
    await logins.end(value, at: now + 3_600)
  }

  @Test func `of many who guess at once only a few are told so`() async throws {
    let logins = try Logins(token: Token(file: folder.appending(path: "token").path), lifetime: 60)
    let sentences = await withTaskGroup(of: String.self) { group in
      for _ in 0..<40 {
        group.addTask {
          do throws(Refusal) { try await logins.check("wrong", from: "peer") } catch {
            return error.sentence
          }
          return ""
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sentences.count == 40 && sentences.count(where: { $0.contains("too many") }) == 32)
    #expect(sentences.count(where: { $0.contains("not the token") }) == 8)
    try await logins.check(Self.token, from: "peer")
  }

  @Test func `where to go after logging in is a path of this server`() {
    #expect(LoginPage.safe("/reports/0a/index.html") == "/reports/0a/index.html")
    for path in [nil, "", "x", "//evil.example", "/\\evil", "/../x", "/a\r\nb", "https://evil"] {
      #expect(LoginPage.safe(path) == "/", "\(path ?? "")")
    }
  }

  @Test func `a server is asked by the names that it was told, and by no other`() throws {
    var access = Access()
    #expect(access.origin(of: "localhost:8017")?.text == "http://localhost:8017")
    #expect(access.origin(of: "127.0.0.1.evil.example") == nil)
    #expect(access.origin(of: "192.0.2.7:8017") == nil)
    access.publicAddresses = try [#require(PublicAddress("https://Rather.example/"))]
    #expect(access.origin(of: "rather.example")?.text == "https://rather.example")
    #expect(access.origin(of: "rather.example")?.isSecure == true)
    #expect(access.origin(of: "rather.example:8017") == nil)
    access.address = try #require(ListenAddress("0.0.0.0"))
    #expect(access.origin(of: "192.0.2.7:8017")?.text == "http://192.0.2.7:8017")
    #expect(access.origin(of: "[2001:db8::1]:80")?.isSecure == false)
    #expect(access.origin(of: "evil.example") == nil && access.origin(of: "") == nil)
    for text in [
      "rather.example", "https://", "https://a/b", "ftp://a", "https://u@a", "https://a?b",
    ] {
      #expect(PublicAddress(text) == nil, "\(text)")
    }
    #expect(PublicAddress("http://a:80")?.origin == "http://a")
    #expect(PublicAddress("https://a:8443")?.origin == "https://a:8443")
  }

  @Test func `where it listens is the number of an address`() {
    for (text, host, port, isOwn) in [
      ("127.0.0.1", "127.0.0.1", 8017, true), ("localhost:1", "127.0.0.1", 1, true),
      ("::1", "::1", 8017, true), ("[::1]:2", "::1", 2, true), ("0.0.0.0:0", "0.0.0.0", 0, false),
      ("::", "::", 8017, false), ("192.0.2.7", "192.0.2.7", 8017, false),
      ("::ffff:127.0.0.1", "::ffff:127.0.0.1", 8017, false),
    ] {
      let address = ListenAddress(text)
      #expect(address?.host == host && address?.port == port && address?.isOwn == isOwn, "\(text)")
    }
    for text in ["", "rather.example", "127.0.0.1:x", "127.0.0.1:65536", "[::1", "1.2.3", "[::1]8"]
    {
      #expect(ListenAddress(text) == nil, "\(text)")
    }
  }

  @Test func `what cannot keep others out is refused before anything is read`() throws {
    func refused(_ words: [String], _ sentence: String, _ status: Int32 = 64) throws {
      let run = try Command(["serve", "--model", "toy.pt2"] + words, in: folder)
      #expect(run.status == status && run.messages.contains(sentence), "\(run.messages)")
    }
    try refused(["--listen", "example.org"], "number of an address")
    try refused(["--listen", "127.0.0.1:1", "--port", "1"], "and not by both")
    try refused(["--public-address", "rather.example"], "https://rather.example")
    try refused(["--limits", "sample=1"], "it has samples")
    try refused(["--limits", "side=1"], "from 16 to 100000")
    try place.write(token: Self.token, mode: 0o640)
    try refused(["--token-file", "token"], "chmod 600", 65)
    try place.write(token: "short")
    try refused(["--token-file", "token"], "shorter than 16", 65)
    try place.write(token: "two words of a token")
    try refused(["--token-file", "token"], "without blanks", 65)
    try refused(["--token-file", "none"], "none", 65)
  }
}
