import Contrast
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Report

/// Known answers: maps that are kept to a support are neutral outside of it.
@Suite struct SupportDrawingTests {
  @Test(arguments: [Drawing.Sign.positive, .both])
  func `a place outside of the support is drawn as one that does not matter`(sign: Drawing.Sign)
    throws
  {
    let report = try ReportTests.report(drawing: Drawing(sign: sign))
    let explained = report.pictures[0]
    // A map of mean scores: 0.5 is neutral, 0.6 speaks for the fact, and two places are cut out.
    let values = try Tensor([0.6, 0.5, 0.1, 0.9] as [Float], shape: [2, 2])
    let map = SaliencyMap(values: values, atLayer: values, rectification: .none, neutral: 0.5)
    let support = try Tensor([1, 1, 0, 0] as [Float], shape: [2, 2])
    let answer = Answer(
      inquiry: try Inquiry(.why(ClassSet(0)), classCount: 2), scores: [0.5],
      map: try map.within(support))
    let drawn = try MapDrawer(network: report.network, drawing: report.drawing).drawn(
      ExplainedPicture(
        picture: explained.picture, file: explained.file, prediction: explained.prediction,
        groups: [.init(title: "", method: explained.groups[0].method, answers: [answer])]))[0][0]
    #expect(abs(drawn.scale.upperBound - 0.1) < 1e-6, "the scale ends at \(drawn.scale)")
    #expect(drawn.scale.lowerBound >= (sign == .both ? -0.100001 : 0), "\(drawn.scale)")
    #expect(try drawn.values.floats() == [0.6, 0.5, 0, 0])
  }
}
