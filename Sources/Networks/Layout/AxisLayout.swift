/// What the axes of a value stand for, in the value's own order.
struct AxisLayout: Hashable, Sendable {
  var axes: [LayoutAxis]

  /// `[N, K, h, w]` of some shape, as convolutions take and give it.
  ///
  /// - Parameter batch: What the first axis counts; the pictures where nothing is said.
  static func maps(_ shape: [Int?], batch: LayoutAxis? = nil) -> AxisLayout {
    AxisLayout(axes: [
      batch ?? .factors([AxisFactor(.batch, shape[0])]), .channels(shape[1]),
      .factors([AxisFactor(.rows, shape[2])]),
      .factors([AxisFactor(.columns, shape[3])]),
    ])
  }

  /// The layout of the same value with its axes in another order.
  func permuted(_ order: [Int]) -> AxisLayout? {
    guard order.allSatisfy(axes.indices.contains) else { return nil }
    return AxisLayout(axes: order.map { axes[$0] })
  }

  /// The same with another axis in place of one.
  func replacing(_ axis: Int, with new: LayoutAxis) -> AxisLayout {
    var changed = self
    changed.axes[axis] = new
    return changed
  }

  /// The axis of a place, counted from the end where it is negative.
  func place(_ axis: Int) -> Int? {
    let place = axis < 0 ? axis + axes.count : axis
    return axes.indices.contains(place) ? place : nil
  }

  /// The layout of the same numbers under another shape, in row-major order; `nil` where the axes do not come apart.
  ///
  /// Lengths are matched from the right. A length that follows the input takes what is left up to the factor that
  /// does so, too.
  ///
  /// - Parameters:
  ///   - own: The shape that the value has.
  ///   - shape: The shape that it gets.
  func viewed(from own: [Int?], as shape: [Int?]) -> AxisLayout? {
    var pieces: [Piece] = []
    for (axis, length) in zip(axes, own) where length != 1 { pieces += axis.pieces(length) }
    // Of two free lengths nothing says which is which.
    guard pieces.count(where: { $0.length == nil }) <= 1 || own == shape else { return nil }
    if own == shape { return self }
    var viewed: [LayoutAxis] = []
    for length in shape.reversed() {
      guard let taken = Self.take(length, from: &pieces) else { return nil }
      viewed.insert(LayoutAxis(joining: taken), at: 0)
    }
    return pieces.isEmpty ? AxisLayout(axes: viewed) : nil
  }

  /// Takes pieces of some length off the end.
  private static func take(_ length: Int?, from pieces: inout [Piece]) -> [Piece]? {
    var taken: [Piece] = []
    guard var left = length else {
      while let piece = pieces.popLast() {
        taken.insert(piece, at: 0)
        if piece.length == nil { return taken }
      }
      return nil
    }
    while left > 1 {
      guard let piece = pieces.popLast(), let length = piece.length else { return nil }
      if left.isMultiple(of: length) {
        taken.insert(piece, at: 0)
        left /= length
      } else if case .factor(let factor) = piece, length.isMultiple(of: left) {
        let (outer, inner) = factor.cut(inner: left)
        pieces.append(.factor(outer))
        taken.insert(.factor(inner), at: 0)
        left = 1
      } else {
        return nil
      }
    }
    return taken
  }
}

/// What a view moves as a whole.
private enum Piece {
  case factor(AxisFactor)
  /// An axis that cannot be cut.
  case axis(LayoutAxis, length: Int?)

  var length: Int? {
    switch self {
    case .factor(let factor): factor.length
    case .axis(_, let length): length
    }
  }
}

extension LayoutAxis {
  fileprivate func pieces(_ length: Int?) -> [Piece] {
    if case .factors(let factors, 0, 0) = self, !factors.isEmpty {
      return factors.map(Piece.factor)
    }
    return [.axis(self, length: length)]
  }

  fileprivate init(joining pieces: [Piece]) {
    if pieces.count == 1, case .axis(let axis, _) = pieces[0] {
      self = axis
      return
    }
    var factors: [AxisFactor] = []
    for piece in pieces {
      guard case .factor(let factor) = piece else {
        self = .unknown
        return
      }
      if let joined = factors.last?.joined(factor) {
        factors[factors.count - 1] = joined
      } else {
        factors.append(factor)
      }
    }
    self = .factors(factors)
  }
}
