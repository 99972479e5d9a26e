/// The values of one measure of one method, pair by pair.
struct MeasuredValues {
  /// By place of the pair; `nil` where the method's map has none.
  private let values: [Double?]
  /// The pictures of the pairs, in rising order.
  private let pictures: [Int]
  /// Pairs with a map of the method that has no such number.
  let undefinedCount: Int

  /// - Parameter method: Its place among the run's; `nil` for one that the run does not have.
  init(_ measure: EvaluationMeasure, of method: Int?, in run: TabledRun) {
    let numbers = run.pairs.map { pair in method.flatMap { pair.numbers[$0] } }
    let values = numbers.map { $0.flatMap { measure.value(of: $0, run.settings) } }
    self.values = values
    pictures = run.pairs.map(\.picture)
    undefinedCount = zip(numbers, values).count { numbers, value in
      guard let numbers, value == nil else { return false }
      return !measure.isOfWholeCurves || numbers.whole != nil
    }
  }

  /// For each picture that has any, the mean over its pairs.
  var pictureMeans: [Double] { Self.means(values, pictures) }

  /// For each picture, the mean over the pairs that both have, of this less the other.
  func pictureDifferences(to other: MeasuredValues) -> [Double] {
    let differences = zip(values, other.values).map { own, other in
      own.flatMap { own in other.map { Self.difference(own, $0) } }
    }
    return Self.means(differences, pictures)
  }

  /// 0 where two numbers are equal to rounding: equal maps that are measured in different passes
  /// differ in the last bits of 32, and are no evidence.
  static func difference(_ own: Double, _ other: Double) -> Double {
    abs(own - other) <= 1e-6 * max(abs(own), abs(other)) ? 0 : own - other
  }

  private static func means(_ values: [Double?], _ pictures: [Int]) -> [Double] {
    var means: [Double] = []
    var (sum, count) = (0.0, 0)
    for (i, picture) in pictures.enumerated() {
      if let value = values[i] { (sum, count) = (sum + value, count + 1) }
      let isLast = i + 1 == pictures.count || pictures[i + 1] != picture
      if isLast && count > 0 { means.append(sum / Double(count)) }
      if isLast { (sum, count) = (0, 0) }
    }
    return means
  }
}
