public import Tensors
public import Terms

/// A map and the pair of a fact and a foil that it is to tell apart.
public struct MeasuredMap: Sendable {
  /// The map's values, one a feature, raw.
  public let values: Tensor
  /// c.
  public let fact: ClassSet
  /// C′; `nil` where the map tells the fact from nothing in particular.
  public let foil: ClassSet?

  /// Joins a map and its pair.
  public init(_ values: Tensor, of fact: ClassSet, against foil: ClassSet?) {
    self.values = values
    self.fact = fact
    self.foil = foil
  }
}

/// The curves of a map.
public struct MapCurves: Hashable, Sendable {
  /// n_δ.
  public let salientCount: Int
  /// n.
  public let featureCount: Int
  /// While the salient pixels go.
  public let salient: ContrastCurve
  /// While all pixels go; `nil` where no whole curves were asked for.
  public let deletion: ContrastCurve?
  /// While all pixels come back.
  public let insertion: ContrastCurve?

  /// Joins curves.
  public init(
    salientCount: Int, featureCount: Int, salient: ContrastCurve, deletion: ContrastCurve?,
    insertion: ContrastCurve?
  ) {
    self.salientCount = salientCount
    self.featureCount = featureCount
    self.salient = salient
    self.deletion = deletion
    self.insertion = insertion
  }

  /// CAUC and CDROP.
  public func contrast(_ settings: MetricSettings) -> ContrastMetrics {
    ContrastMetrics(salient, salientCount: salientCount, featureCount: featureCount, settings)
  }

  /// Deletion, insertion, relative probability and log-odds.
  public var whole: WholeMetrics? {
    guard let deletion, let insertion else { return nil }
    return WholeMetrics(deletion: deletion, insertion: insertion, featureCount: featureCount)
  }
}

/// Measures maps of one picture, all together.
public struct MapMeasurer {
  private let runner: CurveRunner
  private let settings: MetricSettings

  /// Measures with a runner, by settings.
  public init(_ runner: CurveRunner, _ settings: MetricSettings = MetricSettings()) {
    self.runner = runner
    self.settings = settings
  }

  /// The curves of each map.
  ///
  /// - Parameter groups: Places of maps that are compared on the smallest n_δ among them. Maps of a group
  ///   have their curves at full resolution only as far as one of their groups is compared; without a
  ///   group, to their own n_δ.
  /// - Complexity: `n_δ / step` forward passes of batch one and two for each of the whole curves'
  ///   steps, a map; maps that take the same pixels away share theirs.
  /// - Throws: ``FaithfulnessError``, `NetworkError`, `TensorError`.
  public func curves(
    of maps: [MeasuredMap], comparedIn groups: [[Int]] = [],
    progress: ProgressHandler = { _ in }
  ) throws -> [MapCurves] {
    try settings.checkSettings()
    let saliences = try maps.map { try Salience(of: $0.values.floats(), settings) }
    var compared = [Int?](repeating: nil, count: maps.count)
    for group in groups {
      let common = ContrastMetrics.commonCount(of: group.map { saliences[$0].count }) ?? 0
      for place in group { compared[place] = max(compared[place] ?? 0, common) }
    }
    let paths = zip(saliences, compared).map { salience, compared in
      [FeaturePath(.deletion, salience.order, at: salience.counts(settings, compared: compared))]
        + (settings.wholeSteps > 0
          ? [
            FeaturePath(.deletion, salience.order, at: wholeCounts + areaCounts),
            FeaturePath(.insertion, salience.order, at: wholeCounts),
          ] : [])
    }
    let asked = DistinctSets(maps.flatMap { [$0.fact] + ($0.foil.map { [$0] } ?? []) })
    let found = try runner.logProbabilities(
      of: asked.all, along: paths.flatMap(\.self), progress: progress
    ).parted(like: paths)
    return maps.indices.map { i in
      let own = zip(paths[i], found[i]).map { path, rows in
        ContrastCurve(
          counts: path.counts, fact: rows.map { $0[asked.column(of: maps[i].fact) ?? 0] },
          foil: rows.map { row in maps[i].foil.flatMap(asked.column).map { row[$0] } ?? -.infinity
          })
      }
      return MapCurves(
        salientCount: saliences[i].count, featureCount: runner.featureCount, salient: own[0],
        deletion: own.count > 1 ? own[1] : nil, insertion: own.count > 2 ? own[2] : nil)
    }
  }

  private var wholeCounts: [Int] { settings.wholeCounts(of: runner.featureCount) }

  private var areaCounts: [Int] {
    settings.areas.map { Int(($0 * Double(runner.featureCount)).rounded()) }
  }
}
