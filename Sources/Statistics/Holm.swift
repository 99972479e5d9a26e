/// Holm's correction of p-values for making several comparisons.
public enum Holm {
  /// Adjusted p-values: that one of true null hypotheses has a value of α or less is no likelier than α.
  ///
  ///     p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1) p₍ⱼ₎)      p₍₁₎ ≤ … ≤ p₍ₘ₎
  ///
  /// The step-down procedure of [Holm 1979], which holds however the tests depend on each other.
  ///
  /// - Parameter pValues: Of all comparisons of one family, in any order. NaN, a comparison without a
  ///   p-value, counts among them and stays what it is.
  /// - Returns: In the same order, each at least what it was.
  ///
  /// [Holm 1979]: https://www.jstor.org/stable/4615733
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    let rising = pValues.indices.filter { !pValues[$0].isNaN }
      .sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, place) in rising.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - rank) * pValues[place]))
      adjusted[place] = largest
    }
    return adjusted
  }
}
