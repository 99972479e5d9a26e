/// The levels of latents in a form that does not say them.
struct LatentLevels {
  /// The latent that each hangs on.
  let parents: [Int?]
  /// The latents that classes hang on.
  let holders: Set<Int>

  /// The levels that the latents' names say where these agree with the tree, their heights where not.
  func levels(_ names: [String]) -> [Int] { named(names) ?? heights() }

  /// The levels of names `Z`, level, number, without a mark between, as the HLTA program gives them.
  ///
  /// They agree with the tree where no latent lies above its parent and those with classes, and only
  /// they, are of level 1.
  func named(_ names: [String]) -> [Int]? {
    var levels: [Int] = []
    for name in names {
      guard name.first == "Z", name.count >= 3,
        name.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
        let level = name.dropFirst().first?.wholeNumberValue, level > 0
      else { return nil }
      levels.append(level)
    }
    for (place, parent) in parents.enumerated() {
      if holders.contains(place) != (levels[place] == 1) { return nil }
      if let parent, levels[parent] < levels[place] { return nil }
    }
    return levels
  }

  /// One more than the highest below, 1 where only classes are below; 1 too on a cycle, which the
  /// tree refuses later.
  func heights() -> [Int] {
    var heights = [Int](repeating: 1, count: parents.count)
    var waiting = [Int](repeating: 0, count: parents.count)
    for parent in parents { if let parent { waiting[parent] += 1 } }
    var ready = parents.indices.filter { waiting[$0] == 0 }
    while let place = ready.popLast() {
      guard let parent = parents[place] else { continue }
      heights[parent] = max(heights[parent], heights[place] + 1)
      waiting[parent] -= 1
      if waiting[parent] == 0 { ready.append(parent) }
    }
    return heights
  }
}
