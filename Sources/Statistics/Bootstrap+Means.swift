extension Bootstrap {
  /// The interval of the mean of units.
  ///
  /// Equal to ``interval(of:statistic:)`` of the mean, to rounding. Where all numbers are equal it has no
  /// width.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for less than 2 numbers,
  ///   ``StatisticsError/notFinite(_:at:)``, ``StatisticsError/tooLarge``.
  public func meanInterval(of numbers: [Double]) throws(StatisticsError) -> Interval {
    try meanIntervals(of: [numbers])[0]
  }

  /// The intervals of the means of columns, units drawn once for all of them.
  ///
  /// - Parameter columns: A number a unit, in the same order in every column.
  /// - Returns: For each column what ``meanInterval(of:)`` gives, bit for bit.
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for less than 2 units,
  ///   ``StatisticsError/differentCounts(_:_:)``, ``StatisticsError/notFinite(_:at:)``,
  ///   ``StatisticsError/tooLarge``.
  public func meanIntervals(of columns: [[Double]]) throws(StatisticsError) -> [Interval] {
    guard let count = columns.first?.count else { return [] }
    for column in columns {
      guard column.count == count else { throw .differentCounts(count, column.count) }
      try check(column, atLeast: 2)
    }
    // Distances from the first number: those of equal numbers sum up to exactly 0.
    let distances = columns.map { column in column.map { $0 - column[0] } }
    var means = [[Double]](repeating: [], count: columns.count)
    for replicate in 0..<replicateCount {
      let places = places(ofReplicate: replicate, count: count)
      for (column, distances) in distances.enumerated() {
        var sum = 0.0
        for place in places { sum += distances[place] }
        let mean = columns[column][0] + sum / Double(count)
        guard mean.isFinite else { throw .tooLarge }
        means[column].append(mean)
      }
    }
    return means.map { interval(ofReplicates: $0) }
  }
}
