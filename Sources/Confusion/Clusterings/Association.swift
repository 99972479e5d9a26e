internal import Foundation

/// How much two classes that are named together belong together; 0 or more, and 0 for those that
/// never are.
///
/// With N documents, `n_i` of them with class i and `n_ij` with both, `p = n/N`:
public enum Association: String, Hashable, Codable, Sendable, CaseIterable {
  /// `n_ij`: how often they are together.
  case count
  /// `max(0, ln(p_ij / (p_i p_j)) / −ln p_ij)`: pointwise mutual information, normalised to at most 1
  /// (Bouma 2009), and positive.
  case pmi
  /// `n_ij / (n_i + n_j − n_ij)`: how many of the documents with either have both.
  case jaccard

  func value(_ first: Int, _ second: Int, together: Int, of documents: Int) -> Double {
    guard together > 0 else { return 0 }
    let (both, total) = (Double(together), Double(documents))
    switch self {
    case .count: return both
    case .jaccard: return both / Double(first + second - together)
    case .pmi:
      if together == documents { return 1 }
      let ratio = both * total / (Double(first) * Double(second))
      return max(0, log(ratio) / -log(both / total))
    }
  }
}
