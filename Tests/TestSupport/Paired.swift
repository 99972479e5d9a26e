public import Testing

/// Pairs of elements at the same places, of which there must be as many in both, and at least one: a
/// loop over fewer would compare less than it says, or nothing.
public func paired<First: Collection, Second: Collection>(
  _ first: First, _ second: Second, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Zip2Sequence<First, Second> {
  try #require(
    first.count == second.count && !first.isEmpty,
    "\(first.count) elements are compared with \(second.count)", sourceLocation: sourceLocation)
  return zip(first, second)
}
