/// The families of scores by the names that people choose them by; see ``Score``.
public enum ScoreKind: String, Sendable, Codable, CaseIterable {
  case logit
  case probability
  case logOdds = "log-odds"
  case weighted
  case mean
  case max
  /// The logit less a part of the mean logit of the foil: Finer-CAM.
  case finer
  case surprise
  case value
  case squaredError = "squared-error"

  /// Whether it can be asked of similarities, which are no probabilities.
  var isOfSimilarities: Bool { [.logit, .mean, .max, .finer].contains(self) }
}

/// How a question with a foil is answered.
public enum Contrast: String, Sendable, Codable, CaseIterable {
  /// By one map, of a score that holds fact and foil.
  case inside
  /// By two maps, of the fact and of the foil as one compound class: `ReLU[H_P − H_Q]`.
  case outside
  /// The same of maps before any ReLU of their own, so that what speaks against the foil speaks for the fact; equal to
  /// ``outside`` for methods whose maps are signed.
  case outsideRaw = "outside-raw"
  /// By a map for each part of the foil: `ReLU[n·H_P − Σ H_q]` over the n parts.
  case pairwise
  /// The same of maps before any ReLU of their own, as CWOX's published code takes them.
  case pairwiseRaw = "pairwise-raw"
  /// By two maps, of the fact where the foil has little: `H_P ⊙ (1 − norm H_Q)` (SCOUT, Wang and
  /// Vasconcelos 2020).
  case inverse

  /// Whether maps are subtracted from each other.
  public var isDifference: Bool { self != .inside && self != .inverse }

  /// Whether each part of the foil has a map of its own.
  public var isByParts: Bool { self == .pairwise || self == .pairwiseRaw }

  /// Whether maps are taken before any ReLU of their own.
  public var isRaw: Bool { self == .outsideRaw || self == .pairwiseRaw }
}
