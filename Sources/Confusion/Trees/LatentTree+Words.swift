internal import Foundation

extension LatentTree {
  /// `P(Z = 1)` of each latent; `nil` for a bare structure.
  public var latentProbabilities: [Double]? {
    guard let tables = distribution?.latents else { return nil }
    var probabilities: [Double] = []
    for (latent, table) in zip(latents, tables) {
      let above = latent.parent.map { probabilities[$0] } ?? 0
      probabilities.append(Self.through(table, above))
    }
    return probabilities
  }

  /// A class below a latent.
  public struct Word: Hashable, Sendable {
    /// The class, by its place in ``LatentTree/leaves``.
    public let leaf: Int
    /// `P(x = 1 | Z)` for Z = 0 and 1; `nil` for a bare structure.
    public let table: Distribution.Table?
    /// The mutual information of the class and the latent, in nats; 0 for a bare structure.
    public let information: Double

    /// `P(x = 1 | Z = 1)`; `nil` for a bare structure.
    public var probability: Double? { table?[1] }
  }

  /// The classes below each latent, those that tell most about it first.
  ///
  /// The order is by mutual information `I(Z; x)`, ties by index. Of a bare structure, branches take
  /// turns, larger ones first, so that the first classes are of different clusters.
  ///
  /// - Complexity: the number of classes times the depth.
  public func words() -> [[Word]] {
    if distribution == nil { return wordsInTurn() }
    let probabilities = latentProbabilities
    var words = [[Word]](repeating: [], count: latents.count)
    for (place, leaf) in leaves.enumerated() {
      var table = distribution?.leaves[place]
      var next: Int? = leaf.parent
      while let latent = next {
        words[latent].append(
          Word(
            leaf: place, table: table,
            information: table.map { Self.information($0, probabilities?[latent] ?? 0) } ?? 0))
        if let own = distribution?.latents[latent], let below = table {
          table = [Self.through(below, own[0]), Self.through(below, own[1])]
        }
        next = latents[latent].parent
      }
    }
    return words.map { $0.sorted { ($1.information, $0.leaf) < ($0.information, $1.leaf) } }
  }

  private func wordsInTurn() -> [[Word]] {
    var branches = [[[Word]]](repeating: [], count: latents.count)
    for (place, leaf) in leaves.enumerated() {
      branches[leaf.parent].append([Word(leaf: place, table: nil, information: 0)])
    }
    var words = [[Word]](repeating: [], count: latents.count)
    for (place, latent) in latents.enumerated().reversed() {
      words[place] = Self.taken(inTurn: branches[place])
      if let parent = latent.parent { branches[parent].append(words[place]) }
    }
    return words
  }

  /// The first of each list, the second of each and so on, longer lists first.
  private static func taken(inTurn lists: [[Word]]) -> [Word] {
    let sorted = lists.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.map(\.element)
    return (0..<(sorted.first?.count ?? 0)).flatMap { turn in
      sorted.compactMap { $0.count > turn ? $0[turn] : nil }
    }
  }

  /// `P(x = 1)` where the parent is 1 with a probability.
  private static func through(_ table: Distribution.Table, _ parent: Double) -> Double {
    table[0] == table[1] ? table[0] : table[0] * (1 - parent) + table[1] * parent
  }

  /// The mutual information of a variable and its ancestor, which is 1 with a probability.
  private static func information(_ table: Distribution.Table, _ parent: Double) -> Double {
    let present = through(table, parent)
    var sum = 0.0
    for (joint, product) in [
      (table[1] * parent, present * parent), (table[0] * (1 - parent), present * (1 - parent)),
      ((1 - table[1]) * parent, (1 - present) * parent),
      ((1 - table[0]) * (1 - parent), (1 - present) * (1 - parent)),
    ] where joint > 0 && product > 0 {
      sum += joint * log(joint / product)
    }
    return max(sum, 0)
  }
}
