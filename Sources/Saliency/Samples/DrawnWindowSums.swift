/// The mean score of each window's draws, and how sure it is, for draws that come window by window, in order.
///
/// Draws j and j + half of a block are a pair `z, −z`; pairs are independent, so the squared standard error of a
/// window's mean is the variance of its pairs' means over their number. One pair alone tells nothing of it.
struct DrawnWindowSums {
  /// What is known of a window.
  struct Found {
    let mean: Double
    /// Not finite where it is not known.
    let squaredError: Double
  }

  private let samples: Int
  private var sum = 0.0
  private var count = 0
  private var firsts: [Double] = []
  private var pairs = (count: 0.0, mean: 0.0, deviation: 0.0)

  init(samples: Int) { self.samples = samples }

  /// Takes in the next draw; gives what is known of the window with its last.
  mutating func add(_ value: Double) -> Found? {
    let length = RedrawnWindows.blockLength
    let place = count % length
    let half = (min(length, samples - (count - place)) + 1) / 2
    if place == 0 { firsts = [] }
    if place < half { firsts.append(value) } else { add(pair: (firsts[place - half] + value) / 2) }
    sum += value
    count += 1
    guard count == samples else { return nil }
    let error = pairs.deviation / (pairs.count - 1) / pairs.count
    defer { self = DrawnWindowSums(samples: samples) }
    return Found(mean: sum / Double(samples), squaredError: pairs.count > 1 ? error : .infinity)
  }

  private mutating func add(pair mean: Double) {
    pairs.count += 1
    let step = mean - pairs.mean
    pairs.mean += step / pairs.count
    pairs.deviation += step * (mean - pairs.mean)
  }
}
