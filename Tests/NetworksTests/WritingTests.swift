import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Archives that Rather writes: read again here, and loaded by PyTorch.
@Suite(.enabled(if: Zoo.isAvailable, Zoo.reason))
struct WritingTests {
  @Test func `a written network gives the same output here and in PyTorch`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = try Zoo.names()
    for name in names {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        let path = folder.appending(path: name + ".pt2").path
        try member.program.write(to: path)
        let again = try Program(contentsOf: path).output(for: member.input)
        #expect(try again.floats() == member.program.output(for: member.input).floats(), "\(name)")
      }
    }
    _ = try References.run("load.py", [folder.path, Zoo.folder.get().path])
    for name in names {
      let loaded = try NumPyFile.tensor(at: folder.appending(path: name + ".npy"))
      let expected = try #require(try Zoo.member(name).array("output"))
      try expectClose(loaded, expected, within: 1e-4, of: name)
    }
  }

  @Test func `a program that was rewritten is written as what it is now`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var count = 0
    for name in try Zoo.names() {
      let member = try Zoo.member(name)
      guard
        let passes = try? InvariantTests.passes(over: member.program, at: member.input)
      else { continue }
      try ZooTests.trying(name) {
        for (pass, program) in passes {
          // Not every operator computes in every type.
          guard let expected = try? program.output(for: member.input) else { continue }
          let place = folder.appending(path: pass)
          try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
          let path = place.appending(path: name + ".pt2").path
          try program.write(to: path)
          let again = try Program(contentsOf: path)
          // Fused convolutions are written as plain ones; all else is the same calls.
          let tolerance: Float = pass.hasPrefix("fused") ? 1e-4 : pass == "bfloat16" ? 0.02 : 1e-6
          try expectClose(
            again.output(for: member.input), expected, within: tolerance, of: "\(name), \(pass)")
          if pass == "folded" { #expect(again.weights.count == program.weights.count) }
          count += 1
        }
      }
    }
    #expect(count > 400, "only \(count) programs were written")
    for pass in ["folded", "fused in place"] {
      let place = folder.appending(path: pass)
      _ = try References.run("load.py", [place.path, Zoo.folder.get().path])
      let written = try FileManager.default.contentsOfDirectory(atPath: place.path)
      for file in written where file.hasSuffix(".npy") {
        let name = String(file.dropLast(4))
        let expected = try #require(try Zoo.member(name).array("output"))
        try expectClose(
          NumPyFile.tensor(at: place.appending(path: file)), expected, within: 1e-3,
          of: "\(name), \(pass)")
      }
    }
  }

  @Test func `a network is the same bytes under any name`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try SmallNetwork.program()
    let files = ["one.pt2", "another.pt2"].map { folder.appending(path: $0) }
    for file in files { try program.write(to: file.path) }
    #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
  }

  @Test func `PyTorch loads a network that was built here`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try SmallNetwork.program()
    try program.write(to: folder.appending(path: "built.pt2").path)
    let original = folder.appending(path: "built")
    try FileManager.default.createDirectory(at: original, withIntermediateDirectories: false)
    let input = try SmallNetwork.input(batch: 3)
    try NumPyFile.data(of: input).write(to: original.appending(path: "input.npy"))
    _ = try References.run("load.py", [folder.path, folder.path])
    try expectClose(
      NumPyFile.tensor(at: folder.appending(path: "built.npy")), program.output(for: input),
      within: 1e-5)
  }
}
