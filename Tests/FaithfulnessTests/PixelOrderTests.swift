import Faithfulness
import Terms
import Testing

/// Known answers.
@Suite struct PixelOrderTests {
  @Test func `pixels fall in order of the map, equal ones by place`() throws {
    #expect(try FeatureOrder(of: [1, 3, 2, 3]).places == [1, 3, 2, 0])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `a map with a value that is no number has no order`(value: Float) {
    #expect(throws: FaithfulnessError.notFinite) { try FeatureOrder(of: [1, value]) }
  }

  @Test func `a random order holds every pixel once and follows from its stream`() {
    var (one, same, other) = (RandomStream(1), RandomStream(1), RandomStream(2))
    let order = FeatureOrder(random: 50, using: &one)
    #expect(order.places.sorted() == Array(0..<50))
    #expect(order == FeatureOrder(random: 50, using: &same))
    #expect(order != FeatureOrder(random: 50, using: &other))
  }

  @Test func `a path looks at each count once, in order, and nowhere beyond the picture`() throws {
    let path = FeaturePath(.deletion, try FeatureOrder(of: [3, 2, 1]), at: [3, 0, 2, 2, 4, -1])
    #expect(path.counts == [0, 2, 3])
  }

  @Test func `salient pixels reach half of the largest value`() throws {
    #expect(try Salience(of: [4, 2, 1.9, -8]).count == 2)
    #expect(try Salience(of: [4, 2, 1.9, -8], .published).count == 1)
    // From the least value on: 3 of 4 … 2 is the middle of the range 2 … 4.
    #expect(try Salience(of: [4, 3.1, 3, 2], .published).count == 2)
    #expect(try Salience(of: [4, 3.1, 3, 2]).count == 4)
  }

  @Test(arguments: MetricSettings.Arithmetic.allCases)
  func `a map that is nowhere above zero has no salient pixels`(
    arithmetic: MetricSettings.Arithmetic
  ) throws {
    let settings = MetricSettings(arithmetic: arithmetic)
    #expect(try Salience(of: [0, 0, 0], settings).count == 0)
    #expect(try Salience(of: [-1, -2, 0], settings).count == 0)
  }
}
