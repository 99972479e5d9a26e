import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Occlusion on a network that reads each pixel's mean: known answers and invariants.
@Suite struct OcclusionTests {
  /// The logit is the sum of 4 × 5 pixels.
  private func network() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[20], [-20]], height: 4, width: 5))
  }

  private let numbers: [Float] = (0..<20).map { Float($0 * 7 % 20) + 1 }

  /// Hiding pixels drops the sum by theirs. Windows of 2 × 2 at stride 2 start in rows 0 and 2 and
  /// in columns 0, 2 and 4, where the last is cut off; each pixel is covered once.
  @Test func `the drop of a sum is the sum of what a window hides`() throws {
    let found = try Occlusion(window: 2, stride: 2)
      .maps(of: [.logit(ClassSet(0))], in: network(), at: Tensor(numbers, shape: [1, 1, 4, 5]))
    let expected = (0..<20).map { (y: Int) -> Float in
      let rows = [y / 10 * 2, y / 10 * 2 + 1]
      let left = y % 5 / 2 * 2
      var sum: Float = 0
      for row in rows { for column in left..<min(left + 2, 5) { sum += numbers[row * 5 + column] } }
      return sum
    }
    // Sums of whole numbers over a mean of 20.
    expectClose(try found.maps[0].values.floats(), expected, within: 1e-5)
    #expect(found.maps[0].measurements[.samples] == 6)
  }

  @Test func `where windows overlap, a pixel has the mean of their drops`() throws {
    let found = try Occlusion(window: 2, stride: 1)
      .maps(of: [.logit(ClassSet(0))], in: network(), at: Tensor(numbers, shape: [1, 1, 4, 5]))
    func drop(_ top: Int, _ left: Int) -> Float {
      numbers[top * 5 + left] + numbers[top * 5 + left + 1] + numbers[top * 5 + left + 5]
        + numbers[top * 5 + left + 6]
    }
    let values = try found.maps[0].values.floats()
    expectClose([values[0]], [drop(0, 0)], within: 1e-5)
    expectClose([values[2]], [(drop(0, 1) + drop(0, 2)) / 2], within: 1e-5)
    expectClose(
      [values[7]], [(drop(0, 1) + drop(0, 2) + drop(1, 1) + drop(1, 2)) / 4], within: 1e-5)
  }

  @Test func `a stride beyond the window is refused`() throws {
    #expect(throws: SettingError.self) {
      try Occlusion(window: 2, stride: 3).maps(
        of: [.logit(ClassSet(0))], in: network(), at: Tensor(numbers, shape: [1, 1, 4, 5]))
    }
  }

  @Test func `memory changes nothing but rounding, and progress ends whole`() throws {
    let input = try Tensor(numbers, shape: [1, 1, 4, 5])
    var last = ProgressUpdate(completed: 0, total: 1)
    let wide = try Occlusion().maps(
      of: [.probability(ClassSet(0)), .logit(ClassSet(1))], in: network(), at: input,
      progress: { last = $0 })
    let narrow = try Occlusion().maps(
      of: [.probability(ClassSet(0)), .logit(ClassSet(1))], in: network(), at: input,
      within: Resources(memory: 1))
    #expect(last.completed == last.total && last.total == 20)
    for (a, b) in try paired(wide.maps, narrow.maps) {
      try expectClose(a.values, b.values, within: 1e-5)
    }
  }
}
