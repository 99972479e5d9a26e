internal import Terms

/// What a generator's files do not say themselves: which is which, and what its numbers show.
///
/// Stored as `NAME.json` beside the decoder `NAME.pt2`.
public struct GeneratorCard: Hashable, Sendable {
  /// How a generator was made.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The decoder of a variational autoencoder (Kingma and Welling 2014); codes are drawn from N(0, I).
    case vae
    /// The decoder of an autoencoder; codes have the moments of N(0, I) and no more.
    case autoencoder
    /// The generator of a generative adversarial network (Goodfellow et al. 2014).
    case gan
    /// Anything else from codes to pictures.
    case other
  }

  /// How it was made.
  public var kind: Kind
  /// The file from codes to pictures, beside the card.
  public var decoder: String
  /// The file from pictures to codes, beside the card; `nil` where there is none.
  public var encoder: String?
  /// The length of a code.
  public var latentLength: Int
  /// What the numbers of a picture are, for decoder and encoder: `(picture − mean) / std`, and how
  /// a picture is brought to their size.
  public var output: Preprocessing

  /// Describes a generator whose files lie beside the card.
  public init(
    kind: Kind, decoder: String, encoder: String?, latentLength: Int, output: Preprocessing
  ) {
    self.kind = kind
    self.decoder = decoder
    self.encoder = encoder
    self.latentLength = latentLength
    self.output = output
  }
}

extension GeneratorCard: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case kind, decoder, encoder, latentLength, output
  }

  /// Reads a card; keys that it does not know are errors.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    kind =
      try container.decodeIfPresent(String.self, forKey: .kind) == nil
      ? .other : try container.choice(Kind.self, .kind)
    self.decoder = try container.decode(String.self, forKey: .decoder)
    encoder = try container.decodeIfPresent(String.self, forKey: .encoder)
    latentLength = try container.decode(Int.self, forKey: .latentLength)
    output = try container.decode(Preprocessing.self, forKey: .output)
    if output.crop != 1 {
      // What is drawn is the whole picture.
      throw CardFault(key: "output.crop", found: "\(output.crop)", expected: "1 for a generator")
    }
    if !(1...SettingFault.most).contains(latentLength) {
      throw CardFault(
        key: "latentLength", found: "\(latentLength)", expected: "from 1 to \(SettingFault.most)")
    }
  }

  /// Writes a card.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(decoder, forKey: .decoder)
    try container.encodeIfPresent(self.encoder, forKey: .encoder)
    try container.encode(latentLength, forKey: .latentLength)
    try container.encode(output, forKey: .output)
  }
}
