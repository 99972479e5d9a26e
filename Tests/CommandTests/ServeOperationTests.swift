import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What whoever runs the workbench sees of it, and how it ends.
///
/// Kinds: known answers, and what others must not hold up.
@Suite struct ServeOperationTests {
  private let place: ServePlace

  init() throws { place = try ServePlace() }

  /// The numbers of a text of Prometheus; a line that is none of its kinds fails.
  private func numbers(_ text: String) throws -> [String: Double] {
    var found: [String: Double] = [:]
    var kind: (name: String, word: String) = ("", "")
    #expect(text.hasSuffix("\n"))
    for line in text.split(separator: "\n").map(String.init) {
      if line.wholeMatch(of: /# HELP [a-z_]+ .+/) != nil { continue }
      if let words = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
        kind = (String(words.1), String(words.2))
        continue
      }
      let label = /[a-z_]+="(?:[^"\\]|\\.)*"/
      let words = try #require(
        line.wholeMatch(of: /([a-z_]+)(?:\{([^{}]*|.*)\})? (-?[0-9.e+]+)/), "\(line)")
      let name = String(words.1)
      let ends = kind.word == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
      #expect(ends.contains { kind.name + $0 == name }, "\(line)")
      let rest = String(words.2 ?? "").replacing(label, with: "")
      #expect(rest.allSatisfy { $0 == "," }, "\(line)")
      let key = name + (words.2.map { "{\($0)}" } ?? "")
      #expect(found[key] == nil, "\(line)")
      found[key] = Double(words.3)
    }
    return found
  }

  @Test func `it counts what it was asked, and says what it holds`() throws {
    let served = try place.served()
    let input = try served.firstInput()
    _ = try served.answer(["input": input])
    for _ in 0..<3 { _ = try served.ask("/api/none") }
    _ = try served.ask("/health", "FROBNICATE")
    let reply = try served.ask("/metrics")
    #expect(reply.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
    let found = try numbers(reply.text)
    let inputs = "{route=\"/api/inputs\",method=\"GET\",status=\"200\"}"
    #expect(found["rather_requests_total" + inputs] == 1, "\(reply.text)")
    let missing = found.filter { $0.key.contains("status=\"404\"") && $0.key.contains("\"GET\"") }
    #expect(missing.values.reduce(0, +) == 3, "\(missing)")
    #expect(!reply.text.contains("FROBNICATE") && !reply.text.contains("/api/none"))
    #expect(found["rather_answers{state=\"done\"}"] == 1)
    #expect(found["rather_jobs_running"] == 0 && found["rather_queue_length"] == 0)
    #expect(try #require(found["rather_cache_bytes"]) > 0)
    #expect(try #require(found["process_resident_memory_bytes"]) > 1e6)
    let route = "route=\"/api/inputs\""
    #expect(found["rather_request_duration_seconds_count{\(route)}"] == 1)
    #expect(found["rather_request_duration_seconds_bucket{\(route),le=\"+Inf\"}"] == 1)
  }

  @Test func `a label may say anything`() throws {
    let metrics = PrometheusMetrics(helps: ["a_b": "What it is."])
    let handler = metrics.makeCounter(label: "a.b", dimensions: [("x", "\"\\\n")])
    (handler as? NumberSeries)?.increment(by: 2.0)
    #expect(
      metrics.text
        == "# HELP a_b What it is.\n# TYPE a_b counter\na_b{x=\"\\\"\\\\\\n\"} 2\n")
    #expect(try numbers(metrics.text).count == 1)
    metrics.destroyCounter(handler)
    #expect(metrics.text.isEmpty)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func `a signal ends it, whatever is worked on and whoever is half connected`(number: Int32) throws
  {
    let served = try place.served()
    let method = ["explainer": "rise", "settings": "masks=10000000"]
    let asked = try served.post(
      "/api/answers", ["input": served.firstInput(), "method": method])
    #expect(asked.status == 202)
    let half = try RawConnection(to: served.address)
    half.send("POST /api/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{")
    let silent = try RawConnection(to: served.address)
    let watching = try RawConnection(to: served.address)
    let id = try #require(asked.json()["id"] as? String)
    watching.send("GET /api/answers/\(id)/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    Thread.sleep(forTimeInterval: 0.5)
    let start = Date()
    kill(served.process.processIdentifier, number)
    served.process.waitUntilExit()
    let seconds = Date().timeIntervalSince(start)
    #expect(served.process.terminationStatus == 0)
    #expect(served.process.terminationReason == .exit)
    // Five are promised; other tests keep this machine busy.
    #expect(seconds < 20, "\(seconds) seconds")
    #expect(served.kept.isEmpty, "\(served.kept)")
    withExtendedLifetime([half, silent, watching]) {}
  }

  @Test func `it notes requests where it is told to, by their routes`() throws {
    let served = try place.served(["photos", "--log", "info"])
    _ = try served.ask("/api/inputs/none/picture?side=16")
    served.process.terminate()
    let notes = try served.notes()
    #expect(notes.contains("info: request"), "\(notes)")
    #expect(notes.contains("route=/api/inputs/{id}/picture") && notes.contains("status=404"))
  }
}

/// A connection on which a test sends what it likes.
final class RawConnection {
  private let socket: Int32

  struct Refused: Error {}

  init(to address: String) throws {
    #if os(Linux)
      socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    let port = address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    place.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &place.sin_addr)
    let failed = withUnsafePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if failed != 0 { throw Refused() }
  }

  deinit { close(socket) }

  func send(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
  }
}
