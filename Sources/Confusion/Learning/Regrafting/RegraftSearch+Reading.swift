extension RegraftSearch {
  /// Reads the cases that touch a node that was taken out of the tree.
  func read(_ node: Int) -> NodeReading {
    var reading = NodeReading(node: node)
    reading.said.absent = level == 0 ? [1, 0] : pass.nodes[node].absent
    var (rest, below): ([Int32], [Int32]) = ([], [])
    for leaf in leaves[node] {
      for place in cases.cases(of: Int(leaf)) where marks[Int(place)] != Int32(node) {
        marks[Int(place)] = Int32(node)
        rest.removeAll(keepingCapacity: true)
        below.removeAll(keepingCapacity: true)
        for word in cases[Int(place)] {
          if owners[Int(word)] == Int32(node) { below.append(word) } else { rest.append(word) }
        }
        reading.said.weights.append(cases.weights[Int(place)])
        reading.said.likelihoods.append(level == 0 ? Table(0, 1) : likelihood(of: below, node))
        note(rest, in: &reading)
      }
    }
    return reading
  }

  private func likelihood(of below: [Int32], _ node: Int) -> Table {
    below.withUnsafeBufferPointer { pass.climb($0, toLevel: level) }
    let value = pass.nodes[node].gathered
    return value / value.sum()
  }

  private func note(_ rest: [Int32], in reading: inout NodeReading) {
    rest.withUnsafeBufferPointer { pass.climb($0, toLevel: pass.height) }
    pass.descend(toLevel: level + 1)
    reading.roots.append(pass.rootPosterior)
    for latent in pass.touched(atLevel: level + 1) {
      add(Int(latent), pass.nodes[Int(latent)].posterior[1], isTouched: true, to: &reading)
    }
    // What the root says of its untouched children, ``idle`` tells for all at once.
    guard level + 2 < pass.height else { return }
    for above in pass.touched(atLevel: level + 2) {
      let posterior = pass.nodes[Int(above)].posterior
      for latent in tree.children[Int(above)] where !pass.isTouched(latent) {
        add(latent, (posterior * pass.idle(latent)).sum(), isTouched: false, to: &reading)
      }
    }
  }

  @inline(__always)
  private func add(
    _ latent: Int, _ posterior: Double, isTouched: Bool, to reading: inout NodeReading
  ) {
    if slots[latent] < 0 {
      slots[latent] = Int32(reading.candidates.count)
      reading.candidates.append(latent)
      reading.shares.append(0)
    }
    let (slot, place) = (slots[latent], reading.roots.count - 1)
    reading.shares[Int(slot)] += reading.said.weights[place] * posterior
    reading.entries.append(
      .init(slot: slot, place: Int32(place), posterior: posterior, isTouched: isTouched))
  }
}
