/// What the cases that touch a node say of latents that it might hang on, read without the node.
struct NodeReading {
  let node: Int
  /// What the node itself says.
  var said = SaidByNode()
  /// `P(root = 1 | rest)` of each case.
  var roots: [Double] = []
  var candidates: [Int] = []
  /// By candidate, the expected weight of cases in which it is 1.
  var shares: [Double] = []
  /// What single cases say of single candidates; of others they say what the root says.
  var entries: [Entry] = []

  struct Entry {
    /// The place of the latent among ``NodeReading/candidates``.
    let slot: Int32
    /// The place of the case.
    let place: Int32
    /// `P(z = 1 | rest)`.
    let posterior: Double
    /// Whether the rest of the case touches the latent.
    let isTouched: Bool
  }

  init(node: Int) { self.node = node }
}
