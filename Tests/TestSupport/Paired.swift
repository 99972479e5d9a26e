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

/// Each element with the next, of two at least.
public func neighbours<Element>(
  _ values: [Element], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Zip2Sequence<[Element], ArraySlice<Element>> {
  try #require(
    values.count > 1, "\(values.count) elements have no neighbours", sourceLocation: sourceLocation)
  return zip(values, values.dropFirst())
}
