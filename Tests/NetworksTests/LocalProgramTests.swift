import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Programs that compute only where a picture differs give what whole ones give: reductions, on small,
/// odd and real networks; windows against brute force.
@Suite struct LocalProgramTests {
  @Test func `windows read what a loop over all places reads`() {
    for length in 1...4 {
      for (stride, padding, dilation) in [(1, 0, 1), (1, 1, 1), (2, 1, 1), (2, 0, 2), (3, 2, 1)] {
        let window = Window(length: length, stride: stride, padding: padding, dilation: dilation)
        for low in 0..<9 {
          for high in low + 1...9 {
            let reached = (0..<12).filter { result in
              (0..<length).contains {
                (low..<high).contains(result * stride - padding + dilation * $0)
              }
            }
            let found = window.results(reading: low..<high, of: 12)
            // A dilated window may reach over a region; the found range may be wider, never narrower.
            if dilation == 1, stride <= length {
              #expect(found.map(Array.init) ?? [] == reached, "\(window) \(low)..<\(high)")
            }
            #expect(reached.allSatisfy { found?.contains($0) == true })
            guard let found else { continue }
            let places = found.flatMap { result in
              (0..<length).map { result * stride - padding + dilation * $0 }
            }
            #expect(window.places(readBy: found).lowerBound == places.min())
            #expect(window.places(readBy: found).upperBound == (places.max() ?? 0) + 1)
          }
        }
      }
    }
  }

  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `every network of the zoo, in every form`() throws {
    var local: Set<String> = []
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        guard member.input.rank == 4, member.program.batchLength == nil else { return }
        let workshop = try PreparationTests.workshop(member.program, member.input)
        for form in PreparedProgram.Form.allCases {
          guard let made = PreparationTests.made(form, workshop, member.input) else { continue }
          local.formUnion(try check(made, at: member.picture(), of: "\(name) \(form)").keys)
        }
      }
    }
    let wanted: Set<String> = [
      "mkldnn::_convolution_pointwise", "mkldnn::_convolution_pointwise.binary", "aten::conv2d",
      "aten::max_pool2d", "aten::relu", "aten::add.Tensor",
    ]
    #expect(wanted.subtracting(local).isEmpty, "\(local.sorted())")
  }

  @Test(
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
    arguments: ["mobilenet-edgetpu", "mobilenet-v2", "cifar10-resnet20"])
  func `real networks`(name: String) throws {
    let path = try #require(References.data).appending(path: "models/\(name).pt2").path
    let program = try Program(contentsOf: path)
    let size = try #require(program.inputShape.last ?? nil)
    let picture = try SmallNetwork.ramp([1, 3, size, size])
    let made = try #require(
      PreparationTests.made(.fused, PreparationTests.workshop(program, picture), picture))
    let local = try check(made, at: picture, of: name)
    let all = made.pure.operatorCounts
    // A shortcut of CIFAR-10's ResNets takes every second place by a slice, where the parts end.
    let rest = name.hasPrefix("cifar") ? 9 : 1
    for operation in ["mkldnn::_convolution_pointwise", "mkldnn::_convolution_pointwise.binary"] {
      let (found, there) = (local[operation, default: 0], all[operation, default: 0])
      #expect(found > 0 && found >= there - rest, "\(operation): \(found) of \(there)")
    }
  }

  @Test func `numbers of another type are converted first`() throws {
    let program = try SmallNetwork.program()
    let picture = try SmallNetwork.input()
    let made = try program.prepared(
      for: picture, PreparationRequest(pictures: 8, memory: 1 << 26))
    let double = try picture.converted(to: .float64)
    let region = PixelRegion(rows: 1..<2, columns: 1..<2)
    try expectClose(
      LocalProgram(made, around: double).output(for: double, differingIn: region),
      program.output(for: picture), within: 1e-5)
  }

  /// Expects the outputs of pictures that differ in a region, and returns what was computed in part.
  private func check(
    _ made: PreparedProgram, at picture: Tensor, of what: String
  ) throws -> [String: Int] {
    let (height, width) = (picture.shape[2], picture.shape[3])
    let local = try LocalProgram(made, around: picture)
    let (third, fifth) = (height / 3, max(1, height / 5))
    let regions = [
      PixelRegion(rows: 0..<fifth, columns: 0..<fifth),
      PixelRegion(rows: third..<third + fifth, columns: third..<third + fifth),
      PixelRegion(rows: height - fifth..<height, columns: width - 1..<width),
      PixelRegion(rows: 0..<height, columns: 1..<width),
    ]
    for region in regions {
      let pictures = try altered(picture, region)
      let found = try local.output(for: pictures, differingIn: region)
      // The same sums of floats, for the picture's own part in a batch of one.
      try expectClose(
        found, made.output(for: pictures), within: 1e-4, of: "\(what) \(region)")
    }
    return local.localCounts
  }

  /// Two pictures whose numbers in a region are others.
  private func altered(_ picture: Tensor, _ region: PixelRegion) throws -> Tensor {
    let shape = picture.shape
    let values = try picture.floats()
    let rows = [1, 2].flatMap { turn in
      values.indices.map { i -> Float in
        let (row, column) = (i / shape[3] % shape[2], i % shape[3])
        let isInside = region.rows.contains(row) && region.columns.contains(column)
        return isInside ? Float((i * 31 * turn) % 17) / 8 - 1 : values[i]
      }
    }
    return try Tensor(rows, shape: [2] + shape.dropFirst())
  }
}
