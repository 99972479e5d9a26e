import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers and reductions of prediction difference analysis.
@Suite struct PDATests {
  /// A Gaussian of a row of grey pixels, means and covariance given.
  static func gaussian(_ means: [Double], _ covariance: (Int, Int) -> Double) throws
    -> PatchGaussian
  {
    let d = means.count
    let matrix = (0..<d * d).map { covariance($0 / d, $0 % d) }
    return try PatchGaussian(
      height: 1, width: d, means: Tensor(means, shape: [1, d]),
      covariances: Tensor(matrix, shape: [1, d, d]), low: [-100], high: [100])
  }

  static func map(
    _ method: PDA, _ score: Score, _ network: Network, from gaussian: PatchGaussian
  ) throws -> [Float] {
    try method.maps(
      for: MapRequest(network, at: network.input(RowOfPixels.input())) { _ in [[score]] },
      drawnFrom: gaussian
    ).maps[0].values.floats()
  }

  @Test func `of two pixels one is drawn given the other`() throws {
    let rho = 0.6
    let gaussian = try Self.gaussian([1, 2]) { $0 == $1 ? 1 : rho }
    let window = try gaussian.window(0..<1, 1..<2)
    let drawn = try window.draws(
      in: Tensor([3, 77] as [Float], shape: [1, 2]),
      noise: Tensor([0, 1] as [Float], shape: [1, 1, 2]))
    // Mean 2 + ρ (3 − 1), variance 1 − ρ².
    expectClose(try drawn.floats(), [3.2, 4], within: 1e-6)
  }

  @Test func `draws are moved into the channel's range`() throws {
    let gaussian = try PatchGaussian(
      height: 1, width: 1, means: Tensor([0.5], shape: [1, 1]),
      covariances: Tensor([1.0], shape: [1, 1, 1]), low: [0], high: [1])
    let drawn = try gaussian.window(0..<1, 0..<1).draws(
      in: Tensor([0] as [Float], shape: [1, 1]),
      noise: Tensor([-3, 0.25, 3] as [Float], shape: [1, 1, 3]))
    #expect(try drawn.floats() == [0, 0.75, 1])
  }

  @Test(arguments: [2, 6])
  func `a linear score loses what a pixel has over its neighbours' forecast`(samples: Int) throws {
    // A chain: x₁ given its neighbours has mean ρ (x₀ + x₂) / (1 + ρ²), at an end ρ x₁.
    let rho = 0.8
    let gaussian = try Self.gaussian([0, 0, 0]) { pow(rho, Double(abs($0 - $1))) }
    let found = try Self.map(
      PDA(window: 1, stride: 1, surround: 1, samples: samples, seed: 2), .logit(ClassSet(0)),
      RowOfPixels.linear(), from: gaussian)
    let x = RowOfPixels.pixels.map(Double.init)
    let expected = x.indices.map { i in
      let forecast =
        switch i {
        case 0: rho * x[1]
        case 11: rho * x[10]
        default: rho * (x[i - 1] + x[i + 1]) / (1 + rho * rho)
        }
      return RowOfPixels.weights[i] * Float(x[i] - forecast)
    }
    // Noise of size 1 that pairs cancel, in 32 bits.
    expectClose(found, expected, within: 1e-5)
  }

  @Test func `white noise reduces to occlusion by drawn values`() throws {
    let gaussian = try Self.gaussian([0.5, 0.5, 0.5, 0.5]) { $0 == $1 ? 0.04 : 0 }
    let network = try RowOfPixels.bent()
    let found = try Self.map(
      PDA(window: 2, stride: 2, surround: 1, samples: 4, seed: 7), .logit(ClassSet(2)), network,
      from: gaussian)
    func logit(_ pixels: [Float]) throws -> Float {
      try network.program.output(for: Tensor(pixels, shape: [1, 1, 1, 12])).floats()[2]
    }
    let usual = try logit(RowOfPixels.pixels)
    var expected: [Float] = []
    for window in 0..<6 {
      var own = RandomStream(7).stream(for: window)
      let half = try Tensor.normals([2, 1, 2], from: &own).floats()
      var sum: Float = 0
      for draw in [half[0..<2], half[2..<4]] {
        for sign in [Float(1), -1] {
          var pixels = RowOfPixels.pixels
          for (k, z) in draw.enumerated() { pixels[window * 2 + k] = 0.5 + 0.2 * sign * z }
          sum += try logit(pixels)
        }
      }
      expected += [usual - sum / 4, usual - sum / 4]
    }
    // Differences of logits of about their own size.
    expectClose(found, expected, within: 1e-5)
  }

