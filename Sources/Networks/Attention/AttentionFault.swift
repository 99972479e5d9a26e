public import Terms

/// Why what a network's tokens look at cannot be explained.
public enum AttentionFault: Fault, Hashable {
  /// It has no attention.
  case none
  /// An attention that cannot be written out, as one that masks later tokens.
  case unreadable(at: String)
  /// Attention is among the tokens of a window, or among those that other tokens were joined to.
  case notOfAllTokens(at: String, [Int?])
  /// Tokens look at other tokens than those that they are among.
  case notSquare(at: String, [Int?])
  /// Attentions are over different numbers of tokens.
  case unlikeTokens([Int])
  /// Nothing says which tokens are the picture's patches.
  case noPatches(tokens: Int)
  /// Queries, keys and values are not made of the same rows.
  case noCommonTokens(at: String)
  /// The network's head does not read the tokens of the last block alone.
  case noCommonHead

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .none:
      "the network has no attention; use grad-cam, or a method that covers parts of the input, such as rise"
    case .unreadable(let place):
      "the attention at “\(place)” masks tokens or leaves them out in a way that cannot be written out; use grad-cam"
    case .notOfAllTokens(let place, let shape):
      "the attention at “\(place)” has shape \(shape.shapeText), which is not over all patches of the picture: it is"
        + " within windows, or among joined tokens, so no matrix says what the answer looks at; use grad-cam"
    case .notSquare(let place, let shape):
      "the attention at “\(place)” has shape \(shape.shapeText): tokens look at others than those that they are among;"
        + " use grad-cam"
    case .unlikeTokens(let counts):
      "the network's attentions are over \(counts.map(String.init).joined(separator: ", ")) tokens, so they"
        + " cannot be joined; use grad-cam"
    case .noPatches(let count):
      "nothing says which of the network's \(count) tokens are the picture's patches; use grad-cam"
    case .noCommonTokens(let place):
      "queries, keys and values of the attention at “\(place)” are not made of the same tokens; use gradient-rollout"
    case .noCommonHead:
      "the network's answer does not follow from the tokens of its last block alone, so those of earlier"
        + " blocks cannot take their place; use gradient-rollout"
    }
  }
}
