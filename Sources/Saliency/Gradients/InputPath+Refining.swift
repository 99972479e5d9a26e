internal import Networks
internal import Tensors
internal import Terms

extension InputPath {
  /// The integral of each score's gradients by the rule that is refined until it is complete within
  /// a tolerance, times the way; see ``RefinedPath``.
  ///
  /// Scores share the passes of points that they have in common.
  func refinedIntegral(
    of scores: [Score], tolerance: Double, limit: Int, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    let bytes = 4 * difference.count * max(limit, RefinedPath.firstParts)
    let size = resources.count(ofSize: bytes, limit: scores.count)
    let starts = Array(stride(from: 0, to: scores.count, by: size))
    var parts: [Attributions] = []
    for (i, start) in starts.enumerated() {
      let group = Array(scores[start..<min(start + size, scores.count)])
      let paths = try refinedPaths(
        of: group, tolerance: tolerance, limit: limit, within: resources
      ) { done in
        let share = Double(starts.count)
        // How many points it will take is not known; a group's last update fills its share.
        try progress(
          ProgressUpdate(
            completed: Int(1000 * (Double(i) + done) / share), total: 1000,
            note: "completeness"))
      }
      parts.append(
        try attributions(
          .stacked(paths.map { try $0.integral() }), from: paths.map { Float($0.first) },
          to: paths.map { Float($0.last) }, steps: paths.map(\.points.count)))
    }
    return Attributions(
      values: try .concatenated(parts.map(\.values)),
      signed: try .concatenated(parts.map(\.signed)),
      measurements: parts.flatMap(\.measurements))
  }

  private func refinedPaths(
    of scores: [Score], tolerance: Double, limit: Int, within resources: Resources,
    progress: (Double) throws -> Void
  ) throws -> [RefinedPath] {
    var paths = Array(repeating: RefinedPath(), count: scores.count)
    var wanted = Array(repeating: RefinedPath.firstPlaces, count: scores.count)
    while true {
      let open = wanted.indices.filter { !wanted[$0].isEmpty }
      if open.isEmpty { return paths }
      let places = Set(open.flatMap { wanted[$0] }).sorted()
      let gradients = PointGradients(of: open.map { scores[$0] }, in: network, within: resources)
      try gradients.each(places.count) { range in
        try points(places[range].map { $0 * $0 })
      } take: { range, values, found in
        let slopes = try (found * difference).sum(axes: [2, 3, 4]).floats()
        let values = try values.floats()
        for (row, s) in open.enumerated() {
          for (column, u) in places[range].enumerated() where wanted[s].contains(u) {
            let index = row * range.count + column
            paths[s].add([
              RefinedPath.Point(
                u: u, value: Double(values[index]), slope: Double(slopes[index]),
                gradient: try found.select(axis: 0, index: row)
                  .select(axis: 0, index: column).cloned())
            ])
          }
        }
        let shown = Double(paths.map(\.points.count).max() ?? 0) / Double(limit + 8)
        try progress(min(shown, 0.99))
      }
      for s in open {
        let path = paths[s]
        let isDone =
          abs(path.error) <= tolerance * abs(path.difference) || path.points.count >= limit
        wanted[s] = isDone ? [] : path.nextPlaces
      }
      if wanted.allSatisfy(\.isEmpty) { try progress(1) }
    }
  }
}
