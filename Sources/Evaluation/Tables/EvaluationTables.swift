internal import Contrast
internal import Faithfulness
internal import Statistics
public import Terms

/// Turns measured pairs into tables.
public struct EvaluationTables: Sendable {
  private let runs: [TabledRun]
  private let bootstrap: Bootstrap

  /// Prepares tables of runs, whose columns stand side by side.
  ///
  /// - Parameters:
  ///   - seed: What the intervals' resampling follows from.
  ///   - replicates: How often pictures are drawn anew.
  /// - Throws: `StatisticsError` where there is no replicate.
  public init(of runs: [TabledRun], seed: Seed, replicates: Int = 2000) throws {
    self.runs = runs
    bootstrap = try Bootstrap(replicateCount: replicates, seed: seed)
  }

  /// Tables 1 to 3 of Xie et al. 2023, and one for each measure of whole curves.
  ///
  /// A picture's value is the mean over its pairs; pictures are the units of intervals and tests.
  /// Schemes are compared with the first scheme, explainers with the first explainer.
  ///
  /// - Complexity: `replicates` sums over pictures for each cell, and again for its difference.
  public func tables(progress: ProgressHandler = { _ in }) throws -> [EvaluationTable] {
    let subjects = self.subjects
    return try subjects.enumerated().map { i, subject in
      let table = try table(subject)
      try progress(.init(completed: i + 1, total: subjects.count))
      return table
    }
  }

  private var subjects: [EvaluationTable.Subject] {
    var subjects: [EvaluationTable.Subject] = [.cauc, .cdrop]
    if let scheme = leadingScheme { subjects.append(.explainers(scheme)) }
    guard runs.contains(where: \.hasWholeCurves) else { return subjects }
    subjects += [.deletion, .insertion, .logOdds].map { .whole($0) }
    let areas = Set(runs.filter(\.hasWholeCurves).flatMap(\.settings.areas)).sorted()
    return subjects + areas.map { .whole(.relativeProbability(without: $0)) }
  }

  /// CWOX-2s, or the last scheme there is.
  private var leadingScheme: Scheme? { schemes.contains(.cwox2s) ? .cwox2s : schemes.last }

  /// The schemes of all runs, in order of first mention.
  private var schemes: [Scheme] {
    var seen: Set<Scheme> = []
    return runs.flatMap(\.schemes).filter { seen.insert($0).inserted }
  }

  /// The explainers of all runs, in order of first mention.
  private var explainers: [EvaluationTable.Label] {
    var seen: Set<String> = []
    return runs.flatMap(\.explainers).filter { seen.insert($0.name).inserted }.map(\.label)
  }

  private func table(_ subject: EvaluationTable.Subject) throws -> EvaluationTable {
    let rows: [EvaluationTable.Label]
    let columns: [EvaluationTable.Column]
    let cells: [[EvaluationCell?]]
    if case .explainers(let scheme) = subject {
      rows = explainers
      columns = runs.indices.flatMap { run in
        [.salientCount, .caucAmongExplainers, .cdrop].map {
          EvaluationTable.Column(run: run, explainer: nil, measure: $0)
        }
      }
      cells = try columns.map { column in
        try self.cells(
          of: rows.map { runs[column.run].place(explainer: $0.name, scheme: scheme) }, column)
      }
    } else {
      rows = schemes.map { .init(name: $0.rawValue, title: $0.title) }
      columns = runs.indices.flatMap { run in
        runs[run].explainers.map {
          EvaluationTable.Column(run: run, explainer: $0.label, measure: subject.measure)
        }
      }
      cells = try columns.map { column in
        let explainer = column.explainer?.name ?? ""
        return try self.cells(
          of: schemes.map { runs[column.run].place(explainer: explainer, scheme: $0) }, column)
      }
    }
    var byRow = rows.indices.map { row in cells.map { $0[row] } }
    Self.adjust(&byRow)
    return EvaluationTable(subject: subject, rows: rows, columns: columns, cells: byRow)
  }

