public import Terms

/// The features of an input in falling order of a map.
public struct FeatureOrder: Hashable, Sendable {
  /// Their places in row-major order.
  public let places: [Int32]

  init(places: [Int32]) { self.places = places }

  /// Sorts the features by a map's values, equal ones by place.
  ///
  /// - Throws: ``FaithfulnessError/notFinite``.
  public init(of values: [Float]) throws(FaithfulnessError) {
    guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    let sorted = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    places = sorted.map(Int32.init)
  }

  /// Features in random order.
  public init(random count: Int, using stream: inout RandomStream) {
    places = stream.permutation(of: count).map(Int32.init)
  }
}
