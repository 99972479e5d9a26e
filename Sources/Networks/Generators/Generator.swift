internal import Files
internal import Foundation
public import Tensors

/// A network from codes to pictures, with one from pictures to codes where there is one.
public struct Generator: Sendable {
  /// G, from codes to pictures.
  public let decoder: Program
  /// E, from pictures to codes.
  public let encoder: Program?
  /// What the files do not say themselves.
  public let card: GeneratorCard

  /// Joins programs to their card, and tries them on one code.
  ///
  /// - Throws: ``GeneratorError``, ``NetworkError``.
  public init(decoder: Program, encoder: Program?, card: GeneratorCard) throws {
    self.decoder = decoder
    self.encoder = encoder
    self.card = card
    try check()
  }

  /// Reads a generator by its decoder; the card lies beside it, the encoder where the card says.
  public init(contentsOf path: String) throws {
    let cardPath = Card.path(besides: path)
    let card = try GeneratorCard(contentsOf: cardPath)
    let folder = URL(filePath: cardPath).deletingLastPathComponent().relativePath
    func beside(_ name: String) -> String { name.hasPrefix("/") ? name : "\(folder)/\(name)" }
    try self.init(
      decoder: Program(contentsOf: path),
      encoder: card.encoder.map { try Program(contentsOf: beside($0)) }, card: card)
  }

  /// Writes decoder, encoder and card, the card last, as `NAME.pt2`, `NAME-encoder.pt2` and
  /// `NAME.json`; the card names the files.
  public func write(to path: String) throws {
    let url = URL(filePath: path)
    var card = card
    card.decoder = url.lastPathComponent
    card.encoder = encoder.map { _ in
      url.deletingPathExtension().lastPathComponent + "-encoder.pt2"
    }
    let files = WholeFiles()
    try decoder.write(to: path, among: files)
    if let encoder, let name = card.encoder {
      let place = url.deletingLastPathComponent().appending(path: name).path
      try encoder.write(to: place, among: files)
    }
    try files.add(Array(card.json.utf8), to: Card.path(besides: path))
    try files.commit()
  }

  /// The generator with its weights on a device.
  public func on(_ device: Device) throws -> Generator {
    try Generator(trusting: decoder.on(device), encoder?.on(device), card)
  }

  /// The numbers of pictures for codes, recorded for gradients where the codes are.
  ///
  /// - Shapes: `codes` is `[N, k]`, the result `[N, C, H, W]`.
  public func pictures(for codes: Tensor) throws -> Tensor {
    let tail = decoder.inputShape.dropFirst().count
    let shaped =
      tail > 1
      ? try codes.reshaped([codes.shape[0], -1] + [Int](repeating: 1, count: tail - 1)) : codes
    return try decoder.inBatches(shaped).reshaped([codes.shape[0]] + pictureShape)
  }

  /// The codes of pictures; `nil` where there is no encoder.
  ///
  /// - Shapes: `pictures` is `[N, C, H, W]`, normalised as the card says; the result `[N, k]`.
  public func codes(of pictures: Tensor) throws -> Tensor? {
    try encoder?.inBatches(pictures).reshaped([pictures.shape[0], card.latentLength])
  }

  /// Channels, rows and columns of a picture.
  public var pictureShape: [Int] {
    [card.output.channels, card.output.height, card.output.width]
  }

  private init(trusting decoder: Program, _ encoder: Program?, _ card: GeneratorCard) {
    self.decoder = decoder
    self.encoder = encoder
    self.card = card
  }

  private func check() throws {
    let length = card.latentLength
    let expected = decoder.inputShape.dropFirst()
    guard expected.isEmpty || expected.first == length || expected.first == .some(nil),
      expected.dropFirst().allSatisfy({ $0 == nil || $0 == 1 })
    else { throw GeneratorError.codeShape(decoder.inputShape, latentLength: length) }
    for program in [decoder, encoder].compactMap(\.self) {
      if let fixed = program.batchLength, fixed > 1 { throw GeneratorError.batchLength(fixed) }
      if program.answers.count > 1 {
        throw GeneratorError.severalOutputs(program.answers.map(\.text))
      }
    }
    let code = try Tensor([Float](repeating: 0, count: length), shape: [1, length])
    let tail = expected.dropFirst().map { _ in 1 }
    let picture = try decoder.output(for: code.reshaped([1, length] + tail))
    guard picture.count == pictureShape.reduce(1, *) else {
      throw GeneratorError.pictureShape(Array(picture.shape.dropFirst()), expected: pictureShape)
    }
    guard try picture.isAllFinite() else { throw GeneratorError.notFinite }
    guard let encoder else { return }
    let found = try encoder.output(for: picture.reshaped([1] + pictureShape))
    guard found.count == length else {
      throw GeneratorError.encoderShape(Array(found.shape.dropFirst()), latentLength: length)
    }
  }
}
