internal import Networks
internal import Tensors
internal import Terms

/// Deconvolution: signals walk down to the input as the gradient does, but past rectifiers by their
/// own sign alone.
///
///     R_in = max(0, R_out)  at a rectifier;  R_in = Jᵀ R_out  elsewhere;  R_out = ∂s/∂y  at first
///
/// [Zeiler and Fergus 2014], section 2.1, as [Simonyan et al. 2014] relate it to the gradient: a
/// convolution is passed by its transpose, max pooling by its switches. Departs from the paper in
/// that it starts at the score instead of at one feature, passes linear layers by their transpose
/// too, and takes the same activations for rectifiers as ``GuidedBackpropagation``.
///
/// - Shapes: the attribution is `[C, H, W]`.
/// - Range: signed, in units of the score per unit of the input; it can grow by orders of magnitude
///   on the way, as no rectifier stops it.
/// - Randomness: none.
/// - Complexity: one forward pass, and one walk with a row for each score.
///
/// [Zeiler and Fergus 2014]: https://arxiv.org/abs/1311.2901
/// [Simonyan et al. 2014]: https://arxiv.org/abs/1312.6034
public struct Deconvolution: Explainer {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.walked(by: .rectifiers(DeconvolvedRectifier()))
  }
}

extension Deconvolution {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Deconvolution on the menu.
  static let entry = ExplainerEntry(
    name: "deconvolution", title: "Deconvolution",
    summary: "what a pass back through the transposed layers brings to the input",
    source: "Zeiler and Fergus 2014"
  ) { _, _ in Deconvolution() }
}
