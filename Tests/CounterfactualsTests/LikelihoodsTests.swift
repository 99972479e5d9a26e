import Counterfactuals
import Testing

@Suite("Likelihoods: known answers")
struct LikelihoodsTests {
  @Test func `the excess is taken over the lesser of fact and foil`() {
    let found = Likelihoods(
      fact: -1, foil: -1.5, other: .init(index: 3, logLikelihood: -1.25))
    #expect(found.difference == 0.5)
    #expect(found.excess == 0.25)
  }

  @Test func `without another class nothing exceeds`() {
    #expect(Likelihoods(fact: -1, foil: -1, other: nil).excess == -.infinity)
  }
}
