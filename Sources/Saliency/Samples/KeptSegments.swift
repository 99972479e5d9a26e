internal import Tensors
internal import Terms

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which segments each of many samples keeps; the first keeps all.
struct KeptSegments {
  let count: Int
  let draw: LIME.Draw
  let seed: Seed

  /// Ones and zeros of some samples, row by row.
  func rows(_ samples: Range<Int>) -> [Float] {
    var rows: [Float] = []
    rows.reserveCapacity(samples.count * count)
    let stream = RandomStream(seed)
    for i in samples {
      if i == 0 {
        rows += repeatElement(1, count: count)
        continue
      }
      var own = stream.stream(for: draw == .paired ? (i + 1) / 2 : i)
      let flip: UInt64 = draw == .paired && i % 2 == 0 ? 1 : 0
      var bits: UInt64 = 0
      for k in 0..<count {
        if k % 64 == 0 { bits = own.next() }
        rows.append(Float(bits & 1 ^ flip))
        bits >>= 1
      }
    }
    return rows
  }

  /// `exp(−d² / 2σ²)` of each row; `d = 1 − √(kept / all)` is its cosine distance from all ones.
  func weights(of rows: [Float], width: Float) -> [Double] {
    stride(from: 0, to: rows.count, by: count).map { start in
      let kept = rows[start..<start + count].reduce(0, +)
      let distance = 1 - (Double(kept) / Double(count)).squareRoot()
      return exp(-distance * distance / (2 * Double(width) * Double(width)))
    }
  }

  /// Squared standard errors `[S, segments]` of a fit to the first n samples, whose targets are `[S, n]`; `nil` where n
  /// is 1, because the first sample is not drawn.
  func errors(
    of fit: RidgeFit.Solution, _ targets: Tensor, width: Float
  ) throws(TensorError) -> Tensor? {
    guard targets.shape[1] > 1 else { return nil }
    let groupSize = draw == .paired ? 2 : 1
    var errors = RidgeErrors(of: fit, groupSize: groupSize)
    let chunk = 256
    for start in stride(from: 1, to: targets.shape[1], by: chunk) {
      let range = start..<min(start + chunk, targets.shape[1])
      let rows = rows(range)
      try errors.add(
        Tensor(rows, shape: [range.count, count]), weights: weights(of: rows, width: width),
        targets: targets.slice(axis: 1, range))
    }
    return try errors.found()
  }
}
