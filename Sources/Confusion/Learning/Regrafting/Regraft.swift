/// A node that would better hang elsewhere.
struct Regraft: Sendable {
  let node: Int
  /// The latent that it would hang on.
  let target: Int
  /// Its table there.
  let table: DraftTree.Table
  /// What the log-likelihood gains.
  let gain: Double
}
