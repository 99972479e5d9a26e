/// Fails at the first number that is infinite or NaN, and where there are too few.
func check(_ numbers: [Double], atLeast needed: Int) throws(StatisticsError) {
  guard numbers.count >= needed else { throw .tooFew(numbers.count, needed: needed) }
  for (place, number) in numbers.enumerated() where !number.isFinite {
    throw .notFinite(number, at: place)
  }
}

/// What a level leaves out on either side: (1 − level) / 2.
func tail(of level: Double) throws(StatisticsError) -> Double {
  guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
  return (1 - level) / 2
}

/// The differences of two lists, unit by unit.
func differences(_ first: [Double], _ second: [Double]) throws(StatisticsError) -> [Double] {
  guard first.count == second.count else { throw .differentCounts(first.count, second.count) }
  try check(first, atLeast: 0)
  try check(second, atLeast: 0)
  return zip(first, second).map { $0 - $1 }
}
