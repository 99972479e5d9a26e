public import Faithfulness

/// What all methods of a run made of one pair of one picture.
public struct MeasuredPair: Hashable, Sendable {
  /// The picture's name.
  public let picture: String
  /// The fact c and the foil C′.
  public let pair: EvaluatedPicture.Pair
  /// By place among the run's methods: the curves of the method's map; `nil` where they have not been
  /// measured yet.
  ///
  /// Logarithms of probabilities were recorded in 32 bits, which keeps about seven digits of each.
  public let curves: [MapCurves?]

  /// The number of pixels that some methods are compared on: the smallest n_δ of those that show
  /// anything.
  ///
  /// - Parameter methods: Their places among the run's methods.
  /// - Returns: `nil` where none does.
  public func commonCount(of methods: some Sequence<Int>) -> Int? {
    ContrastMetrics.commonCount(of: methods.compactMap { curves[$0]?.salientCount })
  }
}
