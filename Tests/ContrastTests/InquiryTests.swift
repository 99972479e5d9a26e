import Contrast
import Networks
import Terms
import Testing

/// How questions turn into scores.
@Suite struct InquiryTests {
  let p = ClassSet(1)
  let q = ClassSet(3)

  @Test func `a question with a foil asks for log-odds inside`() throws {
    let inquiry = try Inquiry(.whyRatherThan(p, q), classCount: 5)
    #expect(inquiry.scores == [.logOdds(p, against: q)])
    #expect(inquiry.contrast == .inside)
    #expect(inquiry.kind == .logOdds)
  }

  @Test func `contrast outside asks for both logits`() throws {
    let inquiry = try Inquiry(.whyRatherThan(p, q), contrast: .outside, classCount: 5)
    #expect(inquiry.scores == [.logit(p), .logit(q)])
  }

  @Test func `a question without a foil asks for the logit`() throws {
    let inquiry = try Inquiry(.why(p), classCount: 5)
    #expect(inquiry.scores == [.logit(p)])
    #expect(inquiry.contrast == nil)
  }

  @Test func `one foil equal to all others is no foil`() throws {
    let others = try #require(p.complement(among: 5))
    let alone = try Inquiry(.why(p), kind: .weighted, classCount: 5)
    let against = try Inquiry(.whyRatherThan(p, others), kind: .weighted, classCount: 5)
    #expect(alone.scores == against.scores)
  }

  @Test func `surprise asks about the foil alone`() throws {
    let inquiry = try Inquiry(.whyRatherThan(p, q), kind: .surprise, classCount: 5)
    #expect(inquiry.scores == [.surprise(at: q)])
  }

  @Test func `a regression is asked by its squared error`() throws {
    let inquiry = try Inquiry(.whyValue(ratherThan: 0.75), classCount: 1)
    #expect(inquiry.scores == [.squaredError(from: 0.75)])
    #expect(try Inquiry(.whyValue(ratherThan: nil), classCount: 1).scores == [.value])
    #expect(throws: QuestionError.self) {
      try Inquiry(.whyValue(ratherThan: nil), kind: .logit, classCount: 1)
    }
  }

  @Test func `a fact that is its own foil is refused`() throws {
    let both = try #require(ClassSet([1, 3]))
    #expect(throws: QuestionError.factIsFoil(both, q)) {
      try Inquiry(.whyRatherThan(both, q), classCount: 5)
    }
  }

  @Test(arguments: [ScoreKind.logit, .probability, .squaredError, .value])
  func `scores that hold no foil are refused inside`(kind: ScoreKind) {
    #expect(throws: QuestionError.self) {
      try Inquiry(.whyRatherThan(p, q), kind: kind, classCount: 5)
    }
  }

  @Test(arguments: [ScoreKind.logOdds, .weighted, .surprise])
  func `scores that hold the foil already are refused outside`(kind: ScoreKind) {
    #expect(throws: QuestionError.self) {
      try Inquiry(.whyRatherThan(p, q), contrast: .outside, kind: kind, classCount: 5)
    }
  }

  @Test func `a surprise without a foil is refused`() {
    #expect(throws: QuestionError.self) { try Inquiry(.why(p), kind: .surprise, classCount: 5) }
  }

  @Test func `a fact of every class leaves nothing to contrast`() throws {
    let all = try #require(ClassSet([0, 1]))
    #expect(throws: QuestionError.everyClass) {
      try Inquiry(.why(all), kind: .logOdds, classCount: 2)
    }
  }

  @Test func `questions read as people ask them`() throws {
    let labels = ClassLabels(["cello", "violin", "acoustic guitar", "T-shirt/top"])
    #expect(
      Question.whyRatherThan(ClassSet(0), ClassSet(2)).text(labels)
        == "Why cello, rather than acoustic guitar?")
    let three = try #require(ClassSet([0, 1, 2]))
    #expect(Question.why(three).text(labels) == "Why cello, violin or acoustic guitar?")
    #expect(
      Question.whyValue(ratherThan: 0.75).text(labels, value: 0.58)
        == "Why 0.58, rather than 0.75?")
    #expect(
      Question.whyRatherThan(ClassSet(3), ClassSet(2)).key(labels)
        == "why-t-shirt-top-rather-than-acoustic-guitar")
  }
}
