/// What an embedding is compared with: a picture, several of one kind, or a vector that somebody stored.
public struct Reference: Hashable, Sendable {
  /// What questions call it.
  public let name: String
  /// `r`, of length 1.
  public let vector: [Float]

  /// Makes one of vectors: the mean of them, each divided by its length, so that all count alike.
  ///
  ///     r ∝ Σ_i v_i / |v_i|
  ///
  /// - Throws: ``NetworkError/reference(_:reason:)`` where there is none, lengths differ, or what is left has no
  ///   direction or is no number.
  public init(_ name: String, mean vectors: [[Float]]) throws(NetworkError) {
    guard let first = vectors.first, !first.isEmpty else {
      throw .reference(name, reason: "there is no vector in it")
    }
    var sum = [Double](repeating: 0, count: first.count)
    for vector in vectors {
      guard vector.count == first.count else {
        throw .reference(
          name, reason: "its vectors have \(first.count) numbers and \(vector.count)")
      }
      let own = try Self.direction(vector.map(Double.init), name)
      for place in sum.indices { sum[place] += own[place] }
    }
    self.name = name
    vector = try Self.direction(sum, name).map { Float($0) }
  }

  private static func direction(_ vector: [Double], _ name: String) throws(NetworkError) -> [Double]
  {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // What is left of opposite vectors by rounding points nowhere.
    guard length.isFinite, length > 1e-12 else {
      throw .reference(
        name,
        reason: length.isFinite ? "its vectors have no direction" : "it holds what is no number")
    }
    return vector.map { $0 / length }
  }
}
