internal import Foundation
internal import Hummingbird
internal import Metrics

extension Routes {
  /// What the numbers of a server are.
  static let helps = [
    RequestCounting.count: "Requests that were answered, by route, method and status.",
    RequestCounting.duration:
      "Seconds from the head of a request to the head of its answer, by route.",
    "rather_answers": "Answers that are known, by their state.",
    "rather_queue_length": "Questions that wait to be worked on.",
    "rather_jobs_running": "Questions that are worked on.",
    "rather_cache_bytes": "Bytes of answers that are kept.",
    "process_resident_memory_bytes": "Memory that the process holds.",
    "process_start_time_seconds": "When the server was started, in seconds since 1970.",
    "rather_uptime_seconds": "Seconds since the server was started.",
  ]

  /// Numbers for whoever watches the server, as Prometheus reads them.
  func addMetrics(to router: Router<BasicRequestContext>) {
    let start = Date()
    router.get("metrics") { _, _ in
      let facts = await answers.facts
      func set(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name, dimensions: labels, factory: metrics).record(value)
      }
      for state in Answers.State.allCases {
        set("rather_answers", Double(facts.states[state] ?? 0), [("state", state.rawValue)])
      }
      set("rather_queue_length", Double(facts.waiting))
      set("rather_jobs_running", Double(facts.running))
      set("rather_cache_bytes", Double(facts.bytes))
      set("rather_uptime_seconds", Date().timeIntervalSince(start).rounded())
      set("process_start_time_seconds", start.timeIntervalSince1970.rounded())
      if let bytes = Self.residentBytes { set("process_resident_memory_bytes", Double(bytes)) }
      return Response.bytes(Array(metrics.text.utf8), "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  /// The memory that the process holds, where the system tells.
  private static var residentBytes: Int? {
    let words = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      .split(separator: " ")
    return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map {
      $0 * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
  }
}
