import Faithfulness
import Foundation
import TestSupport
import Testing

@testable import Evaluation

/// Curves as bytes: known answer, round trip, bad input.
@Suite struct CurveCodeTests {
  let curve = ContrastCurve(
    counts: [0, 16, 32, 48, 53], fact: [-0.5, -1e-9, -20, -0.25, 0],
    foil: [-1, -2, -3, -.infinity, -80])

  @Test func `a curve is as long as its logarithms and the runs of its counts`() throws {
    let data = CurveCode.data(of: curve)
    // From 0 on: 0 once, 16 three times, 5 once.
    #expect(data.count == 4 * (1 + 2 * 3 + 10))
    #expect(Array(data.prefix(12)) == [3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    #expect(CurveCode.curve(from: data)?.counts == curve.counts)
    #expect(CurveCode.curve(from: data)?.foil == curve.foil)
    #expect(CurveCode.curve(from: data)?.fact == curve.fact.map { Double(Float($0)) })
    let read = try #require(CurveCode.curve(from: data))
    #expect(CurveCode.data(of: read) == data)
  }

  @Test func `bytes that are no curve`() {
    let data = CurveCode.data(of: curve)
    for count in 0..<data.count { #expect(CurveCode.curve(from: data.prefix(count)) == nil) }
    #expect(CurveCode.curve(from: data + data) == nil)
    #expect(CurveCode.curve(from: Data(repeating: 255, count: 64)) == nil)
    for odd in [Float.nan, .infinity, 0.01, 80] {
      var changed = data
      withUnsafeBytes(of: odd.bitPattern.littleEndian) {
        changed.replaceSubrange(data.count - 4..<data.count, with: $0)
      }
      #expect(CurveCode.curve(from: changed) == nil, "\(odd)")
    }
  }

  @Test func `whole probabilities keep seven digits`() throws {
    // The contrastive score of a curve differs by rounding of logarithms to 24 bits: 2⁻²⁴ · |log p| of p.
    let fine = ContrastCurve(
      counts: Array(0..<50), fact: (0..<50).map { -0.1 * Double($0) - 1e-4 },
      foil: (0..<50).map { -3.3 / Double($0 + 1) })
    let read = try #require(CurveCode.curve(from: CurveCode.data(of: fine)))
    for (a, b) in try paired(fine.scores, read.scores) { #expect(abs(a - b) < 1e-6 * max(a, 0.01)) }
  }
}
