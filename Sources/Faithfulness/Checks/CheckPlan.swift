internal import Networks
internal import Tensors
internal import Terms

/// The paths of a check of several maps: one a map, and those of the controls.
struct CheckPlan {
  private let saliences: [Salience]
  private(set) var paths: [FeaturePath] = []
  /// For each map the paths of its controls.
  private var controls: [[Int]] = []

  init(_ check: MapCheck, of maps: [MeasuredMap], _ runner: CurveRunner) throws {
    let metrics = check.metrics
    saliences = try maps.map { try Salience(of: $0.values.floats(), metrics) }
    paths = saliences.map { salience in
      // The order of a map that shows nothing means nothing.
      let whole = salience.count > 0 ? metrics.wholeCounts(of: runner.featureCount) : []
      let counts = salience.counts(metrics) + [0, salience.count] + whole
      return FeaturePath(.deletion, salience.order, at: counts)
    }
    let stream = RandomStream(check.seed)
    controls = maps.map { _ in [] }
    for draw in 0..<max(0, check.draws) {
      var own = stream.stream(for: draw)
      switch check.control {
      case .random:
        let order = FeatureOrder(random: runner.featureCount, using: &own)
        for i in maps.indices { controls[i].append(paths.count) }
        paths.append(FeaturePath(.deletion, order, at: saliences.map(\.count).filter { $0 > 0 }))
      case .shifted:
        let (across, down) = (own.next(), own.next())
        for (i, salience) in saliences.enumerated() {
          controls[i].append(paths.count)
          let order = salience.order.shifted(
            in: Features(ofMap: maps[i].values.shape).grid, across: across, down: down)
          paths.append(
            FeaturePath(.deletion, order, at: salience.count > 0 ? [salience.count] : []))
        }
      }
    }
  }

  /// What the answers say of a map.
  ///
  /// - Parameter log: `log p` of a set at a point of a path.
  func result(
    of map: Int, _ pair: CheckPair, _ check: MapCheck,
    log: (_ path: Int, _ point: Int, ClassSet) -> Double
  ) -> CheckResult {
    let (salience, path) = (saliences[map], paths[map])
    func curve(at counts: [Int]) -> ContrastCurve {
      let points = counts.compactMap { path.counts.firstIndex(of: $0) }
      return ContrastCurve(
        counts: counts, fact: points.map { log(map, $0, pair.fact) },
        foil: points.map { point in pair.foil.map { log(map, point, $0) } ?? -.infinity })
    }
    func odds(_ path: Int, after count: Int) -> Double? {
      guard let rival = pair.rival, let point = paths[path].counts.firstIndex(of: count) else {
        return nil
      }
      return log(path, point, pair.fact) - log(path, point, rival)
    }
    var drops: CheckResult.Drops?
    if salience.count > 0, let start = odds(map, after: 0),
      let end = odds(map, after: salience.count)
    {
      drops = .init(
        own: start - end,
        controls: controls[map].compactMap { odds($0, after: salience.count).map { start - $0 } })
    }
    return CheckResult(
      metrics: ContrastMetrics(
        curve(at: salience.counts(check.metrics)), salientCount: salience.count,
        featureCount: path.order.places.count, check.metrics),
      curve: curve(at: path.counts), drops: drops, significance: check.significance)
  }
}

extension FeatureOrder {
  /// The same places moved around the torus of a picture of some rows and columns, or the ring of a text.
  fileprivate func shifted(
    in grid: (rows: Int, columns: Int), across: UInt64, down: UInt64
  ) -> FeatureOrder {
    let (height, width) = grid
    let right = Int(across.multipliedFullWidth(by: UInt64(width)).high)
    let below = Int(down.multipliedFullWidth(by: UInt64(height)).high)
    return FeatureOrder(
      places: places.map { place in
        let (row, column) = Int(place).quotientAndRemainder(dividingBy: width)
        return Int32((row + below) % height * width + (column + right) % width)
      })
  }
}
