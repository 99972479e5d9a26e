import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Parity of LIME's fit with scikit-learn's on real networks: the same samples, its own weights.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkLIMETests {
  static let names = ["cifar10-resnet20", "mobilenet-edgetpu", "mobilenet-v2"]
  static let samples = 20

  /// What one network was asked, and what it found.
  struct Case {
    let map: [SaliencyMap]
    let labels: [Int]
  }

  static func explain(_ name: String, into folder: URL) throws -> Case {
    let data = try #require(References.data)
    let network = try Network(contentsOf: data.appending(path: "models/\(name).pt2").path)
    let photo = try Picture(contentsOf: data.appending(path: "photos/cwox/cello_guitar.jpg").path)
    let input = try network.card.input.input(from: photo)
    let top = try network.prediction(for: input).classes.map { ClassSet($0.index) }
    let scores: [Score] = [
      .probability(top[0]), .probability(top[1]), .logOdds(top[0], against: top[1]),
    ]
    let method = LIME(segmentation: .init(segments: 30), samples: samples, seed: 6)
    let found = try method.maps(of: scores, in: network, at: input)
    let parts = Superpixels(
      of: try network.card.input.picture(from: input), about: 30, by: .slic)
    let hidden = try HiddenSegments(
      Segments(labels: parts.labels, count: parts.count), of: network.input(input),
      filledWith: .segmentMean, network)
    let rows = KeptSegments(count: parts.count, draw: .independent, seed: 6).rows(0..<samples)
    let values = try (0..<samples).map { i in
      let kept = Array(rows[i * parts.count..<(i + 1) * parts.count])
      return try network.values(
        of: scores, from: network.program.output(for: hidden.inputs(keeping: kept)))
    }
    try NumPyFile.data(of: Tensor(rows, shape: [samples, parts.count]))
      .write(to: folder.appending(path: "\(name).kept.npy"))
    try NumPyFile.data(of: Tensor.concatenated(values, axis: 1))
      .write(to: folder.appending(path: "\(name).scores.npy"))
    return Case(map: found.maps, labels: parts.labels)
  }

  @Test func `coefficients and R² equal those of scikit-learn's ridge regression`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cases = try Self.names.map { ($0, try Self.explain($0, into: folder)) }
    _ = try References.run("ridge.py", [folder.path] + Self.names)
    for (name, found) in cases {
      let coefficients = try NumPyFile.tensor(at: folder.appending(path: "\(name).coef.npy"))
      let determination = try NumPyFile.tensor(at: folder.appending(path: "\(name).r2.npy"))
      for (s, map) in found.map.enumerated() {
        let row = try coefficients.select(axis: 0, index: s).floats()
        // The scores come from the network as it is, the map's from one made fast: 1e-5 of a score,
        // of which coefficients are differences.
        expectClose(
          try map.values.floats(), found.labels.map { row[$0] }, within: 1e-3, of: "\(name) \(s)")
        let r2 = try #require(map.measurements[.determination])
        #expect(abs(r2 - (try determination.floats()[s])) < 1e-3)
      }
    }
  }
}
