internal import Foundation

extension LatentTree.Distribution {
  /// `s Σ (ln p + ln (1 − p))` over all free probabilities p: the logarithm of a Beta(1+s, 1+s) prior
  /// on each, but for a constant.
  func logPrior(of tree: LatentTree, pseudoCount: Double) -> Double {
    guard pseudoCount > 0 else { return 0 }
    func term(_ value: Double) -> Double { log(value) + log1p(-value) }
    var sum = 0.0
    for (latent, table) in zip(tree.latents, latents) {
      sum += term(table.x) + (latent.parent == nil ? 0 : term(table.y))
    }
    for table in leaves { sum += term(table.x) + term(table.y) }
    return pseudoCount * sum
  }
}
