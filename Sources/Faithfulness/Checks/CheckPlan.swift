internal import Networks
internal import Tensors
internal import Terms

/// The paths of a check of several maps: one a map, and those of the controls as they are needed.
struct CheckPlan {
  let check: MapCheck
  let test: SequentialTest
  let pairs: [CheckPair]
  /// A curve a map: to n_δ and on until no pixel is left.
  let curves: [FeaturePath]
  private let saliences: [Salience]
  private let metrics: [MetricSettings]
  private let grids: [(rows: Int, columns: Int)]
  private let featureCount: Int

  init(_ check: MapCheck, of maps: [MeasuredMap], _ runner: CurveRunner) throws {
    self.check = check
    test = SequentialTest(
      draws: check.draws, significance: check.significance, stopsEarly: check.stopsEarly)
    pairs = maps.map { CheckPair($0, runner) }
    featureCount = runner.featureCount
    grids = maps.map { Features(ofMap: $0.values.shape).grid }
    let saliences = try maps.map { try Salience(of: $0.values.floats(), check.metrics) }
    let metrics = saliences.map { salience in
      var own = check.metrics
      own.step = max(own.step, (salience.count + check.steps - 1) / check.steps)
      return own
    }
    curves = zip(saliences, metrics).map { salience, metrics in
      // The order of a map that shows nothing means nothing.
      let whole = salience.count > 0 ? metrics.wholeCounts(of: runner.featureCount) : []
      let counts = salience.counts(metrics) + [0, salience.count] + whole
      return FeaturePath(.deletion, salience.order, at: counts)
    }
    (self.saliences, self.metrics) = (saliences, metrics)
  }

  /// The maps that controls are drawn for: those that show something that can be set against something.
  var comparable: [Int] {
    saliences.indices.filter { saliences[$0].count > 0 && pairs[$0].rival != nil }
  }

  /// The passes without any control, and with those of the first look.
  var leastPasses: Int {
    AlteredPictures(curves + controls(0..<test.looks[0].draws, for: comparable).paths).stops.count
  }

  /// The passes if no verdict becomes clear before the last look.
  var mostPasses: Int {
    leastPasses + passes(of: test.looks[0].draws..<check.draws, for: comparable)
  }

  /// How many passes some controls take.
  func passes(of draws: Range<Int>, for maps: [Int]) -> Int {
    switch check.control {
    case .random: draws.count * Set(maps.map { saliences[$0].count }).count
    case .shifted: draws.count * maps.count
    }
  }

  /// The paths of some controls for some maps, and which of them is each map's at each draw.
  func controls(_ draws: Range<Int>, for maps: [Int]) -> (paths: [FeaturePath], of: [Int: [Int]]) {
    var paths: [FeaturePath] = []
    var places: [Int: [Int]] = [:]
    guard !maps.isEmpty else { return (paths, places) }
    let stream = RandomStream(check.seed)
    for draw in draws {
      var own = stream.stream(for: draw)
      switch check.control {
      case .random:
        let order = FeatureOrder(random: featureCount, using: &own)
        for map in maps { places[map, default: []].append(paths.count) }
        paths.append(FeaturePath(.deletion, order, at: maps.map { saliences[$0].count }))
      case .shifted:
        let (across, down) = (own.next(), own.next())
        for map in maps {
          places[map, default: []].append(paths.count)
          let order = saliences[map].order.shifted(in: grids[map], across: across, down: down)
          paths.append(FeaturePath(.deletion, order, at: [saliences[map].count]))
        }
      }
    }
    return (paths, places)
  }

  /// The salient pixels of a map.
  func salientCount(of map: Int) -> Int { saliences[map].count }

  /// What the answers say of a map.
  ///
  /// - Parameter log: `log p` of a set at a point of the map's curve.
  func result(
    of map: Int, drops: CheckResult.Drops?, log: (_ point: Int, ClassSet) -> Double
  ) -> CheckResult {
    let (salience, path, pair) = (saliences[map], curves[map], pairs[map])
    func curve(at counts: [Int]) -> ContrastCurve {
      let points = counts.compactMap { path.counts.firstIndex(of: $0) }
      return ContrastCurve(
        counts: counts, fact: points.map { log($0, pair.fact) },
        foil: points.map { point in pair.foil.map { log(point, $0) } ?? -.infinity })
    }
    return CheckResult(
      metrics: ContrastMetrics(
        curve(at: salience.counts(metrics[map])), salientCount: salience.count,
        featureCount: path.order.places.count, metrics[map]),
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
