import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Parity with PyTorch on every kind of network that it exports.
///
/// The same kernels run on the same numbers, so 1e-4 of the largest magnitude is ample.
@Suite(.enabled(if: Zoo.isAvailable, Zoo.reason))
struct ZooTests {
  @Test func `outputs equal PyTorch's`() throws {
    for name in try Zoo.names() {
      try Self.trying(name) {
        let member = try Zoo.member(name)
        let expected = try #require(try member.array("output"))
        try expectClose(member.program.output(for: member.input), expected, within: 1e-4, of: name)
      }
    }
  }

  @Test func `activations and gradients of three scores equal PyTorch's`() throws {
    for name in try Zoo.names() {
      try Self.trying(name) {
        let member = try Zoo.member(name)
        guard let activation = try member.array("activation") else { return }
        let result = try member.gradients()
        try expectClose(result.activations[0], activation, within: 1e-4, of: name)
        let expected = try #require(try member.array("gradients"))
        try expectClose(result.gradients[0], expected, within: 1e-4, of: name)
      }
    }
  }

  /// Goes on with the next network where one fails, and says which did.
  static func trying(_ name: String, _ body: () throws -> Void) throws {
    do { try body() } catch { Issue.record("\(name): \(error)") }
  }
}
