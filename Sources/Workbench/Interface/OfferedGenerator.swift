internal import Foundation
internal import HTTPTypes
internal import Networks
internal import Sessions

/// A generator that contrastive examples can be drawn by, and the networks that it serves.
struct OfferedGenerator: Sendable {
  /// The file of its decoder.
  let path: String
  /// The size of what it draws, which is brought to what a network sees.
  let size: Size
  /// By place among the server's; those that answer with classes.
  let networks: [Int]

  struct Size: Encodable {
    let width: Int
    let height: Int
  }

  var name: String { URL(filePath: path).lastPathComponent }

  /// Reads a generator.
  ///
  /// - Throws: What is wrong with it, or that no network can be asked by it.
  init(_ path: String, for networks: [(choice: NetworkChoice, facts: Describe.Answer)]) throws {
    let generator = try Generator(contentsOf: path)
    self.path = path
    size = Size(width: generator.card.output.width, height: generator.card.output.height)
    self.networks = networks.indices.filter { networks[$0].facts.task == "classification" }
    if self.networks.isEmpty {
      throw Refusal(
        .badRequest,
        "the generator \(name) serves none of the networks: an example is as much Q as P, and they answer without classes"
      )
    }
  }
}
