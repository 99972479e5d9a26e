/// How a latent tree is written to a file.
public enum TreeForm: String, CaseIterable, Hashable, Sendable {
  /// Rather's own: JSON that holds the tree whole and how it was found.
  case own
  /// The form of the trees that CWOX published: JSON, the structure alone.
  case published
  /// A Bayesian network as the HLTA program writes it.
  case bif

  /// The form that text is in, by how it begins.
  static func recognised(_ text: [UInt8]) -> TreeForm? {
    switch text.first(where: { !$0.isBlank }) {
    case UInt8(ascii: "{")?: .own
    case UInt8(ascii: "[")?: .published
    default: BIFText.begins(text) ? .bif : nil
    }
  }

  /// The form that a file's name asks for: BIF where it ends in `.bif`, Rather's own otherwise.
  public init(named path: String) { self = path.lowercased().hasSuffix(".bif") ? .bif : .own }
}

extension UInt8 {
  /// Whether it is a blank, a tab or an end of line.
  var isBlank: Bool { self == 32 || (9...13).contains(self) }
}
