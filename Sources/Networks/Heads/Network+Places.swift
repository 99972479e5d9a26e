public import Tensors
public import Terms

extension Network {
  /// The rows and columns of the places that have numbers of their own, for an input; `nil` where the output is one row.
  ///
  /// - Parameter output: What the program gives for one picture.
  public func grid(of output: Tensor) -> (rows: Int, columns: Int)? {
    guard isOfPlaces, output.rank == 4 else { return nil }
    return (output.shape[2], output.shape[3])
  }

  /// 1 for each place that is of one of some classes, 0 elsewhere: where one is the likeliest, or where the label's
  /// probability is above the threshold.
  ///
  /// - Parameter output: What the program gives for one picture.
  public func places(of classes: ClassSet, in output: Tensor) throws -> [Float] {
    try reading.places(of: classes, in: output, threshold: card.threshold ?? Card.defaultThreshold)
  }

  /// The same network, asked about some places of a picture: its logits are their weighted mean,
  ///
  ///     y_c = Σ_p w_p y_c,p / Σ_p w_p
  ///
  /// - Parameter weights: How much each place counts, 0 or more, row by row.
  /// - Throws: ``NetworkError/noPlace`` where all are 0.
  public func weighing(places weights: [Float]) throws -> Network {
    let sum = weights.reduce(0) { $0 + Double($1) }
    guard sum > 0, sum.isFinite else { throw NetworkError.noPlace }
    var reading = reading
    reading.places = try Tensor(weights.map { Float(Double($0) / sum) }, shape: [weights.count])
    return Network(self, reading: reading)
  }
}
