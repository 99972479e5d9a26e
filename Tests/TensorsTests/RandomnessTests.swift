import Tensors
import Terms
import Testing

/// Invariants of random tensors.
@Suite struct RandomnessTests {
  @Test func `normal draws have the moments of the standard normal distribution`() throws {
    var stream = RandomStream(5)
    let draws = try Tensor.normals([3, 33, 101], from: &stream).floats()
    #expect(draws.count == 9999)
    for (power, moment, error) in [(1, 0, 0.01), (2, 1, 0.0142), (3, 0, 0.0387), (4, 3, 0.098)]
      as [(Int, Float, Float)]
    {
      let found =
        draws.map { draw in (0..<power).reduce(Float(1)) { product, _ in product * draw } }
        .reduce(0, +) / Float(draws.count)
      // Five standard errors of a mean of 9999 powers.
      #expect(abs(found - moment) < 5 * error, "moment \(power) is \(found)")
    }
    #expect(Set(draws).count > 9900)
  }

  @Test func `the same stream gives the same draws and goes on`() throws {
    var (a, b) = (RandomStream(2), RandomStream(2))
    let first = try Tensor.normals([7], from: &a).floats()
    #expect(try Tensor.normals([7], from: &b).floats() == first)
    #expect(try Tensor.normals([7], from: &a).floats() != first)
  }
}
