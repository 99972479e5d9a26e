internal import Files
internal import Foundation

extension GeneratorCard {
  /// Reads a card.
  ///
  /// - Throws: ``GeneratorError/noCard(_:template:)``, ``CardError``.
  public init(contentsOf path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw GeneratorError.noCard(path, template: Self.template.json)
    }
    let data = try CardError.reading(path)
    if (try? JSONDecoder().decode(Card.self, from: data)) != nil {
      throw GeneratorError.classifier(path)
    }
    self = try CardError.naming(path, data) { try JSONDecoder().decode(Self.self, from: data) }
  }

  /// Writes the card, whole or not at all.
  public func write(to path: String) throws {
    try WholeFile.write(Array(json.utf8), to: path)
  }

  /// The card as JSON text.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// A card to fill in: grey pictures of 28 × 28 from a `tanh`.
  private static var template: GeneratorCard {
    GeneratorCard(
      kind: .gan, decoder: "NAME.pt2", encoder: nil, latentLength: 100,
      output: Preprocessing(
        height: 28, width: 28, channels: 1, channelOrder: .gray, mean: [0.5], std: [0.5],
        resize: .squash, crop: 1))
  }
}
