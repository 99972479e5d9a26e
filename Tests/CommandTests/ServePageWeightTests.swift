import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What the page weighs, and how little of it goes over the wire.
@Suite struct ServePageWeightTests {
  /// What is loaded before a view is opened: the page, its style, and all modules that one needs to begin.
  private static var first: [PageFile] {
    let names = ["", "style.css"] + modules(from: "app.js")
    return PageFile.all.filter { names.contains($0.path) }
  }

  /// A module and all that it imports as it begins; views are imported when they are opened.
  private static func modules(from name: String) -> [String] {
    var found = [name]
    var place = 0
    while place < found.count {
      let imports = text(found[place]).matches(of: /(?m)^(?:import|export|\}).* from '\.\/(.*)'/)
      for one in imports.map({ String($0.output.1) }) where !found.contains(one) {
        found.append(one)
      }
      place += 1
    }
    return found
  }

  private static func text(_ path: String) -> String {
    let bytes = PageFile.all.first { $0.path == path }?.body.bytes ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `the first page has at most 150 kB`() {
    let bytes = Self.first.reduce(0) { $0 + $1.body.bytes.count }
    #expect(Self.first.count > 15 && bytes <= 150_000, "\(bytes) bytes")
  }

  @Test func `the page names all modules that it begins with, so that none waits for another`() {
    let named = Self.text("").matches(of: /rel="modulepreload" href="\/(.*)"/)
      .map { String($0.output.1) }
    #expect(named == Self.modules(from: "app.js").filter { $0 != "app.js" }.sorted())
  }

  @Test func `a file goes packed to browsers that take that, and not again to those that have it`()
    throws
  {
    let served = try ServePlace().served()
    for path in ["/", "/app.js", "/style.css", "/api", "/api/networks"] {
      let packed = try served.ask(path, headers: ["Accept-Encoding": "br, gzip;q=0.5"])
      let plain = try served.ask(path, headers: ["Accept-Encoding": "gzip;q=0"])
      #expect(packed.headers["content-encoding"] == "gzip", "\(path)")
      #expect(plain.headers["content-encoding"] == nil, "\(path)")
      // What asked unpacks it by itself.
      #expect(packed.body == plain.body && packed.status == 200 && plain.status == 200, "\(path)")
      for reply in [packed, plain] { #expect(reply.headers["vary"] == "Accept-Encoding") }
      let marks = try [packed, plain].map { try #require($0.headers["etag"]) }
      #expect(marks[0] != marks[1] && marks.allSatisfy { $0.hasPrefix("\"") })
      for (encoding, mark) in try paired(["gzip", "identity"], marks) {
        let again = try served.ask(
          path,
          headers: ["Accept-Encoding": encoding, "If-None-Match": "\"other\", W/\(mark)"])
        #expect(again.status == 304 && again.body.isEmpty, "\(path)")
        #expect(again.headers["etag"] == mark && again.headers["vary"] == "Accept-Encoding")
      }
      // The mark of one form says nothing of the other.
      let other = try served.ask(
        path, headers: ["Accept-Encoding": "gzip", "If-None-Match": marks[1]])
      #expect(other.status == 200 && other.body == plain.body, "\(path)")
    }
  }

  @Test func `gzip is taken where it is named with a weight above zero`() {
    for value in ["gzip", "deflate, gzip", "GZIP ; q=0.1", "*"] {
      #expect(StandingBody.takesGzip(value), "\(value)")
    }
    for value in ["", "identity", "gzip;q=0", "br, gzip; q=0.000", "xgzip", "*;q=0"] {
      #expect(!StandingBody.takesGzip(value), "\(value)")
    }
  }
}
