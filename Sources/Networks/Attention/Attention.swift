/// An attention of a network: how much each token looks at each other.
package struct Attention: Sendable {
  /// The matrix behind the softmax, `[N, H, n, n]` or `[N·H, n, n]`: a row for each token that looks, of heads H.
  package let matrix: Layer
  /// The rows of tokens `[N, n, K]` that queries, keys and values are made of; `nil` where they are not the same.
  package let tokens: Layer?
  /// The rows of tokens behind it and what follows it in its block, `[N, n, K]`: the last sum of such rows before the
  /// next attention. `nil` where there is none.
  package let block: Layer?
}

/// A network whose attention can be looked at.
package struct AttentiveNetwork: Sendable {
  /// The same network with attention written out.
  package let network: Network
  /// Its attentions, the first one first; all are over the same tokens.
  package let attentions: [Attention]
  /// The tokens that are features: patches of a picture, or the tokens of a text.
  package let features: Range<Int>
  /// Rows and columns of the patches; empty for a text.
  package let grid: [Int]
  /// How many tokens there are, with those that are no features, such as a class token.
  package let count: Int
}

extension Network {
  /// The network with its attention written out, and where its tokens are.
  ///
  /// - Complexity: some walks over the program; nothing is computed.
  /// - Throws: ``AttentionFault`` where there is no attention, or none over all tokens.
  package func attentive() throws -> AttentiveNetwork {
    let written = try Network(self, program: program.expandingOperators().program)
    return try AttentionFinder(in: written).found()
  }
}
