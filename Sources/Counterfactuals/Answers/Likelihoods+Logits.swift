internal import Foundation
internal import Terms

extension Likelihoods {
  /// Reads log-likelihoods off the logits of one picture: `l_C = log Σ_{c∈C} exp y_c − log Σ_c exp y_c`.
  init(logits: [Float], fact: ClassSet, foil: ClassSet) {
    let values = logits.map(Double.init)
    let all = Self.logSumExp(values)
    func likelihood(_ set: ClassSet) -> Float {
      Float(Self.logSumExp(set.indices.map { values[$0] }) - all)
    }
    let asked = Set(fact.indices + foil.indices)
    let other = values.indices.filter { !asked.contains($0) }.max { values[$0] < values[$1] }
    self.init(
      fact: likelihood(fact), foil: likelihood(foil),
      other: other.map { Other(index: $0, logLikelihood: Float(values[$0] - all)) })
  }

  private static func logSumExp(_ values: [Double]) -> Double {
    let top = values.max() ?? 0
    return top + log(values.reduce(0) { $0 + exp($1 - top) })
  }
}
