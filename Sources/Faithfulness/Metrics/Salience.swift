/// The salient pixels of a map: the first n_δ of its order.
public struct Salience: Hashable, Sendable {
  /// The order of all pixels.
  public let order: FeatureOrder
  /// n_δ. A map that is nowhere above zero shows nothing and has none.
  public let count: Int

  /// Counts salient pixels of a map `H`:
  ///
  ///     n_δ = #{x : H(x) ≥ δ · max H}                             (section 5.1)
  ///     n_δ = #{x : H⁺(x) > min H⁺ + δ (max H⁺ − min H⁺)}         (published)
  ///
  /// with `H⁺ = max(0, H) / max H` as CWOX's example normalises. Departs from both where `max H ≤ 0`:
  /// the first would count every pixel of an empty map, the order of which means nothing.
  ///
  /// - Parameter values: The map in row-major order.
  /// - Throws: ``FaithfulnessError/notFinite``.
  public init(
    of values: [Float], _ settings: MetricSettings = MetricSettings()
  ) throws(FaithfulnessError) {
    order = try FeatureOrder(of: values)
    let largest = Double(values.max() ?? 0)
    guard largest > 0 else {
      count = 0
      return
    }
    switch settings.arithmetic {
    case .equations: count = values.count { Double($0) >= settings.salience * largest }
    case .published:
      let normalised = values.map { max(0, Double($0)) / largest }
      let least = normalised.min() ?? 0
      let threshold = least + (1 - least) * settings.salience
      count = normalised.count { $0 > threshold }
    }
  }

  /// After how many deleted pixels the curve to n_δ is looked at.
  ///
  /// - Parameter compared: The most pixels that the map is compared with others on; beyond them only the
  ///   end of the curve is measured, and steps are eight times as long.
  func counts(_ settings: MetricSettings, compared: Int? = nil) -> [Int] {
    let step = max(1, min(settings.step, order.places.count))
    switch settings.arithmetic {
    case .equations:
      // Whole steps, so that whatever else is compared the points to there are the same.
      let close = compared.map { min(count, ($0 + step - 1) / step * step) } ?? count
      return Array(stride(from: 0, to: close, by: step))
        + Array(stride(from: close, to: count, by: 8 * step)) + [count]
    // One point a step, the first before any; the code stops before it asks for the last.
    case .published: return Array(stride(from: 0, to: max(count, 1), by: step))
    }
  }
}
