/// How the likeliest classes of an output are explained together (Xie et al. 2023).
///
/// With `C` the K = min(limit, Cum(mass)) likeliest classes, in clusters `C₁ … C_I`, and `H` an
/// explainer's maps:
public enum Scheme: String, Sendable, Codable, CaseIterable {
  /// Two stages: each cluster against the others, then each class against the rest of its cluster,
  /// where the cluster's evidence is.
  ///
  ///     Ĥ_Cᵢ = ReLU[H_Cᵢ − H_C∖Cᵢ]  if I > 1, else H_Cᵢ                                   (1)
  ///     Ĥ_c  = supp(Ĥ_Cᵢ, ε) ⊙ ReLU[H_c − H_Cᵢ∖c]  if c has company, else supp(Ĥ_Cᵢ, ε) ⊙ H_c   (2)
  case cwox2s = "cwox-2s"
  /// One stage, each class against all others: `ReLU[H_c − H_C∖c]`.
  case cwox1sA = "cwox-1sa"
  /// One stage, each class where all others have little: `H_c ⊙ (1 − norm H_C∖c)` (SCOUT).
  case cwox1sB = "cwox-1sb"
  /// Each class alone: `H_c`.
  case swox

  /// What people call it.
  public var title: String {
    switch self {
    case .cwox2s: "CWOX-2s"
    case .cwox1sA: "CWOX-1sA"
    case .cwox1sB: "CWOX-1sB"
    case .swox: "SWOX"
    }
  }

  /// Whether it sets clusters against each other first.
  public var hasTwoStages: Bool { self == .cwox2s }
}
