internal import Networks
internal import Terms

/// A check at work: curves first, then controls until each map's verdict is clear.
struct CheckWork {
  private let plan: CheckPlan
  private let runner: CurveRunner
  private let progress: ProgressHandler
  private let asked: DistinctSets
  private var completed = 0
  /// d of each map that can be compared.
  private var own: [Int: Double] = [:]
  /// d_r of the controls that were drawn for each.
  private var controls: [Int: [Double]] = [:]

  init(_ plan: CheckPlan, _ runner: CurveRunner, _ progress: @escaping ProgressHandler) {
    (self.plan, self.runner, self.progress) = (plan, runner, progress)
    asked = DistinctSets(plan.pairs.flatMap(\.sets))
  }

  /// A result a map.
  mutating func results() throws -> [CheckResult] {
    var open = plan.comparable
    let first = plan.controls(0..<plan.test.looks[0].draws, for: open)
    let later = plan.passes(of: plan.test.looks[0].draws..<plan.check.draws, for: open)
    let logs = try ask(plan.curves + first.paths, passesAfter: later)
    let curves = Array(logs[..<plan.curves.count])
    for map in open {
      guard let start = odds(map, plan.curves[map], curves[map], after: 0) else { continue }
      let end = odds(map, plan.curves[map], curves[map], after: plan.salientCount(of: map))
      own[map] = start - (end ?? start)
    }
    let starts = curves.indices.map { odds($0, plan.curves[$0], curves[$0], after: 0) ?? 0 }
    record(first, Array(logs[plan.curves.count...]), starts)
    for look in plan.test.looks.indices {
      open.removeAll { isDecided($0, at: look) }
      guard !open.isEmpty, look + 1 < plan.test.looks.count else { break }
      let range = plan.test.looks[look].draws..<plan.test.looks[look + 1].draws
      let more = plan.controls(range, for: open)
      let later = plan.passes(of: range.upperBound..<plan.check.draws, for: open)
      record(more, try ask(more.paths, passesAfter: later), starts)
    }
    try progress(.init(completed: completed, total: completed))
    return curves.indices.map { map in
      let drops = own[map].map {
        CheckResult.Drops(own: $0, controls: controls[map] ?? [], by: plan.test)
      }
      return plan.result(of: map, drops: drops) { point, set in
        asked.column(of: set).map { curves[map][point][$0] } ?? 0
      }
    }
  }

  private func isDecided(_ map: Int, at look: Int) -> Bool {
    guard let drop = own[map] else { return true }
    let exceeding = (controls[map] ?? []).count { $0 >= drop }
    return plan.test.state(at: look, exceeding: exceeding) != .open
  }

  /// Adds the drops of some controls.
  private mutating func record(
    _ drawn: (paths: [FeaturePath], of: [Int: [Int]]), _ logs: [[[Double]]], _ starts: [Double]
  ) {
    for (map, places) in drawn.of {
      let count = plan.salientCount(of: map)
      controls[map, default: []] += places.compactMap { place in
        odds(map, drawn.paths[place], logs[place], after: count).map { starts[map] - $0 }
      }
    }
  }

  /// `log p_P / p_Q` after some pixels of a path are deleted.
  private func odds(
    _ map: Int, _ path: FeaturePath, _ logs: [[Double]], after count: Int
  ) -> Double? {
    let pair = plan.pairs[map]
    guard let rival = pair.rival, let point = path.counts.firstIndex(of: count),
      let p = asked.column(of: pair.fact), let q = asked.column(of: rival)
    else { return nil }
    return logs[point][p] - logs[point][q]
  }

  private mutating func ask(
    _ paths: [FeaturePath], passesAfter later: Int
  ) throws -> [[[Double]]] {
    let before = completed
    var own = 0
    let found = try runner.logProbabilities(of: asked.all, along: paths) { update in
      own = update.completed
      try progress(.init(completed: before + own, total: before + update.total + later))
    }
    completed = before + own
    return found
  }
}
