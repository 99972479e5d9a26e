public import Terms

extension Prediction {
  /// The classes whose logits are nearest to a fact's highest, the nearest first.
  ///
  /// - Parameter count: How many at most; there may be fewer others.
  /// - Returns: `nil` where there is no other class, or no such fact.
  public func nearestRivals(of fact: ClassSet, count: Int) -> ClassSet? {
    let own = classes.filter { fact.indices.contains($0.index) }.map(\.logit)
    guard let top = own.max() else { return nil }
    let others = classes.filter { !fact.indices.contains($0.index) }
    let near = others.sorted { abs($0.logit - top) < abs($1.logit - top) }
    return ClassSet(near.prefix(count).map(\.index))
  }

  /// The logits of all classes, by index.
  public var logits: [Float] {
    classes.sorted { $0.index < $1.index }.map(\.logit)
  }
}
