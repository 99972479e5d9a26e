internal import Foundation
internal import Metrics
internal import Synchronization

/// What swift-metrics counts, in the text that Prometheus reads.
///
/// A server has one of its own and gives it to what counts, so that a process may have several.
final class PrometheusMetrics: MetricsFactory, Sendable {
  private struct Key: Hashable {
    let name: String
    let labels: [String]
  }

  private let series = Mutex<[Key: NumberSeries]>([:])
  /// What numbers are, by their names.
  private let helps: [String: String]

  init(helps: [String: String]) { self.helps = helps }

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    one(label, .counter, dimensions)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    one(label, .gauge, dimensions)
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    one(label, aggregate ? .histogram : .gauge, dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    one(label, .histogram, dimensions)
  }

  func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
  func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
  func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
  func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

  private func one(
    _ label: String, _ kind: NumberSeries.Kind, _ dimensions: [(String, String)]
  ) -> NumberSeries {
    let key = Key(name: Self.name(label), labels: dimensions.flatMap { [$0.0, $0.1] })
    return series.withLock { known in
      if let found = known[key] { return found }
      let made = NumberSeries(kind, dimensions.map { (Self.name($0.0), $0.1) })
      known[key] = made
      return made
    }
  }

  private func forget(_ handler: AnyObject) {
    series.withLock { known in known = known.filter { $0.value !== handler } }
  }

  /// All numbers: for each name what it is, its kind, and a line for each of its series.
  var text: String {
    let families = Dictionary(grouping: series.withLock { $0 }, by: \.key.name)
    return families.sorted { $0.key < $1.key }.map { name, members in
      let found = members.map { lines(of: $0.value, named: name) }.sorted()
      let kind = members.first?.value.kind ?? .gauge
      return "# HELP \(name) \(helps[name] ?? name)\n# TYPE \(name) \(kind.rawValue)\n"
        + found.joined()
    }.joined()
  }

  private func lines(of series: NumberSeries, named name: String) -> String {
    let now = series.now
    func line(_ end: String, _ value: Double, _ more: [(String, String)] = []) -> String {
      let labels = (series.labels + more).map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
      let words = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
      return "\(name)\(end)\(words) \(Self.written(value))\n"
    }
    guard series.kind == .histogram else { return line("", now.value) }
    let bounds = NumberSeries.bounds.map(Self.written) + ["+Inf"]
    return zip(bounds, now.atMost + [now.count]).map { bound, count in
      line("_bucket", Double(count), [("le", bound)])
    }.joined() + line("_sum", now.value) + line("_count", Double(now.count))
  }

  /// A name of letters, digits and underscores.
  private static func name(_ label: String) -> String {
    String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func written(_ value: Double) -> String { Limits.written(value) }
}
