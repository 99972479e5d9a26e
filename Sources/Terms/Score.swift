/// The scalar of a network's output that an explainer explains.
///
/// With logits `y` of classes that exclude each other (``Head/choice``), `p = softmax(y)`, and for a set of classes C
/// the generalised logit is `z_C = log Σ_{c∈C} exp y_c`.
///
/// Of labels that are each there or not (``Head/labels(_:)``) `p_c = σ(y_c)`, and `z_C` is the log-odds of any of
/// them,
///
///     p_C = 1 − Π_{c∈C} (1 − p_c),   z_C = log p_C / (1 − p_C)
///
/// which is `y_c` for one label; of absences alone it is that of none of the labels, `−z`. Every contrast of a set
/// with its own opposite is `z_C`. An explainer sees scores only and knows nothing of questions.
public enum Score: Hashable, Sendable, Codable {
  /// `z_P`; for one class its logit.
  case logit(ClassSet)
  /// `p_P`; of a choice `Σ_{c∈P} p_c`.
  case probability(ClassSet)
  /// `z_P − z_Q`; of a choice `log p_P / p_Q`.
  case logOdds(ClassSet, against: ClassSet)
  /// `z_P − Σ_{s∈Q} α_s y_s` with `α = softmax` over Q held constant (Wang and Wang 2022); of labels
  /// `α_s = p_s / p_Q`.
  ///
  /// Its gradient is that of ``logOdds(_:against:)``; its value is not.
  case weightedContrast(ClassSet, against: ClassSet)
  /// `z_P − mean_{s∈Q} y_s`.
  case meanContrast(ClassSet, against: ClassSet)
  /// `z_P − γ · mean_{s∈Q} y_s` (Finer-CAM, Zhang et al. 2025); γ = 1 is the mean contrast, γ = 0 the
  /// logit.
  case finerContrast(ClassSet, against: ClassSet, strength: Float)
  /// `z_P − max_{s∈Q} y_s`.
  case maxContrast(ClassSet, against: ClassSet)
  /// `−log p_Q`, the cross-entropy of the output against Q (Prabhushankar et al. 2020).
  ///
  /// It depends on Q alone: of a choice its gradient is `−(1 − p_Q)` times that of the log-odds of Q against
  /// all other classes.
  case surprise(at: ClassSet)
  /// `y`, the output of a regression.
  case value
  /// `(y − q)²`, for a regression asked why it did not answer q.
  case squaredError(from: Float)
}
