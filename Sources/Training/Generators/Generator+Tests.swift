internal import Datasets
internal import Networks
internal import Tensors

extension GeneratorCard {
  /// The card of a generator of a set's pictures, whose numbers are 0…1.
  static func trained(_ kind: Kind, latentLength: Int, on set: PictureSet) -> GeneratorCard {
    GeneratorCard(
      kind: kind, decoder: "", encoder: nil, latentLength: latentLength,
      output: Preprocessing(
        height: set.height, width: set.width, channels: set.channels,
        channelOrder: set.channels == 1 ? .gray : .rgb,
        mean: [Float](repeating: 0, count: set.channels),
        std: [Float](repeating: 1, count: set.channels), resize: .squash, crop: 1))
  }
}

extension Generator {
  /// The mean square of the difference between pictures and what their codes decode to.
  func squaredError(on set: PictureSet) throws -> Float {
    let batches = Batches(set, card.output, size: 250)
    var sum: Float = 0
    for indices in set.count.batches(of: 250) {
      let input = try batches.pictures(Array(indices))
      guard let codes = try codes(of: input) else { return .nan }
      sum += try (pictures(for: codes) - input).squared().sum().number()
    }
    return sum / Float(set.count * set.pictureLength)
  }
}

extension Int {
  /// The numbers below this one in runs of a length, the last maybe shorter.
  func batches(of length: Int) -> [Range<Int>] {
    stride(from: 0, to: self, by: length).map { $0..<Swift.min($0 + length, self) }
  }
}
