internal import Terms

/// One level of a tree: islands of the variables of the level below.
struct LevelLearning {
  let islands: [Island]

  /// Divides the variables of cases into islands.
  init(_ below: Cases, learning: TreeLearning, stream: RandomStream) {
    let information = MutualInformation(of: below)
    var partners = NearestPartners(information)
    var growth = IslandGrowth(
      cases: below, information: information, learning: learning, stream: stream)
    var islands: [Island] = []
    while !partners.free.isEmpty {
      for island in growth.islands(among: partners) {
        islands.append(island)
        partners.remove(island.variables)
      }
    }
    // By their first variables, so that islands found in another order are numbered alike.
    islands.sort { ($0.variables.min() ?? 0) < ($1.variables.min() ?? 0) }
    self.islands = islands
  }

  /// The cases of the next level, latent `i` that of island `i`: each case's latents that are
  /// likelier 1 than 0, every island by itself.
  func assigned(_ below: Cases) -> Cases {
    var places = [(island: Int32, bit: UInt64)](
      repeating: (0, 0), count: below.variableCount)
    for (place, island) in islands.enumerated() {
      for (bit, variable) in island.variables.enumerated() {
        places[variable] = (Int32(place), 1 << UInt64(bit))
      }
    }
    var rows = SparseRows()
    var masks: [Int32: UInt64] = [:]
    for place in 0..<below.count {
      masks.removeAll(keepingCapacity: true)
      for variable in below[place] {
        let (island, bit) = places[Int(variable)]
        masks[island, default: 0] |= bit
      }
      let present = masks.filter { islands[Int($0.key)].isPresent($0.value) }.keys.sorted()
      rows.append(present, weight: below.weights[place])
    }
    return Cases(variableCount: islands.count, rows: rows, total: below.total)
  }
}
