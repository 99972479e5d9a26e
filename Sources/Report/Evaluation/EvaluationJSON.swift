internal import Contrast
package import Evaluation
internal import Statistics

/// Tables of runs for programs.
package struct EvaluationJSON: Encodable {
  let runs: [Run]
  let tables: [Table]
  let seed: UInt64
  let replicates: Int

  struct Run: Encodable {
    let title: String
    let folder: String
    let pictures: Int
    let unfinished: Int
    let unreadable: Int
    let withPairs: Int
    let pairs: Int
    let methods: [Method]
  }

  struct Method: Encodable {
    let explainer: String
    let scheme: String
    let maps: Int
    let emptyMaps: Int
  }

  struct Table: Encodable {
    let subject: String
    let scheme: String?
    let rows: [String]
    let columns: [Column]
    let cells: [[Cell?]]
  }

  struct Column: Encodable {
    let run: String
    let explainer: String?
    let measure: String
    let area: Double?
  }

  struct Cell: Encodable {
    let mean: Double
    let interval: [Double]?
    let pictures: Int
    let undefined: Int
    let best: Bool
    let difference: Difference?
  }

  struct Difference: Encodable {
    let mean: Double
    let interval: [Double]?
    let pictures: Int
    let wilcoxon: Double
    let holm: Double
  }

  /// Describes tables of runs.
  package init(
    _ sources: [EvaluationReport.Source], tables: [EvaluationTable], seed: UInt64, replicates: Int
  ) {
    runs = sources.map { Run($0.tabled, folder: $0.run.folder) }
    let titles = runs.map(\.title)
    self.tables = tables.map { table in
      Table(
        subject: table.subject.name, scheme: table.subject.scheme, rows: table.rows.map(\.name),
        columns: table.columns.map { column in
          Column(
            run: titles[column.run], explainer: column.explainer?.name,
            measure: column.measure.name, area: column.measure.area)
        }, cells: table.cells.map { $0.map { $0.map(Cell.init) } })
    }
    (self.seed, self.replicates) = (seed, replicates)
  }
}

extension EvaluationJSON.Run {
  fileprivate init(_ run: TabledRun, folder: String) {
    let counts = run.counts
    title = run.title
    self.folder = folder
    (pictures, unfinished, unreadable) = (counts.named, counts.unfinished, counts.unreadable)
    (withPairs, pairs) = (counts.withPairs, counts.pairs)
    methods = run.methods.enumerated().map { i, method in
      .init(
        explainer: method.explainer.name, scheme: method.scheme.rawValue, maps: counts.maps[i],
        emptyMaps: counts.emptyMaps[i])
    }
  }
}

extension EvaluationJSON.Cell {
  fileprivate init(_ cell: EvaluationCell) {
    mean = cell.mean.value
    interval = cell.mean.interval.map { [$0.low, $0.high] }
    (pictures, undefined, best) = (cell.pictureCount, cell.undefinedCount, cell.isBest)
    difference = cell.difference.map {
      .init(
        mean: $0.mean.value, interval: $0.mean.interval.map { [$0.low, $0.high] },
        pictures: $0.pictureCount, wilcoxon: $0.p, holm: $0.adjustedP)
    }
  }
}

extension EvaluationTable.Subject {
  fileprivate var name: String {
    switch self {
    case .cauc: "cauc"
    case .cdrop: "cdrop"
    case .explainers: "explainers"
    case .whole(let measure): measure.name
    }
  }

  fileprivate var scheme: String? {
    if case .explainers(let scheme) = self { scheme.rawValue } else { nil }
  }
}

extension EvaluationMeasure {
  fileprivate var name: String {
    switch self {
    case .salientCount: "n_delta"
    case .caucAmongSchemes: "cauc_among_schemes"
    case .caucAmongExplainers: "cauc_among_explainers"
    case .cdrop: "cdrop"
    case .deletion: "deletion"
    case .insertion: "insertion"
    case .logOdds: "log_odds"
    case .relativeProbability: "relative_probability"
    }
  }

  fileprivate var area: Double? {
    if case .relativeProbability(let area) = self { area } else { nil }
  }
}
