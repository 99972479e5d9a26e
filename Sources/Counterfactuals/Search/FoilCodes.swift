internal import Networks
internal import Tensors
internal import Terms

/// Codes that the network takes for a foil among draws of the generator, so that a search may also come
/// from the foil's side: what is far from the input and steep, as a stamp that G draws or leaves out, has
/// no gradient there to be found by.
struct FoilCodes {
  private let codes: [[Float]]
  /// The likeliest class of each draw.
  private let classes: [Int]

  /// Draws that are looked at.
  private static let count = 512

  /// Draws codes from N(0, I), and asks the network about each.
  ///
  /// - Complexity: 512 forward passes.
  init(_ context: SearchContext, from stream: RandomStream) throws {
    let length = context.generator.card.latentLength
    codes = (0..<Self.count).map { place in
      var draw = stream.stream(for: place)
      return (0..<length).map { _ in draw.normal() }
    }
    var classes: [Int] = []
    let width = context.network.classCount
    for first in stride(from: 0, to: codes.count, by: context.batch) {
      let part = Array(codes[first..<min(first + context.batch, codes.count)])
      let rows = try Tensor(part.flatMap(\.self), shape: [part.count, length]).on(context.device)
      let drawn = try context.space.picture(drawn: context.generator.pictures(for: rows))
      let logits = try context.network.recordedLogits(for: context.space.input(for: drawn)).floats()
      classes += part.indices.map { row in
        let own = logits[row * width..<(row + 1) * width]
        return (own.indices.max { own[$0] < own[$1] } ?? row * width) - row * width
      }
    }
    self.classes = classes
  }

  /// The codes of a foil, the nearest to a code first.
  func nearest(to code: [Float], among foil: ClassSet, limit: Int) -> [[Float]] {
    let own = codes.indices.filter { foil.indices.contains(classes[$0]) }
    let distances = own.map { place in
      zip(codes[place], code).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return zip(own, distances).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit)
      .map { codes[$0.0] }
  }
}
