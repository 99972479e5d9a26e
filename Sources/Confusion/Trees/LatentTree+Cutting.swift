public import Terms

extension LatentTree {
  /// The clusters that cutting the tree at a level gives: the classes below each latent of it.
  ///
  /// A class lies below the last latent on its way up that is not above the level.
  ///
  /// - Parameter level: 1 cuts just above the classes, ``height`` at the top.
  /// - Throws: ``CutError/level(_:height:)``.
  public func partition(atLevel level: Int = 1) throws(CutError) -> Partition {
    guard (1...height).contains(level) else { throw .level(level, height: height) }
    var tops: [Int] = []
    for (place, latent) in latents.enumerated() {
      let isInside = latent.parent.map { latents[$0].level <= level && latent.level < level }
      tops.append(isInside == true ? tops[latent.parent ?? place] : place)
    }
    var clusters: [[Int]] = []
    var places: [Int: Int] = [:]
    for leaf in leaves {
      let top = tops[leaf.parent]
      if let place = places[top] {
        clusters[place].append(leaf.index)
      } else {
        places[top] = clusters.count
        clusters.append([leaf.index])
      }
    }
    do { return try Partition(clusters) } catch { throw .level(level, height: height) }
  }
}

/// What can be wrong with a cut.
public enum CutError: Fault, Hashable {
  case level(Int, height: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .level(let level, 1):
      "the tree has no level \(level); its only level is 1, just above the classes"
    case .level(let level, let height):
      "the tree has no level \(level); its levels are 1, just above the classes, to \(height)"
    }
  }
}
