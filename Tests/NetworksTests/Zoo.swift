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
  static let reference = Result {
    let folder = try References.temporaryFolder()
    let names = try References.run("zoo.py", [folder.path])
    return (folder, names.split(separator: "\n").map(String.init))
  }

  static func names() throws -> [String] { try reference.get().1 }

  static func member(_ name: String) throws -> Member {
    let folder = try reference.get().0.appending(path: name)
    return try Member(name: name, folder: folder)
  }

  /// One network, read.
  struct Member {
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