  @Test func `evidence is weighed in bits with Laplace's correction`() throws {
    let score = Score.probability(ClassSet(0))
    let few = PDA(trainingCount: 3, seed: 0)
    // (3 · 1 + 1) / 5 has odds 4, (0 + 1) / 5 odds ¼.
    #expect(abs(few.difference(of: score, from: 1, to: 0, classes: 2) - 4) < 1e-12)
    // Two of four classes have two of the added counts: (3 + 2) / 7 and 2 / 7.
    let pair = Score.probability(try #require(ClassSet([0, 1])))
    #expect(
      abs(few.difference(of: pair, from: 1, to: 0, classes: 4) - 2 * log2(2.5)) < 1e-12)
    let many = PDA(trainingCount: 1_000_000_000, seed: 0)
    #expect(
      abs(many.difference(of: score, from: 0.5, to: 0.2, classes: 2) - log2(4)) < 1e-6)
    #expect(few.difference(of: .logit(ClassSet(0)), from: 5, to: 3, classes: 2) == 2)
  }

  @Test func `a probability that rounding made more than 1 has finite evidence`() throws {
    let most = Score.probability(try #require(ClassSet([0, 1, 2])))
    let method = PDA(trainingCount: 1_000_000_000, seed: 0)
    let one = method.difference(of: most, from: 1 + 1e-6, to: 0.5, classes: 4)
    #expect(one == method.difference(of: most, from: 1, to: 0.5, classes: 4) && one.isFinite)
  }

  @Test func `what cannot be told is refused`() throws {
    let method = PDA(window: 3, stride: 2, surround: 1, samples: 2, seed: 1)
    let (network, input) = (try RowOfPixels.linear(), try RowOfPixels.input())
    let all = Score.probability(try #require(ClassSet([0, 1])))
    #expect(throws: SampleError.certain(classes: 2)) {
      _ = try method.maps(of: [all], in: network, at: input)
    }
    let gaps = PDA(window: 3, stride: 4, surround: 1, samples: 2, seed: 1)
    #expect(throws: SettingError.self) {
      _ = try gaps.maps(of: [.logit(ClassSet(0))], in: network, at: input)
    }
    // 48 bytes for each of 2500² covariances.
    let wide = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]], height: 50, width: 50))
    let plain = try Tensor([Float](repeating: 0, count: 2500), shape: [1, 1, 50, 50])
    #expect(
      throws: SampleError.tooLarge(
        "a Gaussian of patches of 50 × 50 pixels", bytes: 300_000_000, memory: 1 << 28)
    ) {
      _ = try PDA(window: 48, stride: 48, surround: 1, samples: 2, seed: 1).maps(
        of: [.logit(ClassSet(0))], in: wide, at: plain, within: Resources(memory: 1 << 28))
    }
  }

  @Test func `many draws of a window come in blocks, the same in ranges of any length`() throws {
    let gaussian = try Self.gaussian([0.5, 0.5, 0.5]) { $0 == $1 ? 0.04 : 0 }
    let method = PDA(window: 1, stride: 1, surround: 1, samples: 300, seed: 7)
    let input = try RowOfPixels.input()
    func drawn(_ length: Int) throws -> [Float] {
      var windows = try RedrawnWindows(
        method.plan(for: input), of: input, from: gaussian, samples: 300, seed: 7)
      return try stride(from: 0, to: 600, by: length).flatMap {
        try windows.inputs($0..<min($0 + length, 600)).floats()
      }
    }
    let all = try drawn(600)
    #expect(try drawn(7) == all && drawn(128) == all)
    // The second pixel in its 300 draws: pairs lie on either side of ½, and no draw comes twice.
    let second = (300..<600).map { all[$0 * 12 + 1] }
    #expect(abs(second.reduce(0, +) / 300 - 0.5) < 1e-5)
    #expect(Set(second).count > 290)
    var own = RandomStream(7).stream(for: 1)
    let half = try Tensor.normals([64, 1, 1], from: &own).floats()
    expectClose(Array(second[..<64]), half.map { 0.5 + 0.2 * $0 }, within: 1e-5)
  }

  @Test func `a chain of pixels is learnt from a picture`() throws {
    var (stream, x, pixels) = (RandomStream(3), Float(0), [Float]())
    let rho: Float = 0.8
    for _ in 0..<4000 {
      x = rho * x + (1 - rho * rho).squareRoot() * stream.normal()
      pixels.append(x)
    }
    var moments = PatchMoments(height: 1, width: 3)
    try moments.add(Tensor(pixels, shape: [1, 1, 1, 4000]), limit: 10_000)
    let drawn = try moments.gaussian().window(0..<1, 1..<2).draws(
      in: Tensor([1, 0, 0.5] as [Float], shape: [1, 3]),
      noise: Tensor([0, 1] as [Float], shape: [1, 1, 2])
    ).floats()
    // ρ · 1.5 / (1 + ρ²) and √((1 − ρ²) / (1 + ρ²)) away, to the error of 4000 draws.
    #expect(abs(drawn[0] - 0.7317) < 0.05)
    #expect(abs(drawn[1] - drawn[0] - 0.4685) < 0.03)
  }

  @Test func `a window of rows, columns and channels is drawn where it lies`() throws {
    // Next to no variance: what is drawn is the mean of the place in the patch.
    let d = 4 * 3
    let means = (0..<2 * d).map { 100 + Double($0) }
    let covariances = (0..<2 * d * d).map { $0 % (d * d) % (d + 1) == 0 ? 1e-12 : 0 }
    let gaussian = try PatchGaussian(
      height: 4, width: 3, means: Tensor(means, shape: [2, d]),
      covariances: Tensor(covariances, shape: [2, d, d]), low: [0, 0], high: [200, 200])
    let plan = WindowPlan(height: 5, width: 3, window: 2, stride: 2, surround: 1)
    let pixels = (0..<30).map(Float.init)
    var windows = try RedrawnWindows(
      plan, of: Tensor(pixels, shape: [1, 2, 5, 3]), from: gaussian, samples: 2, seed: 0)
    let found = try windows.inputs(1..<2 * plan.count).floats()
    var expected: [Float] = []
    for i in 1..<2 * plan.count {
      let place = plan.place(plan.order[i / 2])
      for c in 0..<2 {
        for y in 0..<5 {
          for x in 0..<3 {
            let isInside =
              (place.top..<place.top + 2).contains(y) && (place.left..<place.left + 2).contains(x)
            let inPatch = (y - place.patchTop) * 3 + x - place.patchLeft
            expected.append(isInside ? Float(100 + c * d + inPatch) : pixels[c * 15 + y * 3 + x])
          }
        }
      }
    }
    // The standard deviation is 1e-6.
    expectClose(found, expected, within: 1e-6)
  }

  @Test func `windows cover the picture, and patches stay inside`() {
    let plan = WindowPlan(height: 10, width: 5, window: 4, stride: 4, surround: 2)
    #expect(plan.count == 3 * 2)
    #expect(plan.patchHeight == 8 && plan.patchWidth == 5)
    let last = plan.place(5)
    #expect(last.top == 6 && last.left == 1 && last.patchTop == 2 && last.patchLeft == 0)
    // Rows 6 and 7 belong to the second and the third row of windows, columns 1–3 to both columns.
    let found = plan.means([0, 0, 2, 4, 10, 20].map { ($0, $0 * $0) })
    let means = found.values
    #expect(means[0] == 0 && means[4 * 5] == 2 && means[4 * 5 + 4] == 4)
    #expect(means[6 * 5] == 6 && means[6 * 5 + 1] == 9 && means[9 * 5 + 2] == 15)
    // Of errors as large as the values: rows 0–3, 4 and 5, 6 and 7, 8 and 9; column 0, 1–3, 4.
    let squares: [Double] = [
      4 * (0 + 0 + 0), 2 * (4 + 3 * (4 + 16) / 4 + 16),
      2 * ((4 + 100) / 4 + 3 * (4 + 16 + 100 + 400) / 16 + (16 + 400) / 4),
      2 * (100 + 3 * (100 + 400) / 4 + 400),
    ]
    #expect(abs(Double(found.error) - (squares.reduce(0, +) / 50).squareRoot()) < 1e-5)
    let first = plan.means([(1, 0), nil, nil, nil, nil, nil])
    #expect(first.values[0] == 1 && first.values[3 * 5 + 3] == 1 && first.values[4] == 0)
    #expect(plan.order == [0, 1, 4, 5, 2, 3])
  }

  @Test func `settings of the menu are read`() throws {
    let entry = try ExplainerMenu.entry(named: "pda")
    let context = ExplainerEntry.Context(network: try RowOfPixels.linear(), seed: 4)
    func made(_ text: String) throws -> PDA {
      try #require(entry.explainer(entry.values(text), context) as? PDA)
    }
    let usual = try made("")
    #expect(usual.window == 16 && usual.stride == 8 && usual.surround == 4)
    #expect(usual.source == .explained && usual.seed == 4)
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: SettingError.self) { _ = try made("pictures=\(folder.path)") }
    #expect(throws: SettingError.self) { _ = try made("pictures=/nowhere.png") }
    let picture = try Picture(
      width: 12, height: 1, pixels: (0..<36).map { UInt8($0 * 7) })
    for name in ["a.png", "b.png"] {
      try Data(picture.png()).write(to: folder.appending(path: name))
    }
    try Data("words".utf8).write(to: folder.appending(path: "c.txt"))
    #expect(try made("pictures=\(folder.path)").source == .pictures([picture, picture]))
    #expect(try made("pictures=\(folder.path)/a.png").source == .pictures([picture]))
  }
}
