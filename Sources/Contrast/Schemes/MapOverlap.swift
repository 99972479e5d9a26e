package import Confusion
package import Saliency
internal import Tensors

/// Clusters of classes whose saliency maps overlap.
///
/// With h = ReLU[H − neutral] / max, two maps overlap by
///
///     o(a, b) = Σ min(h_a, h_b) / Σ max(h_a, h_b)
///
/// and classes that a chain of overlaps of at least ``threshold`` joins are one cluster. The paper
/// names this way and rejects it (section 3): no threshold suits all pictures.
package struct MapOverlap: Hashable, Sendable {
  /// The overlap from which on two classes are one cluster, 0…1.
  package let threshold: Float

  /// Sets the threshold.
  package init(threshold: Float) { self.threshold = threshold }

  /// Puts classes in clusters, in order of first appearance.
  ///
  /// - Parameter maps: One a class.
  package func grouping(_ classes: [Int], _ maps: [SaliencyMap]) throws -> Partition.Grouping {
    let heights = try maps.map { try Self.heights(of: $0) }
    var cluster = Array(classes.indices)
    for i in classes.indices {
      for j in classes.indices.dropFirst(i + 1)
      where cluster[i] != cluster[j] && Self.overlap(heights[i], heights[j]) >= threshold {
        let (kept, gone) = (min(cluster[i], cluster[j]), max(cluster[i], cluster[j]))
        for k in cluster.indices where cluster[k] == gone { cluster[k] = kept }
      }
    }
    let groups = Dictionary(grouping: classes.indices) { cluster[$0] }
    return .init(groups: groups.keys.sorted().map { (groups[$0] ?? []).map { classes[$0] } })
  }

  /// How much two maps overlap, 0…1; 0 where both are empty.
  package static func overlap(of a: SaliencyMap, and b: SaliencyMap) throws -> Float {
    overlap(try heights(of: a), try heights(of: b))
  }

  private static func heights(of map: SaliencyMap) throws -> [Float] {
    let values = try map.values.floats().map { max(0, $0 - map.neutral) }
    let largest = values.max() ?? 0
    return largest > 0 ? values.map { $0 / largest } : values
  }

  private static func overlap(_ a: [Float], _ b: [Float]) -> Float {
    let common = zip(a, b).reduce(0) { $0 + Double(min($1.0, $1.1)) }
    let all = zip(a, b).reduce(0) { $0 + Double(max($1.0, $1.1)) }
    return all > 0 ? Float(common / all) : 0
  }
}
