/// What the axes of a value of rank 4 stand for.
enum AxisLayout: Hashable, Sendable {
  /// Each axis by its meaning, in the value's own order.
  case axes([Axis])
  /// Rows of numbers that look at each other, as heads and tokens inside an attention do.
  case attention

  enum Axis: Hashable, Sendable {
    case batch, channels, rows, columns
  }

  /// `[N, K, h, w]`, as convolutions take and give it.
  static let maps = AxisLayout.axes([.batch, .channels, .rows, .columns])
  /// `[N, h, w, K]`, as linear layers take it.
  static let channelsLast = AxisLayout.axes([.batch, .rows, .columns, .channels])

  /// The layout of the same value with its axes in another order.
  func permuted(_ order: [Int]) -> AxisLayout {
    guard case .axes(let axes) = self else { return self }
    return .axes(order.map { axes[$0] })
  }

  /// What an axis stands for; `nil` inside an attention.
  func meaning(of axis: Int) -> Axis? {
    guard case .axes(let axes) = self else { return nil }
    let place = axis < 0 ? axis + 4 : axis
    return axes.indices.contains(place) ? axes[place] : nil
  }
}
