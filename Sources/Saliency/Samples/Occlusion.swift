public import Networks
internal import Tensors
internal import Terms

/// Occlusion: the drop of the score when a window hides a part of the input.
///
///     H_y = mean over the windows w that cover y of s(x) − s(x behind w)
///
/// [Zeiler and Fergus 2014], section 4.3 (there the score itself is drawn, not its drop). The windows
/// stand at multiples of the stride, ⌈(H − h)/stride⌉ + 1 down and likewise across; the last ones are
/// cut off at the edge. Behind a window lies the baseline in all channels. This is what Captum
/// computes. Windows lie along each axis of the features: squares of a picture, runs of words; columns of a
/// table are hidden one by one.
///
/// - Shapes: maps are `[H, W]`, or a number a feature.
/// - Range: that of differences of the score.
/// - Randomness: none, but for a baseline of noise.
/// - Complexity: a forward pass for each window.
///
/// [Zeiler and Fergus 2014]: https://arxiv.org/abs/1311.2901
public struct Occlusion: Explainer {
  /// The side of the window; `nil` for a seventh of the picture's, and for one feature of other inputs.
  public var window: Int?
  /// How far it moves, at most its side; `nil` for half of that.
  public var stride: Int?
  /// What lies behind it.
  public var baseline: Baseline
  /// The most windows a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision

  /// Chooses the settings.
  public init(
    window: Int? = nil, stride: Int? = nil, baseline: Baseline = .mean, batch: Int? = nil,
    precision: PreparedProgram.Precision = .single
  ) {
    self.window = window
    self.stride = stride
    self.baseline = baseline
    self.batch = batch
    self.precision = precision
  }

  /// The side of a window along an axis; a seventh of the axis where none is chosen.
  package static func side(along length: Int, _ window: Int?) -> Int {
    min(window ?? max(1, (length + 3) / 7), length)
  }

  /// How far a window moves; half its side where nothing is chosen.
  package static func step(ofSide side: Int, _ stride: Int?) -> Int { stride ?? max(1, side / 2) }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let (input, features) = (request.input.tensor, request.input.features)
    let (rows, columns) = try windows(over: features)
    let (down, across) = (
      try rows.cover(as: input), try columns.cover(as: input)
    )
    let count = rows.starts.count * columns.starts.count
    var runner = try SampleRunner(
      for: request, samples: count, bytesPerSample: 4 * features.count, largestBatch: batch,
      precision: precision)
    let change = try baseline.input(for: request.network, at: input) - input
    // Rows of windows that lie evenly over the input come first.
    let order = RefiningOrder.of(rows.starts.count).flatMap { row in
      columns.starts.indices.map { (row, $0) }
    }
    var found: [Tensor] = []
    let values = runner.values
    let own = try Tensor(values, shape: [values.count, 1]).on(input.device)
    /// The mean drop over the windows that are known.
    func maps(_ known: Int) throws -> [SaliencyMap] {
      var places = [Int](repeating: known, count: count)
      for (i, (row, column)) in order.prefix(known).enumerated() {
        places[row * columns.starts.count + column] = i
      }
      let blank = try own * 0
      let shape = [values.count, rows.starts.count, columns.starts.count]
      let drops = try Tensor.concatenated(
        [own - Tensor.concatenated(found, axis: 1), blank], axis: 1
      ).gather(axis: 1, places).reshaped(shape)
      let isKnown = try Tensor(
        places.map { Float($0 < known ? 1 : 0) }, shape: Array(shape.dropFirst())
      )
      .on(input.device)
      let back = try down.permuted([1, 0])
      let coverage = try back.matrixProduct(isKnown).matrixProduct(across)
        .clamped(to: 1...Float(count))
      return try values.indices.map { i in
        let sum = try back.matrixProduct(drops.select(axis: 0, index: i)).matrixProduct(across)
        let mean = try (sum / coverage).reshaped(features.shape)
        return SaliencyMap(
          values: mean, atLayer: mean, rectification: .none, over: features,
          measurements: [.samples: Float(known)])
      }
    }
    try runner.run(0..<count) { range in
      let tops = try down.gather(axis: 0, range.map { order[$0].0 })
      let lefts = try across.gather(axis: 0, range.map { order[$0].1 })
      let windows = try tops.withAxis(at: 2).batchMatrixProduct(lefts.withAxis(at: 1))
      return try input
        + change * features.spread(windows.reshaped([range.count] + features.shape))
    } consume: { _, scores in
      found.append(scores)
    } soFar: {
      try maps($0)
    }
    return try runner.explanation(maps(count))
  }

  /// The windows along each axis; features in one row are a plane of one column.
  private func windows(
    over features: Features
  ) throws(SettingError) -> (rows: Windows, columns: Windows) {
    let one = try Windows(along: 1, window: 1, stride: 1)
    switch features.arrangement {
    case .plane:
      return (
        try Windows(along: features.shape[0], window: window, stride: stride),
        try Windows(along: features.shape[1], window: window, stride: stride)
      )
    case .sequence:
      return (try Windows(along: features.count, window: window ?? 1, stride: stride ?? 1), one)
    case .set: return (try Windows(along: features.count, window: 1, stride: 1), one)
    }
  }

  /// The windows along one axis.
  private struct Windows {
    let length: Int
    let side: Int
    let starts: [Int]

    init(along length: Int, window: Int?, stride: Int?) throws(SettingError) {
      self.length = length
      side = Occlusion.side(along: length, window)
      let step = Occlusion.step(ofSide: side, stride)
      // Pixels between two windows would have no value.
      guard step >= 1, step <= side else {
        throw .value(
          String(step), of: "stride", expected: "at most the window's side, here \(side)")
      }
      starts = (0...((length - side + step - 1) / step)).map { $0 * step }
    }

    /// Which pixels each window covers, `[windows, length]`.
    func cover(as input: Tensor) throws(TensorError) -> Tensor {
      let values = starts.flatMap { start in
        (0..<length).map { Float($0 >= start && $0 < start + side ? 1 : 0) }
      }
      return try Tensor(values, shape: [starts.count, length]).on(input.device)
    }
  }
}

extension Occlusion: MenuMethod {
  static let table: [MethodSetting<Occlusion>] =
    [
      .count(
        "window", \.window, 0...10_000,
        "the side of the window, in pixels; 0: a seventh of the picture's side"),
      .count("stride", \.stride, 0...10_000, "how far the window moves; 0: half its side"),
      .baseline("baseline", \.baseline, "what lies behind the window"),
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Occlusion on the menu.
  static let entry = ExplainerEntry(
    Occlusion(), named: "occlusion", title: "Occlusion",
    summary: "the drop in the score when a window hides a part of the picture",
    source: "Zeiler and Fergus 2014", defaultScore: .probability, asksOften: true)
}
