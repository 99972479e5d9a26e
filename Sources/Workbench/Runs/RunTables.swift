internal import Contrast
internal import Evaluation
internal import Report
internal import Sessions

/// The tables of runs, in the words and numbers of `rather evaluate report`.
struct RunTables: Encodable, Sendable {
  struct Run: Encodable {
    let title: String
    /// What its numbers stand on, a sentence each.
    let standing: [String]
    let methods: [String]
  }

  struct Table: Encodable {
    let title: String
    let meaning: String
    /// Pairs that it leaves out.
    let omissions: String?
    let rows: [String]
    let columns: [Column]
    let cells: [[Cell?]]
  }

  struct Column: Encodable {
    let run: String
    let name: String
    /// `lower`, `higher`, or nothing: which way is better.
    let better: String?
  }

  struct Cell: Encodable {
    let value: Double
    let mean: String
    let interval: String
    let difference: String
    let best: Bool
    let pictures: Int
  }

  let runs: [Run]
  let tables: [Table]
  let notes: [String]
  let command: String

  init(_ answer: ReportEvaluation.Answer, of request: ReportEvaluation) {
    let tabled = answer.sources.map(\.tabled)
    let wording = EvaluationWording(tabled)
    runs = tabled.map {
      Run(title: $0.title, standing: wording.standing(of: $0), methods: $0.methods.map(\.title))
    }
    tables = answer.tables.enumerated().map { number, table in
      Table(
        title: wording.title(of: table, at: number), meaning: wording.meaning(of: table),
        omissions: wording.omissions(of: table), rows: table.rows.map(\.title),
        columns: table.columns.map { column in
          let head = wording.head(of: column)
          return Column(
            run: head.run, name: head.column,
            better: column.measure.direction.map { $0 == .lower ? "lower" : "higher" })
        }, cells: Self.cells(of: table, wording))
    }
    notes = EvaluationWording.notes(seed: request.seed, replicates: request.replicates)
    command = CommandText.joined(["rather", "evaluate", "report"] + request.runs)
  }

  private static func cells(of table: EvaluationTable, _ wording: EvaluationWording) -> [[Cell?]] {
    zip(table.cells, wording.cells(of: table)).map { cells, words in
      zip(cells, words).map { cell, words in
        guard let cell, let words else { return nil }
        return Cell(
          value: cell.mean.value, mean: words.mean, interval: words.interval,
          difference: words.difference, best: words.isBest, pictures: cell.pictureCount)
      }
    }
  }
}
