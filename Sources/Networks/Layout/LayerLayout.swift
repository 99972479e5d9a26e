/// How a layer's output lies over the features of an input: where its rows of channels are.
public enum LayerLayout: Hashable, Sendable {
  /// `[N, K, h, w]`: a stack of maps, channels first.
  case maps
  /// `[N, h, w, K]`: maps with a row of channels for each place.
  case channelsLast
  /// `[N, r + n, K]`: a row of channels for each of n places or tokens, and r that belong to none, such as a
  /// class token. `grid` is h and w where n = h · w places of a picture, and else empty.
  case rows(grid: [Int], others: Int)
  /// Maps whose axes lie in yet another order, as where places are cut into windows. `grid` is h and w.
  case windows(grid: [Int])
  /// `[N, K]`: one row of channels, behind all places.
  case row
}

extension MapFinder {
  /// How a value lies over the features; `nil` where nothing says so.
  func layout(of slot: Int) -> LayerLayout? {
    guard program.isFloating(slot), program.isOfWholePictures(slot), ofPicture.contains(slot),
      let shape = program.shape(of: slot)
    else { return nil }
    if shape.count == 2 { return .row }
    if program.inputShape.count == 3 {
      // What lies in the axis of the tokens, in the order of the axes.
      return shape.count == 3 && shape[1] == program.inputShape[1]
        ? .rows(grid: [], others: 0) : nil
    }
    guard !insideAttention.contains(slot), let arrangement = arrangement(of: slot) else {
      return nil
    }
    return LayerLayout(arrangement)
  }
}

extension LayerLayout {
  fileprivate init?(_ arrangement: MapArrangement) {
    let grid = arrangement.grid.compactMap(\.self)
    guard grid != [1, 1] else { return nil }
    // Of one picture, the axis of pictures counts nothing.
    let order = arrangement.order.filter { $0 != .batch }
    switch (arrangement.rank, order) {
    case _ where arrangement.isOfMaps: self = .maps
    case (4, [.rows, .columns, .channels]): self = .channelsLast
    case (3, [.rows, .columns, .channels]):
      self = .rows(grid: grid, others: arrangement.others)
    default: self = .windows(grid: grid)
    }
  }
}
