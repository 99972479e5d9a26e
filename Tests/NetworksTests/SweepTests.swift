import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// A folder of networks that `RATHER_SWEEP` names.
enum Sweep {
  static let folder = ProcessInfo.processInfo.environment["RATHER_SWEEP"].map { URL(filePath: $0) }

  static var names: [String] {
    let path = folder?.path ?? ""
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// Parity on any folder of networks that lies as `Tests/Reference/zoo.py` leaves its own;
/// for whole model libraries.
@Suite(.enabled(if: Sweep.folder != nil, "RATHER_SWEEP does not name a folder of networks"))
struct SweepTests {
  @Test(arguments: Sweep.names)
  func `outputs and gradients at the last spatial layer equal PyTorch's`(name: String) throws {
    let folder = try #require(Sweep.folder).appending(path: name)
    let member = try Zoo.Member(name: name, folder: folder)
    let output = try #require(try member.array("output"))
    try expectClose(member.program.output(for: member.input), output, within: 1e-4, of: name)
    let layer = try member.program.lastSpatialLayer()
    let result = try member.program.gradients(at: [layer], input: member.picture()) {
      try $0.reshaped([-1]).slice(axis: 0, 0..<3)
    }
    let activation = try #require(try member.array("activation"))
    try expectClose(result.activations[0], activation, within: 1e-4, of: name)
    let gradients = try #require(try member.array("gradients"))
    try expectClose(result.gradients[0], gradients, within: 1e-4, of: name)
  }
}
