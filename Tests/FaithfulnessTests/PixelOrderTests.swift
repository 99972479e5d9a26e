import Faithfulness
import Testing

/// Known answers.
@Suite struct PixelOrderTests {
  @Test func `pixels fall in order of the map, equal ones by place`() throws {
    #expect(try PixelOrder(of: [1, 3, 2, 3]).places == [1, 3, 2, 0])
  }
}
