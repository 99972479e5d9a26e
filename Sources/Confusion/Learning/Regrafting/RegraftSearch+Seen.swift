extension RegraftSearch {
  /// What all cases say of a latent without the node.
  func seen(_ latent: Int, _ reading: NodeReading) -> SeenWithout {
    let base = idle[latent]
    var posteriors = reading.roots.map { (1 - $0) * base[0] + $0 * base[1] }
    var isTouched = [Bool](repeating: false, count: posteriors.count)
    let slot = slots[latent]
    for entry in reading.entries where entry.slot == slot && slot >= 0 {
      posteriors[Int(entry.place)] = entry.posterior
      isTouched[Int(entry.place)] = entry.isTouched
    }
    var touched = expectations.touched[latent]
    var (count, one) = (
      cases.total - expectations.touching[latent], expectations.untouched[latent][1]
    )
    let isParent = latent == tree.parents[reading.node]
    for place in posteriors.indices {
      let (weight, q) = (reading.said.weights[place], posteriors[place])
      if isParent {
        let full = withNode(q, reading.node, reading.said.likelihoods[place])
        touched -= weight * Table(1 - full, full)
      } else if isTouched[place] {
        touched -= weight * Table(1 - q, q)
      } else {
        (count, one) = (count - weight, one - weight * q)
      }
    }
    touched.replace(with: 0, where: touched .< 0)
    count = max(0, count)
    var q = count > 0 ? min(1, max(0, one / count)) : 0
    if isParent {
      // The present parent's posterior knows that nothing below the node is there; take that back.
      let message = message(of: reading.node, reading.said.absent)
      let (zero, one) = ((1 - q) / message[0], q / message[1])
      q = one / (zero + one)
    }
    return SeenWithout(posteriors: posteriors, touched: touched, untouched: (count, q))
  }

  /// The present parent's posterior where the node is put back.
  private func withNode(_ q: Double, _ node: Int, _ likelihood: Table) -> Double {
    let message = message(of: node, likelihood)
    let (zero, one) = ((1 - q) * message[0], q * message[1])
    return one / (zero + one)
  }

  private func message(of node: Int, _ likelihood: Table) -> Table {
    (1 - tree.tables[node]) * likelihood[0] + tree.tables[node] * likelihood[1]
  }
}
