public import Contrast

/// Methods beside each other.
public struct EvaluationTable: Hashable, Sendable {
  /// What a table is about.
  public enum Subject: Hashable, Sendable {
    /// Schemes, by CAUC on the smallest n_δ of theirs: table 1 of Xie et al. 2023.
    case cauc
    /// Schemes, by CDROP: its table 2.
    case cdrop
    /// Explainers in one scheme: its table 3.
    case explainers(Scheme)
    /// Schemes, by another measure, in the same layout.
    case whole(EvaluationMeasure)
  }

  /// A scheme or an explainer.
  public struct Label: Hashable, Sendable {
    /// What commands call it.
    public let name: String
    /// What people call it.
    public let title: String
  }

  /// A column: a measure, of a run, and of an explainer where rows are schemes.
  public struct Column: Hashable, Sendable {
    /// The run's place among those of the report.
    public let run: Int
    /// The explainer; `nil` where rows are explainers.
    public let explainer: Label?
    /// What its numbers are.
    public let measure: EvaluationMeasure
  }

  /// What it is about.
  public let subject: Subject
  /// Schemes, or explainers.
  public let rows: [Label]
  /// Measures of runs, and of explainers where rows are schemes.
  public let columns: [Column]
  /// By row and column; `nil` where nothing was measured.
  public let cells: [[EvaluationCell?]]

  /// How many comparisons were tested.
  public var comparisonCount: Int { cells.joined().count { $0?.difference != nil } }
}
