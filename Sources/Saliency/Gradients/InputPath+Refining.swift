internal import Networks
internal import Tensors
internal import Terms

extension InputPath {
  /// The integral of each score's gradients by the rule that is refined until it is complete within
  /// a tolerance, times the way; see ``RefinedPath``.
  ///
  /// Scores share the passes of points that they have in common. What a point weighs is known only
  /// at the end, so its gradient is kept; those that there is no room for are computed again then.
  func refinedIntegral(
    of scores: [Score], tolerance: Double, limit: Int, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    let bytes = 4 * difference.count * max(limit, RefinedPath.firstParts)
    let size = resources.count(ofSize: bytes, limit: scores.count)
    let starts = Array(stride(from: 0, to: scores.count, by: size))
    var parts: [Attributions] = []
    for (i, start) in starts.enumerated() {
      let group = PathGroup(
        path: self, scores: Array(scores[start..<min(start + size, scores.count)]), limit: limit,
        within: resources)
      parts.append(
        try group.attributions(tolerance: tolerance) { done in
          // How many points it will take is not known; a group's last update fills its share.
          try progress(
            ProgressUpdate(
              completed: Int(1000 * (Double(i) + done) / Double(starts.count)), total: 1000,
              note: "completeness"))
        })
    }
    return Attributions(
      values: try .concatenated(parts.map(\.values)),
      signed: try .concatenated(parts.map(\.signed)),
      measurements: parts.flatMap(\.measurements))
  }
}

/// Scores whose paths are refined together.
private struct PathGroup {
  let path: InputPath
  let scores: [Score]
  /// How many points a path has, about, at most.
  let limit: Int
  /// How many gradients are kept.
  private let room: Int
  /// What passes may use beside them.
  private let resources: Resources

  init(path: InputPath, scores: [Score], limit: Int, within resources: Resources) {
    self.path = path
    self.scores = scores
    self.limit = limit
    self.resources = resources.divided(by: 2)
    room = self.resources.memory / (4 * path.difference.count)
  }

  func attributions(
    tolerance: Double, progress: (Double) throws -> Void
  ) throws -> Attributions {
    var kept = KeptGradients(scores: scores.count, room: room)
    let most = max(limit, RefinedPath.firstParts + 1) + RefinedPath.halvedAtOnce
    let share = room < most * scores.count ? 0.5 : 1
    let paths = try refined(tolerance: tolerance, keeping: &kept) {
      try progress(min($0, 0.99) * share)
    }
    let integrals = try integrals(of: paths, kept) { try progress(0.5 + min($0, 0.99) / 2) }
    try progress(1)
    return try path.attributions(
      integrals, from: paths.map { Float($0.first) }, to: paths.map { Float($0.last) },
      steps: paths.map(\.points.count))
  }

  private func refined(
    tolerance: Double, keeping kept: inout KeptGradients, progress: (Double) throws -> Void
  ) throws -> [RefinedPath] {
    var paths = Array(repeating: RefinedPath(), count: scores.count)
    var wanted = Array(repeating: RefinedPath.firstPlaces, count: scores.count)
    while true {
      let open = wanted.indices.filter { !wanted[$0].isEmpty }
      if open.isEmpty { return paths }
      try gradients(of: open, at: Set(open.flatMap { wanted[$0] })) { places, values, found in
        let slopes = try (found * path.difference).sum(axes: Array(2..<found.rank)).floats()
        let values = try values.floats()
        for (row, s) in open.enumerated() {
          for (column, u) in places.enumerated() where wanted[s].contains(u) {
            let index = row * places.count + column
            paths[s].add([
              RefinedPath.Point(u: u, value: Double(values[index]), slope: Double(slopes[index]))
            ])
            try kept.keep(of: s, at: u) {
              try found.select(axis: 0, index: row).select(axis: 0, index: column).cloned()
            }
          }
        }
        try progress(Double(paths.map(\.points.count).max() ?? 0) / Double(limit + 8))
      }
      for s in open {
        let path = paths[s]
        let isDone =
          abs(path.error) <= tolerance * abs(path.difference) || path.points.count >= limit
        wanted[s] = isDone ? [] : path.nextPlaces
      }
    }
  }

  /// `∫₀¹ ∂s/∂x dt` of each score, `[S, …]`.
  private func integrals(
    of paths: [RefinedPath], _ kept: KeptGradients, progress: (Double) throws -> Void
  ) throws -> Tensor {
    let found = try paths.indices.map { try kept.sum(of: $0, weights: paths[$0].weights) }
    var sums = found.map(\.sum)
    let open = sums.indices.filter { !found[$0].missing.isEmpty }
    let all = Set(open.flatMap { found[$0].missing.keys })
    var done = 0
    try gradients(of: open, at: all) { places, _, gradients in
      let weights = open.flatMap { s in places.map { Float(found[s].missing[$0] ?? 0) } }
      let shape = [open.count, places.count] + Array(repeating: 1, count: gradients.rank - 2)
      let shaped = try Tensor(weights, shape: shape).on(gradients.device)
      let parts = try (gradients * shaped).sum(axes: [1])
      for (row, s) in open.enumerated() {
        let part = try parts.select(axis: 0, index: row)
        sums[s] = try sums[s].map { try $0 + part } ?? part
      }
      done += places.count
      try progress(Double(done) / Double(all.count))
    }
    return try .stacked(sums.compactMap { $0 })
  }

  /// Takes the values `[S, n]` and gradients `[S, n, …]` of some scores at places in order.
  private func gradients(
    of chosen: [Int], at all: Set<Double>,
    take: (_ places: [Double], _ values: Tensor, _ gradients: Tensor) throws -> Void
  ) throws {
    let places = all.sorted()
    let gradients = PointGradients(
      of: chosen.map { scores[$0] }, in: path.network, within: resources)
    try gradients.each(places.count) { range in
      try path.points(places[range].map { $0 * $0 })
    } take: { range, values, found in
      try take(Array(places[range]), values, found)
    }
  }
}
