import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// The networks that `Tests/Reference/zoo.py` exports, with what PyTorch makes of them.
enum Zoo {
  static let isAvailable = References.python != nil
  static let reason = Comment(rawValue: References.needsPython)

  /// One run of the script serves all tests.
  static let folder = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("zoo.py", [folder.path])
    return folder
  }

  private static let members = Result {
    let folder = try Zoo.folder.get()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, Result { try Member(name: name, folder: folder.appending(path: name)) })
      })
  }

  static func names() throws -> [String] {
    let names = try members.get().keys.sorted()
    // A loop over too few would test too little.
    try #require(names.count > 60, "the zoo has only \(names.count) networks")
    return names
  }

  static func member(_ name: String) throws -> Member {
    try #require(try members.get()[name]).get()
  }

  /// One network, read.
  struct Member: Sendable {
    let name: String
    let folder: URL
    let program: Program
    let input: Tensor

    init(name: String, folder: URL) throws {
      self.name = name
      self.folder = folder
      program = try Program(contentsOf: folder.appending(path: "network.pt2").path)
      input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    }

    /// The layer that PyTorch was asked about, or `nil` where there is none.
    func layer() throws -> Layer? {
      let name = try String(contentsOf: folder.appending(path: "layer.txt"), encoding: .utf8)
      return name.isEmpty ? nil : try program.layer(named: name)
    }

    /// The first picture, as a batch of one.
    func picture() throws -> Tensor { try input.slice(axis: 0, 0..<1) }

    /// Gradients of the first three logits of the first picture, at the layer.
    func gradients() throws -> LayerGradients {
      let layer = try #require(try layer())
      return try program.gradients(at: [layer], input: picture()) {
        try $0.reshaped([-1]).slice(axis: 0, 0..<3)
      }
    }

    /// What PyTorch left in a file, or `nil` where there is none.
    func array(_ file: String) throws -> Tensor? {
      let url = folder.appending(path: file + ".npy")
      guard FileManager.default.fileExists(atPath: url.path) else { return nil }
      return try NumPyFile.tensor(at: url)
    }
  }
}
