/// How what the axes of one value stand for carries over to what an operator makes of that value alone.
struct LayoutStep {
  private let from: [Int?]
  private let to: [Int?]

  /// - Parameters:
  ///   - from: The shape of what is read.
  ///   - to: The shape of the result.
  init(from: [Int?], to: [Int?]) {
    self.from = from
    self.to = to
  }

  /// The result's layout; `nil` where nothing says what its axes are.
  func layout(of layout: AxisLayout, by rule: LayoutRule) -> AxisLayout? {
    switch rule {
    case .permutation(let order): layout.permuted(order)
    case .view: layout.viewed(from: from, as: to)
    case .linear: linear(layout)
    case .patches(let grid): patches(layout, grid)
    case .convolution1d:
      to.count == 3 && from[2] == to[2] ? layout.replacing(1, with: .channels(to[1])) : nil
    case .stacking(let axis): stacked(layout, axis)
    case .reduction(let axes): reduced(layout, axes)
    case .selection(let axis, _): selected(layout, axis)
    case .part(let axis, let start, let end, let step):
      part(of: layout, axis, start: start, end: end, step: step)
    case .roll(let shifts): rolled(layout, shifts)
    case .padding: changed(layout) { $0.resized(to: $1) }
    case .expansion: changed(layout) { _, _ in .unknown }
    default: nil
    }
  }

  /// Each axis whose length changes, changed.
  private func changed(
    _ layout: AxisLayout, _ change: (LayoutAxis, _ length: Int?) -> LayoutAxis
  ) -> AxisLayout? {
    guard from.count == to.count else { return nil }
    return AxisLayout(
      axes: layout.axes.indices.map { axis in
        from[axis] == to[axis] ? layout.axes[axis] : change(layout.axes[axis], to[axis])
      })
  }

  private func linear(_ layout: AxisLayout) -> AxisLayout? {
    guard let last = layout.axes.last else { return nil }
    // Places beside channels become channels, as where patches are merged. Weights that mix places alone leave none;
    // what they give is told by what it is added to.
    return layout.replacing(
      layout.axes.count - 1,
      with: last.holdsChannels ? .channels(to.last.flatMap(\.self)) : .unknown)
  }

  /// Windows of maps, one after another, with the numbers of each for channels.
  private func patches(_ layout: AxisLayout, _ grid: [Int]) -> AxisLayout? {
    guard to.count == 3, to[2] == grid[0] * grid[1] else { return nil }
    return AxisLayout(axes: [
      layout.axes[0], .channels(to[1]),
      .factors([AxisFactor(.rows, grid[0]), AxisFactor(.columns, grid[1])]),
    ])
  }

  private func stacked(_ layout: AxisLayout, _ axis: Int) -> AxisLayout? {
    let place = axis < 0 ? axis + to.count : axis
    guard (0...layout.axes.count).contains(place) else { return nil }
    var stacked = layout
    stacked.axes.insert(.unknown, at: place)
    return stacked
  }

  private func reduced(_ layout: AxisLayout, _ axes: [Int]) -> AxisLayout? {
    let places = Set(axes.compactMap(layout.place))
    if to.count == from.count {
      return AxisLayout(
        axes: layout.axes.indices.map { places.contains($0) ? .one : layout.axes[$0] })
    }
    return AxisLayout(
      axes: layout.axes.indices.filter { !places.contains($0) }.map { layout.axes[$0] })
  }

  private func selected(_ layout: AxisLayout, _ axis: Int) -> AxisLayout? {
    guard let place = layout.place(axis) else { return nil }
    var selected = layout
    selected.axes.remove(at: place)
    return selected
  }

  /// The layout of some entries of an axis.
  func part(
    of layout: AxisLayout, _ axis: Int, start: Int, end: Int?, step: Int
  ) -> AxisLayout? {
    guard let place = layout.place(axis) else { return nil }
    let whole = layout.axes[place]
    if from[place] == to[place], step == 1 { return layout }
    return layout.replacing(
      place, with: whole.part(start, end, step, of: from[place], to: to[place]))
  }

  private func rolled(_ layout: AxisLayout, _ shifts: [(axis: Int, by: Int)]) -> AxisLayout? {
    shifts.reduce(layout) { layout, shift in
      guard let layout, let place = layout.place(shift.axis) else { return nil }
      return layout.replacing(place, with: layout.axes[place].rolled(by: shift.by))
    }
  }
}

extension LayoutAxis {
  /// The one factor of an axis that counts all rows, or all columns, in their order.
  private var line: AxisFactor? {
    guard case .factors(let factors, 0, 0) = self, factors.count == 1, factors[0].meaning.isPlace,
      factors[0].step == 1
    else { return nil }
    return factors[0]
  }

  /// The same axis of another length, as padding makes it.
  fileprivate func resized(to length: Int?) -> LayoutAxis {
    if isOfChannels { return .channels(length) }
    guard var line, line.shift == 0 else { return .unknown }
    (line.length, line.whole) = (length, length)
    return .factors([line])
  }

  fileprivate func rolled(by shift: Int) -> LayoutAxis {
    if isOfChannels { return self }
    guard var line, let length = line.length, length > 0 else { return .unknown }
    line.shift = (line.shift + shift) % length
    if line.shift < 0 { line.shift += length }
    return .factors([line])
  }

  /// Some entries of the axis.
  fileprivate func part(
    _ start: Int, _ end: Int?, _ step: Int, of length: Int?, to newLength: Int?
  ) -> LayoutAxis {
    if isOfChannels { return .channels(newLength) }
    guard let length else { return .unknown }
    let first = start < 0 ? max(start + length, 0) : start
    let last = min(end.map { $0 < 0 ? $0 + length : $0 } ?? length, length)
    if var line, line.shift == 0, let newLength {
      // Every second row, as where patches are merged, or padding taken away again.
      let isWhole =
        step > 1 ? first < step && last + step > length : first == 0 && 2 * last > length
      (line.length, line.whole) = (newLength, newLength)
      return isWhole ? .factors([line]) : .unknown
    }
    guard case .factors(let factors, let before, let after) = self, isOfPlaces, step == 1,
      first <= before, last >= length - after
    else { return .unknown }
    return .factors(factors, before: before - first, after: last - (length - after))
  }
}
