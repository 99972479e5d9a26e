import Counterfactuals
import Testing

@Suite("Multipliers: equations 3.3 and 3.4 by hand")
struct MultipliersTests {
  @Test func `the term adds what equality and pushed inequalities cost`() {
    var multipliers = Multipliers(inequalityCount: 2, penalty: 2)
    #expect(multipliers.term(of: [3, 1, -1]) == 9 + 1)
    multipliers.update([3, 1, -1], growth: 1.01, decrease: 0.24)
    // λ = 6, μ = (2, 0), c = 2: 6·1 + 1 + ¼{(2 + 2·0.5)² − 4} + ¼{0 − 0}
    #expect(multipliers.term(of: [1, 0.5, -0.25]) == 7 + 1.25)
  }

  @Test func `weights are the term's derivatives`() {
    var multipliers = Multipliers(inequalityCount: 3, penalty: 1.5)
    multipliers.update([-1, 0.5, 0.2, -3], growth: 1.01, decrease: 0.24)
    let at = [0.3, -0.1, 0.4, -0.2]
    let weights = multipliers.weights(of: at)
    for i in at.indices {
      var (above, below) = (at, at)
      above[i] += 1e-5
      below[i] -= 1e-5
      let slope = (multipliers.term(of: above) - multipliers.term(of: below)) / 2e-5
      // The term is quadratic by pieces, so central differences are exact but for rounding.
      #expect(abs(weights[i] - slope) < 1e-8, "\(i): \(weights[i]), not \(slope)")
    }
  }

  @Test func `inequalities never have negative multipliers`() {
    var multipliers = Multipliers(inequalityCount: 1, penalty: 1)
    multipliers.update([0, 2], growth: 1.01, decrease: 0.24)
    #expect(multipliers.mu == [2])
    multipliers.update([0, -5], growth: 1.01, decrease: 0.24)
    #expect(multipliers.mu == [0])
  }

  @Test func `the penalty grows only where the difference has not fallen enough`() {
    var multipliers = Multipliers(inequalityCount: 0, penalty: 1)
    multipliers.update([-1], growth: 1.5, decrease: 0.24)
    #expect(multipliers.penalty == 1)
    multipliers.update([0.23], growth: 1.5, decrease: 0.24)
    #expect(multipliers.penalty == 1)
    multipliers.update([0.1], growth: 1.5, decrease: 0.24)
    #expect(multipliers.penalty == 1.5)
  }
}
