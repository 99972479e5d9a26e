internal import Networks
internal import Tensors
internal import Terms

/// An explainer whose maps are set to 0 where a place does not matter: `H − neutral`.
///
/// Maps of mean scores (RISE) are higher everywhere for a likelier class. Contrast outside then sees
/// little but that: `H_P − H_Q` is below 0 at every place where Q is much likelier. Less their neutral
/// values, what is left is where each class's evidence is. Maps that are 0 there already stay as
/// they are.
public struct Centred: Explainer {
  /// The explainer whose maps are moved.
  public let base: any Explainer

  /// Centres an explainer's maps.
  public init(_ base: any Explainer) { self.base = base }

  /// The base's maps less their neutral values.
  public func maps(for request: MapRequest) throws -> Explanation {
    try base.maps(for: request.offering { try $0.centred() }).changing { try $0.centred() }
  }
}

extension SaliencyMap {
  /// The map less its neutral value.
  func centred() throws(TensorError) -> SaliencyMap {
    guard neutral != 0 else { return self }
    return SaliencyMap(
      values: try values - neutral, atLayer: try atLayer - neutral, rectification: rectification,
      neutral: 0, features: features, attribution: attribution, support: support,
      measurements: measurements)
  }
}
