import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, sums and parity of XRAI.
@Suite struct XRAITests {
  @Test func `the densest part goes first, and what it holds counts no more`() {
    // Five pixels in a row and three parts. The second has a mean of 4, then the first 1 for the pixel that is left
    // of it, then the third −1; the last pixel is in no part.
    let found = GrownRegions([[0, 1], [1, 2], [2, 3]])
      .densities(of: [1, 3, 5, -1, 7], smallest: 1)
    #expect(found == [1, 4, 4, -1, 7])
  }

  @Test func `a part with too few new pixels is left out, and the rest has its mean`() {
    // Behind the second part, one new pixel each is left of the others.
    let found = GrownRegions([[0, 1], [1, 2], [2, 3]])
      .densities(of: [1, 3, 5, -1, 6], smallest: 2)
    #expect(found == [2, 4, 4, 2, 2])
  }

  @Test func `parts grow by a disk`() throws {
    let white = try Picture(
      width: 5, height: 3, pixels: [UInt8](repeating: 255, count: 45))
    let whole = Superpixels(of: white, about: 1, by: .grid)
    let pixels = Superpixels(of: white, about: 15, by: .grid)
    #expect(GrownRegions(of: [whole], margin: 2).regions == [Array(0..<15)])
    let grown = GrownRegions(of: [whole, pixels], margin: 1).regions
    #expect(grown.count == 16)
    // The pixel in the middle with its four neighbours, a corner with its two.
    #expect(grown[1 + 7] == [2, 6, 7, 8, 12])
    #expect(grown[1] == [0, 1, 5])
  }

  @Test func `a map sums to what its integrals sum to`() throws {
    let network = try ToyNetworks.colour()
    let input = try ToyNetworks.colourInput()
    let scores: [Score] = [.logit(ClassSet(0)), .logOdds(ClassSet(1), against: ClassSet(2))]
    let method = XRAI(
      baselines: [.black, .mean], steps: 30, segmentation: .init(.grid, segments: 20), scales: 3,
      margin: 1, smallest: 2)
    let found = try method.maps(of: scores, in: network, at: input)
    let parts = try method.baselines.map {
      try IntegratedGradients(baseline: $0, rule: .gaussLegendre(steps: 30)).maps(
        of: scores, in: network, at: input
      ).maps
    }
    for (s, map) in found.maps.enumerated() {
      let sum = try parts.reduce(0) { $0 + (try $1[s].values.sum().number()) } / 2
      // Sums of seventy numbers near 1 in 32 bits.
      #expect(abs(try map.values.sum().number() - sum) < 1e-4)
      let error = try #require(map.measurements[.completenessError])
      let change = try #require(map.measurements[.scoreDifference])
      #expect(abs(sum - change - error) < 1e-4)
    }
  }

  @Test func `with one part it is the mean, and with a part for each pixel the attribution`() throws
  {
    let network = try ToyNetworks.colour()
    let input = try ToyNetworks.colourInput()
    let score = [Score.logit(ClassSet(0))]
    let plain = try IntegratedGradients(baseline: .mean).maps(of: score, in: network, at: input)
      .maps[0].values
    func map(_ segments: Int) throws -> Tensor {
      try XRAI(
        baselines: [.mean], segmentation: .init(.grid, segments: segments), scales: 1, margin: 0,
        smallest: 1
      ).maps(of: score, in: network, at: input).maps[0].values
    }
    let mean = try plain.sum().number() / Float(plain.count)
    expectClose(
      try map(1).floats(), Array(repeating: mean, count: plain.count), within: 1e-5)
    try expectClose(map(plain.count), plain, within: 1e-6)
  }
}

/// Parity with the authors' library.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct XRAIParityTests {
  @Test func `with equal parts and attributions, maps equal those of the authors' library`() throws
  {
    let folder = try References.temporaryFolder()
    let (width, height) = (31, 23)
    var stream = RandomStream(6)
    let pixels = (0..<width * height * 3).map { _ in UInt8(stream.uniform() * 255) }
    let picture = try Picture(width: width, height: height, pixels: pixels)
    let cuts = [40, 12, 5].map { Superpixels(of: picture, about: $0, by: .grid) }
    let attribution = (0..<width * height).map { _ in stream.uniform() - 0.4 }
    let arrays = [
      "attribution": try Tensor(attribution, shape: [height, width]),
      "cuts": try Tensor(
        cuts.flatMap { $0.labels.map(Float.init) }, shape: [cuts.count, height, width]),
    ]
    for (name, tensor) in arrays {
      try NumPyFile.data(of: tensor).write(to: folder.appending(path: "\(name).npy"))
    }
    _ = try References.run("saliency_regions.py", [folder.path, "3", "20"])
    let found = GrownRegions(of: cuts, margin: 3)
      .densities(of: attribution.map(Double.init), smallest: 20)
    try expectClose(
      Tensor(found.map { Float($0) }, shape: [height, width]),
      NumPyFile.tensor(at: folder.appending(path: "map.npy")), within: 1e-6)
  }
}