  /// A column's cells.
  private func cells(
    of methods: [Int?], _ column: EvaluationTable.Column
  ) throws -> [EvaluationCell?] {
    let values = methods.map {
      MeasuredValues(column.measure, of: $0, in: runs[column.run])
    }
    let means = values.map(\.pictureMeans)
    let differences = values.dropFirst().map { $0.pictureDifferences(to: values[0]) }
    let summaries = try self.means(of: means + differences)
    var cells = try values.indices.map { i -> EvaluationCell? in
      guard let mean = summaries[i] else { return nil }
      return EvaluationCell(
        mean: mean, pictureCount: means[i].count, undefinedCount: values[i].undefinedCount,
        difference: i == 0
          ? nil : try difference(differences[i - 1], summaries[values.count + i - 1]),
        isBest: false)
    }
    if let direction = column.measure.direction { Self.crown(&cells, direction) }
    return cells
  }

  /// Marks the best of a column's cells, and those that equal it to rounding.
  ///
  /// Means over different pictures say nothing of who is better, nor does one picture; of methods that
  /// are all alike none is the best, nor is one that stands alone.
  private static func crown(
    _ cells: inout [EvaluationCell?], _ direction: EvaluationMeasure.Direction
  ) {
    let found = cells.compactMap(\.self)
    let bases = Set(found.map { [$0.pictureCount, $0.undefinedCount] })
    guard bases.count == 1, found[0].pictureCount > 1 else { return }
    let means = found.map(\.mean.value)
    guard let best = direction == .lower ? means.min() : means.max() else { return }
    let isBest = cells.map { $0.map { MeasuredValues.difference($0.mean.value, best) == 0 } }
    guard isBest.contains(false) else { return }
    for (place, isBest) in isBest.enumerated() { cells[place]?.isBest = isBest ?? false }
  }

  /// Means of pictures that are drawn anew lie between the least and the greatest of them, and these have the
  /// true mean of a symmetric distribution between them in 1 − 2¹⁻ⁿ of all cases: 94 % for five, 97 % for six.
  private static let fewestWithInterval = 6

  /// Means with their intervals; columns of equally many pictures are resampled together.
  private func means(of columns: [[Double]]) throws -> [EvaluationCell.Mean?] {
    var intervals: [Interval?] = columns.map { _ in nil }
    for (count, places) in Dictionary(grouping: columns.indices, by: { columns[$0].count })
    where count >= Self.fewestWithInterval {
      let found = try bootstrap.meanIntervals(of: places.map { columns[$0] })
      for (place, interval) in zip(places, found) { intervals[place] = interval }
    }
    return zip(columns, intervals).map { values, interval in
      values.isEmpty
        ? nil : .init(value: values.reduce(0, +) / Double(values.count), interval: interval)
    }
  }

  private func difference(
    _ differences: [Double], _ mean: EvaluationCell.Mean?
  ) throws -> EvaluationCell.Difference? {
    guard let mean else { return nil }
    let test = try WilcoxonTest(differences: differences)
    return .init(
      mean: mean, pictureCount: differences.count, p: test.pValue, adjustedP: 1)
  }

  /// Sets Holm's adjusted p-values, all comparisons of a table being one family.
  private static func adjust(_ cells: inout [[EvaluationCell?]]) {
    let found = cells.map { row in row.map { $0?.difference?.p } }
    var adjusted = Holm.adjusted(found.joined().compactMap(\.self))[...]
    for (row, column) in found.indices.flatMap({ row in found[row].indices.map { (row, $0) } })
    where found[row][column] != nil {
      cells[row][column]?.difference?.adjustedP = adjusted.removeFirst()
    }
  }
}

extension EvaluationTable.Subject {
  /// The measure of all columns of a table of schemes.
  fileprivate var measure: EvaluationMeasure {
    switch self {
    case .cauc: .caucAmongSchemes
    case .cdrop, .explainers: .cdrop
    case .whole(let measure): measure
    }
  }
}

extension EvaluatedExplainer {
  fileprivate var label: EvaluationTable.Label { .init(name: name, title: title) }
}
