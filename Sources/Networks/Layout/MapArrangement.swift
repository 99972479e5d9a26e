internal import Tensors

/// How the values of a layer become stacks of maps over the picture, `[N, K, h, w]`.
///
/// Tokens that belong to no place are left out, the axes of places are put in the order of rows and columns whatever
/// windows they were cut into, and all axes of channels become one.
struct MapArrangement: Hashable, Sendable {
  /// The rows and columns of a map; `nil` where one follows the input.
  let grid: [Int?]
  /// Where the layer's channels lie, if in one axis of their own.
  let channelAxis: Int?
  private let axes: [LayoutAxis]

  /// - Returns: `nil` where the axes do not hold each place once, with channels and pictures beside.
  init?(_ layout: AxisLayout, shape: [Int?]) {
    let axes = layout.axes
    guard !axes.contains(.unknown) else { return nil }
    let factors = axes.flatMap(\.factors)
    // Pictures are counted by the first axis, alone, or there is one.
    guard axes.first?.factors.allSatisfy({ $0.meaning == .batch }) == true,
      axes.dropFirst().allSatisfy({ $0.factors.allSatisfy { $0.meaning != .batch } }),
      factors.contains(where: { $0.meaning == .channels }),
      factors.allSatisfy({ $0.shift == 0 }),
      let rows = Self.length(of: .rows, factors), let columns = Self.length(of: .columns, factors)
    else { return nil }
    self.axes = axes
    grid = [rows.length, columns.length]
    let ofChannels = axes.indices.filter { axes[$0].factors.contains { $0.meaning == .channels } }
    channelAxis =
      ofChannels.count == 1 && axes[ofChannels[0]].isOfChannels ? ofChannels[0] : nil
  }

  /// The length of all rows, or all columns, where each is there once, or each run of some.
  private static func length(
    of meaning: AxisFactor.Meaning, _ factors: [AxisFactor]
  ) -> (length: Int?, Void)? {
    let own = factors.filter { $0.meaning == meaning }.sorted { $0.step < $1.step }
    if own.count == 1, own[0].length == nil { return (nil, ()) }
    guard let first = own.first, let whole = first.whole else { return own.isEmpty ? (1, ()) : nil }
    // Rows that were pooled or made channels leave a coarser grid.
    var reach = first.step
    for factor in own {
      guard factor.step == reach, factor.whole == whole, let length = factor.length else {
        return nil
      }
      reach *= length
    }
    return reach == whole ? (reach / first.step, ()) : nil
  }

  /// How many axes the values have.
  var rank: Int { axes.count }

  /// How many tokens belong to no place.
  var others: Int { axes.reduce(0) { $0 + $1.others.before + $1.others.after } }

  /// The axes' meanings, one a factor, in order.
  var order: [AxisFactor.Meaning] { axes.flatMap { $0.factors.map(\.meaning) } }

  /// Whether the values are `[N, K, h, w]` as they stand.
  var isOfMaps: Bool {
    axes.count == 4 && axes[1].isOfChannels
      && zip(axes[2...], [AxisFactor.Meaning.rows, .columns]).allSatisfy { axis, meaning in
        axis.factors.allSatisfy { $0.meaning == meaning } && axis.factors.count <= 1
      }
  }

  /// Values of the layer's own shape, behind any leading axes, as `[…, N, K, h, w]`.
  func stacks(_ values: Tensor) throws(TensorError) -> Tensor {
    if isOfMaps { return values }
    let leading = Array(values.shape.dropLast(axes.count))
    var (values, lengths, found) = (values, leading, [(factor: AxisFactor, place: Int)]())
    for (index, axis) in axes.enumerated() {
      let place = leading.count + index
      let (before, after) = axis.others
      if before + after > 0 {
        values = try values.slice(axis: place, before..<values.shape[place] - after)
      }
      let whole = values.shape[place]
      let known = axis.factors.compactMap(\.length).reduce(1, *)
      if axis.factors.isEmpty { lengths.append(whole) }
      for factor in axis.factors {
        found.append((factor, lengths.count))
        lengths.append(factor.length ?? whole / max(known, 1))
      }
    }
    func places(_ meaning: AxisFactor.Meaning, bySteps: Bool = true) -> [Int] {
      let own = found.filter { $0.factor.meaning == meaning }
      return (bySteps ? own.sorted { $0.factor.step > $1.factor.step } : own).map(\.place)
    }
    let (channels, rows, columns) = (
      places(.channels, bySteps: false), places(.rows), places(.columns)
    )
    let taken = Set(channels + rows + columns)
    // What is left is the pictures', and axes of length 1.
    let rest = (leading.count..<lengths.count).filter { !taken.contains($0) }
    func length(_ places: [Int]) -> Int { places.reduce(1) { $0 * lengths[$1] } }
    return try values.reshaped(lengths)
      .permuted(Array(0..<leading.count) + rest + channels + rows + columns)
      .reshaped(leading + [length(rest), length(channels), length(rows), length(columns)])
  }
}
