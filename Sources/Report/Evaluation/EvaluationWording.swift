internal import Contrast
package import Evaluation
internal import Foundation
internal import Statistics

/// The words and numbers of tables, the same on a terminal and on a page.
package struct EvaluationWording: Sendable {
  /// A cell in words.
  package struct Cell: Hashable, Sendable {
    /// The mean: “7.54 × 10⁻³”.
    package let mean: String
    /// Its interval, in the same power of ten: “[7.31, 7.77]”; empty where there is none.
    package let interval: String
    /// What sets it apart from the first row, in the same power of ten, and its p-value:
    /// “−1.76 p 2e-11 *”; empty in the first row.
    package let difference: String
    /// Whether it is the best of its column.
    package let isBest: Bool
  }

  let runs: [TabledRun]

  /// Prepares words for tables of runs.
  package init(_ runs: [TabledRun]) { self.runs = runs }

  /// What heads a table: “Table 1. CAUC ↓”.
  ///
  /// - Parameter number: Its place in the report, from 0; what lies beyond the paper's tables is
  ///   lettered “4a”, “4b”, and so on.
  package func title(of table: EvaluationTable, at number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let name = number < 3 ? "\(number + 1)" : "4\(letters[min(number - 3, letters.count - 1)])"
    return "Table \(name). \(subject(of: table))"
  }

  private func subject(of table: EvaluationTable) -> String {
    switch table.subject {
    case .cauc: "Contrastive AUC, \(Self.name(.caucAmongSchemes))"
    case .cdrop: "Weighted drop in contrastive score, \(Self.name(.cdrop))"
    case .explainers(let scheme): "Base explainers in \(scheme.title)"
    case .whole(let measure): Self.longName(measure)
    }
  }

  /// The network, or what the run is called, and below it what the column holds.
  package func head(of column: EvaluationTable.Column) -> (run: String, column: String) {
    (runs[column.run].title, column.explainer?.title ?? Self.name(column.measure))
  }

  /// A table's cells in words; `nil` where nothing was measured.
  package func cells(of table: EvaluationTable) -> [[Cell?]] {
    let scales = Dictionary(
      Set(table.columns.map(\.measure)).map { measure in
        let places = table.columns.indices.filter { table.columns[$0].measure == measure }
        let means = table.cells.flatMap { row in places.compactMap { row[$0]?.mean.value } }
        return (measure, ScaledNumbers(of: means))
      }, uniquingKeysWith: { first, _ in first })
    return table.cells.map { row in
      zip(table.columns, row).map { column, cell in
        guard let cell, let scale = scales[column.measure] else { return nil }
        return Self.words(cell, scale)
      }
    }
  }

  private static func words(_ cell: EvaluationCell, _ scale: ScaledNumbers) -> Cell {
    let interval = cell.mean.interval.map { "[\(scale.short($0.low)), \(scale.short($0.high))]" }
    let difference = cell.difference.map {
      "\(scale.difference($0.mean.value)) p \(ScaledNumbers.p($0.p))"
        + ($0.adjustedP < 0.05 ? " *" : "")
    }
    return Cell(
      mean: scale.text(cell.mean.value), interval: interval ?? "", difference: difference ?? "",
      isBest: cell.isBest)
  }

  /// A measure's name with an arrow to where it is better: “CAUC ↓”.
  static func name(_ measure: EvaluationMeasure) -> String {
    let arrow = measure.direction.map { $0 == .lower ? " ↓" : " ↑" } ?? ""
    return switch measure {
    case .salientCount: "mean n_δ"
    case .caucAmongSchemes, .caucAmongExplainers: "CAUC" + arrow
    case .cdrop: "CDROP" + arrow
    case .deletion: "deletion" + arrow
    case .insertion: "insertion" + arrow
    case .logOdds: "log-odds" + arrow
    case .relativeProbability(let area): "p relative, \(percent(area)) gone" + arrow
    }
  }

  private static func longName(_ measure: EvaluationMeasure) -> String {
    switch measure {
    case .deletion: "Deletion AUC ↓"
    case .insertion: "Insertion AUC ↑"
    case .logOdds: "Mean log-odds while pixels are deleted ↓"
    case .relativeProbability(let area): "Relative probability, \(percent(area)) of pixels gone ↓"
    default: name(measure)
    }
  }

  static func percent(_ fraction: Double) -> String {
    let percent = String(format: "%.4g", fraction * 100)
    return "\(percent) %"
  }
}
