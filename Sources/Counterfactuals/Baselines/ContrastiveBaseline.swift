/// A method to set beside contrastive examples, as Feghahati (2020, section 3.2.1) does.
///
/// LIME, Grad-CAM and LRP answer by weighted subtractions of their maps. Prediction difference analysis needs none:
/// its weight of evidence is a difference of log-odds, `log odds(P | x) − log odds(P | x∖ᵢ)`, with all
/// that is not P as what P is set against; with Q in its place it answers the question itself, in one
/// map that depends on both. So it explains the score `log p_Q / p_P`. The probability of P would not
/// depend on Q, and of a sure network it has nothing to tell: near 1 only the Laplace correction moves.
///
/// Maps are `[H, W]`, and in all of them what leads to Q is positive and what leads to P negative.
public enum ContrastiveBaseline: String, Hashable, Sendable, Codable, CaseIterable {
  case lime
  case gradCAM = "grad-cam"
  case lrp
  case pda

  /// What it is called in commands; the explainer's name.
  public var name: String { rawValue }

  /// What people call it.
  public var title: String {
    switch self {
    case .lime: "LIME"
    case .gradCAM: "Grad-CAM"
    case .lrp: "LRP"
    case .pda: "PDA"
    }
  }

  /// What its map means, in one sentence.
  public var note: String {
    switch self {
    case .lime, .gradCAM, .lrp:
      "the mean of w·(map of Q) − (map of P) over the weights w that, added to the picture, make P "
        + "less likely and Q likelier; red is added, blue taken away"
    case .pda:
      "what log p_Q/p_P loses when a window is drawn anew from its surround; red pixels, as they are, "
        + "speak for Q, blue ones for P"
    }
  }

  /// The settings of the explainer for pictures of a size, in its own words; the menu's for photos.
  ///
  /// Superpixels of small drawings follow the strokes, and hidden by their own mean colour they hide
  /// little: of digits 28 pixels wide, 49 segments hide 4 % of the ink by quickshift, 30 % by SLIC
  /// and 82 % as a grid, whose cells hold both ink and ground. So below 64 pixels a side LIME takes a
  /// grid of about 4 × 4 pixels, and PDA windows of 4 × 4, 2 apart.
  public func settings(height: Int, width: Int) -> String {
    guard min(height, width) < 64 else { return "" }
    return switch self {
    case .lime: "segmentation=grid,segments=\(max(1, height * width / 16))"
    case .pda: "window=4,stride=2"
    case .gradCAM, .lrp: ""
    }
  }
}
