import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// What methods that sample offer before they are done.
///
/// Kinds: reductions (to fewer samples), invariance (to being listened to).
@Suite struct PartialMapTests {
  private var scores: [Score] { RISETests().scores }
  private func network() throws -> Network { try RISETests().network() }
  private func picture() throws -> Tensor { try RISETests().picture() }

  /// The maps, and those that were offered, of which some are not looked at.
  private func listened(
    _ explainer: any Explainer, skipping: Int = 1
  ) throws -> (all: Explanation, offered: [Explanation]) {
    var offered: [Explanation] = []
    var count = 0
    let network = try network()
    let all = try explainer.maps(
      of: { _ in scores }, in: network, at: network.input(picture()),
      partial: { soFar in
        count += 1
        if count % skipping == 0 { offered.append(try soFar()) }
      })
    return (all, offered)
  }

  private static let methods: [any Explainer] =
    RISE.Estimator.allCases.map {
      RISE(maskCount: 36, cells: 3, estimator: $0, batch: 4, seed: 5)
    } + [
      RISE(maskCount: 600, cells: 3, tolerance: 0.02, zero: .mean, batch: 8, seed: 5),
      Centred(RISE(maskCount: 36, cells: 3, batch: 4, seed: 5)),
    ]
    + LIME.Draw.allCases.map {
      LIME(
        segmentation: .init(.grid, segments: 6), fill: .baseline(.black), samples: 36, draw: $0,
        batch: 4, seed: 3)
    } + [
      PDA(window: 2, stride: 1, surround: 1, samples: 6, batch: 4, seed: 4),
      Occlusion(window: 2, stride: 1, batch: 4),
      NoiseTunnel(InputGradient(), samples: 9, seed: 2),
      Reduced(NoiseTunnel(GradCAMFree(), statistic: .variance, samples: 9, seed: 2), by: .l2),
    ]

  /// A method that knows no batches, so that its copies come one by one.
  private struct GradCAMFree: Explainer {
    func checkSettings() throws(SettingFault) {}
    func maps(for request: MapRequest) throws -> Explanation {
      try InputXGradient().maps(for: request)
    }
  }

  @Test(arguments: methods.indices)
  func `whoever listens changes nothing, and is offered maps on the way`(_ place: Int) throws {
    let method = Self.methods[place]
    let unheard = try method.maps(of: scores, in: network(), at: picture())
    for skipping in [1, 3] {
      let (all, offered) = try listened(method, skipping: skipping)
      #expect(!offered.isEmpty || method is NoiseTunnel, "\(method)")
      for (a, b) in try paired(all.maps, unheard.maps) {
        #expect(try a.values.bytes() == b.values.bytes())
        #expect(a.measurements == b.measurements && a.neutral == b.neutral)
      }
      for one in offered {
        #expect(one.maps.count == scores.count && one.scores == all.scores)
        #expect(try one.maps.allSatisfy { try $0.values.floats().allSatisfy(\.isFinite) })
      }
      let counts = offered.map { $0.maps[0].measurements[.samples] ?? 0 }
      #expect(zip(counts, counts.dropFirst()).allSatisfy(<=))
    }
  }

  /// Compares what is offered by n samples with what n samples find.
  private func checkBeginnings(
    _ whole: any Explainer, _ first: (Int) -> any Explainer, within tolerance: Float
  ) throws {
    let offered = try listened(whole).offered
    #expect(offered.count > 3)
    for one in offered.dropFirst() {
      let count = Int(try #require(one.maps[0].measurements[.samples]))
      let few = try first(count).maps(of: scores, in: network(), at: picture())
      for (a, b) in try paired(one.maps, few.maps) {
        try expectClose(a.values, b.values, within: tolerance)
        #expect(abs(a.neutral - b.neutral) <= 1e-6)
        let (x, y) = (
          try #require(a.measurements[.standardError]), try #require(b.measurements[.standardError])
        )
        #expect(abs(x - y) <= 1e-3 * y, "\(x) and \(y) by \(count)")
      }
    }
  }

  @Test(arguments: RISE.Estimator.allCases)
  func `RISE by n of its masks is RISE of n masks`(_ estimator: RISE.Estimator) throws {
    func rise(_ count: Int) -> RISE {
      RISE(maskCount: count, cells: 3, estimator: estimator, batch: 4, seed: 5)
    }
    // Networks are prepared for the number of samples, which moves the last bits.
    try checkBeginnings(rise(36), rise, within: 1e-5)
  }

  @Test(arguments: LIME.Draw.allCases)
  func `LIME by n of its samples is LIME of n samples`(_ draw: LIME.Draw) throws {
    func lime(_ count: Int) -> LIME {
      LIME(
        segmentation: .init(.grid, segments: 6), samples: count, draw: draw, batch: 4, seed: 3)
    }
    try checkBeginnings(lime(36), lime, within: 1e-5)
  }

  @Test func `PDA and occlusion know some windows wholly and others not yet`() throws {
    for method in [
      PDA(window: 3, stride: 3, surround: 1, samples: 6, batch: 6, seed: 4) as any Explainer,
      Occlusion(window: 3, stride: 3, batch: 1),
    ] {
      let (all, offered) = try listened(method)
      let whole = try all.maps[0].values.floats()
      var before = 0
      for one in offered {
        let values = try one.maps[0].values.floats()
        let known = values.indices.filter { values[$0] == whole[$0] }
        #expect(values.indices.allSatisfy { values[$0] == whole[$0] || values[$0] == 0 })
        #expect(known.count >= before && known.count < 54)
        before = known.count
      }
      #expect(before > 0)
    }
  }

  @Test func `any beginning of a refining order lies evenly over the whole`() {
    for count in 0..<40 {
      let order = RefiningOrder.of(count)
      #expect(order.sorted() == Array(0..<count))
      for length in 2..<max(count, 2) {
        let gaps = (order.prefix(length).sorted() + [count])
        let widest = zip(gaps, gaps.dropFirst()).map { $1 - $0 }.max() ?? 0
        #expect(widest * length <= 4 * count, "\(length) of \(count)")
      }
    }
  }
}
