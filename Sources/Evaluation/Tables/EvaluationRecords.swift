internal import Contrast
internal import Faithfulness
package import Files
internal import Terms

/// The numbers of every map, a row each, for data frames and spreadsheets.
package enum EvaluationRecords {
  /// A table of one row for each run, picture, pair and method; runs are stacked.
  ///
  /// Columns: `run, picture, cluster, class, class_name, foils, foil_names, explainer, scheme,
  /// class_probability, foil_probability, n_delta, cauc_among_schemes, cauc_among_explainers, cauc_own,
  /// cdrop, deletion, insertion, log_odds`, and `relative_probability_A` for each area A of any run.
  /// `cauc_own` is over the map's own n_δ; beyond what maps are compared on its steps are eight times as
  /// long. Clusters are counted from 1, as pages do; several foils are separated by semicolons. What a map
  /// does not have is missing.
  ///
  /// - Throws: `TableError`, were two columns named alike.
  package static func table(of runs: [TabledRun]) throws -> Table {
    let rows = runs.flatMap { run in run.pairs.flatMap { Row.rows(of: $0, in: run) } }
    let areas = Set(runs.filter(\.hasWholeCurves).flatMap(\.settings.areas)).sorted()
    let number = { (name: String, value: (MapNumbers) -> Double?) in
      Table.Column(name, .numbers(rows.map { value($0.numbers) }))
    }
    var columns = described(rows)
    columns.append(.init("n_delta", .integers(rows.map(\.numbers.salientCount))))
    columns.append(number("cauc_among_schemes", \.caucAmongSchemes))
    columns.append(number("cauc_among_explainers", \.caucAmongExplainers))
    columns.append(number("cauc_own", \.ownCAUC))
    columns.append(number("cdrop", \.cdrop))
    columns.append(number("deletion", \.whole?.deletion))
    columns.append(number("insertion", \.whole?.insertion))
    columns.append(number("log_odds", \.whole?.logOdds))
    for area in areas {
      let measure = EvaluationMeasure.relativeProbability(without: area)
      let values = rows.map { measure.value(of: $0.numbers, $0.run.settings) }
      columns.append(.init("relative_probability_\(area)", .numbers(values)))
    }
    return try Table(columns)
  }

  /// What a row is of.
  private static func described(_ rows: [Row]) -> [Table.Column] {
    let text = { (name: String, value: (Row) -> String) in
      Table.Column(name, .text(rows.map(value)))
    }
    let pairs = rows.map(\.pair)
    return [
      text("run") { $0.run.title },
      text("picture") { $0.pair.pictureName },
      .init("cluster", .integers(pairs.map { $0.pair.cluster + 1 })),
      .init("class", .integers(pairs.map(\.pair.fact))),
      text("class_name") { $0.run.labels[$0.pair.pair.fact] },
      text("foils") { row in list(row.pair.pair.foil) { "\($0)" } },
      text("foil_names") { row in list(row.pair.pair.foil) { row.run.labels[$0] } },
      text("explainer") { $0.method.explainer.name },
      text("scheme") { $0.method.scheme.rawValue },
      .init("class_probability", .numbers(pairs.map(\.factProbability))),
      .init("foil_probability", .numbers(pairs.map(\.foilProbability))),
    ]
  }

  private static func list(_ classes: [Int], _ text: (Int) -> String) -> String {
    classes.map(text).joined(separator: "; ")
  }

  private struct Row {
    let run: TabledRun
    let pair: TabledPair
    let method: EvaluatedMethod
    let numbers: MapNumbers

    /// What was measured of a pair, in the order of the run's methods.
    static func rows(of pair: TabledPair, in run: TabledRun) -> [Row] {
      zip(run.methods, pair.numbers).compactMap { method, numbers in
        numbers.map { Row(run: run, pair: pair, method: method, numbers: $0) }
      }
    }
  }
}
