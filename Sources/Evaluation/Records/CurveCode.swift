internal import Faithfulness
internal import Foundation

/// A curve as bytes, little-endian.
///
///     UInt32                     the number of runs of counts
///     (UInt32, UInt32) each      a difference to the count before (to 0 at first), and how often
///     Float32 each point         log p_c
///     Float32 each point         log p_C′
///
/// Float32 keeps 7 digits of a logarithm: a probability to 1e-5 of itself where it is 1e-40, to 1e-7
/// where it is near 1, far below what a network's own arithmetic leaves uncertain.
enum CurveCode {
  static func data(of curve: ContrastCurve) -> Data {
    var runs: [(step: Int, times: Int)] = []
    var last = 0
    for count in curve.counts {
      if runs.last?.step == count - last {
        runs[runs.count - 1].times += 1
      } else {
        runs.append((count - last, 1))
      }
      last = count
    }
    let numbers = [runs.count] + runs.flatMap { [$0.step, $0.times] }
    let logs = (curve.fact + curve.foil).map { Float($0).bitPattern }
    var bytes = Data(capacity: 4 * (numbers.count + logs.count))
    for word in numbers.map({ UInt32(truncatingIfNeeded: $0) }) + logs {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// Reads what ``data(of:)`` writes; `nil` for anything else.
  static func curve(from data: Data) -> ContrastCurve? {
    guard data.count.isMultiple(of: 4) else { return nil }
    let words = data.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
      }
    }
    guard let runCount = words.first.map({ Int($0) }), words.count >= 1 + 2 * runCount else {
      return nil
    }
    let logs = words.dropFirst(1 + 2 * runCount)
    var counts: [Int] = []
    var last = 0
    for run in 0..<runCount {
      let (step, times) = (Int(words[1 + 2 * run]), Int(words[2 + 2 * run]))
      guard counts.count + times <= logs.count / 2 else { return nil }
      for _ in 0..<times {
        last += step
        counts.append(last)
      }
    }
    guard !counts.isEmpty, logs.count == 2 * counts.count else { return nil }
    let numbers = logs.map { Double(Float(bitPattern: $0)) }
    // Logarithms of probabilities may be −∞, and are above 0 by what rounding adds.
    guard numbers.allSatisfy({ $0 < 1e-3 }) else { return nil }
    return ContrastCurve(
      counts: counts, fact: Array(numbers.prefix(counts.count)),
      foil: Array(numbers.dropFirst(counts.count)))
  }
}
