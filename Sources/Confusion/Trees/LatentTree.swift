/// A hierarchical latent tree model over classes: binary latent variables whose leaves say which
/// classes are in a document.
///
/// Every latent variable and every class is 0 or 1. Latents lie in levels, 1 lowest; a class hangs
/// on one latent. With a ``distribution`` it is a Bayesian network
///
///     P(x) = Σ_z Π_roots P(z_r) Π_latents P(z_i | z_parent(i)) Π_classes P(x_c | z_parent(c))
///
/// and without one the bare structure, which is all that published trees hold.
public struct LatentTree: Hashable, Sendable {
  /// A latent variable.
  public struct Latent: Hashable, Sendable {
    /// Its name, such as `Z21`; no other has it.
    public let name: String
    /// How high it lies, 1 ... ``LatentTree/depthLimit``: never above the latent it hangs on. Classes
    /// may hang on latents of any level; in trees that were learnt, on those of level 1.
    public let level: Int
    /// The latent it hangs on, by its place in ``LatentTree/latents``; `nil` for a root.
    public let parent: Int?

    /// Describes a latent.
    public init(name: String, level: Int, parent: Int?) {
      (self.name, self.level, self.parent) = (name, level, parent)
    }
  }

  /// A class, at the foot of the tree.
  public struct Leaf: Hashable, Sendable {
    /// Its index among the network's classes.
    public let index: Int
    /// Its name; may be empty.
    public let label: String
    /// The latent it hangs on, by its place in ``LatentTree/latents``.
    public let parent: Int

    /// Describes a class.
    public init(index: Int, label: String, parent: Int) {
      (self.index, self.label, self.parent) = (index, label, parent)
    }
  }

  /// The latents; each comes after its parent.
  public let latents: [Latent]
  /// The classes, by index.
  public let leaves: [Leaf]
  /// The probabilities; `nil` for a bare structure.
  public let distribution: Distribution?

  /// Joins a structure and its probabilities, latents in any order.
  ///
  /// - Throws: ``LatentTreeError`` where it is no tree, where a class is in it twice or not in
  ///   0 ..< ``Corpus/classLimit``, where a latent has nothing below it, lies above its parent,
  ///   deeper than ``depthLimit`` or at a level outside 1 ... ``depthLimit``, or where the
  ///   probabilities are none or not as many as there are variables.
  public init(
    latents: [Latent], leaves: [Leaf], distribution: Distribution? = nil
  ) throws(LatentTreeError) {
    try self.init(TreeAssembly(latents: latents, leaves: leaves, distribution: distribution))
  }

  init(_ assembly: TreeAssembly) throws(LatentTreeError) {
    let sound = try assembly.checked()
    (latents, leaves, distribution) = (sound.latents, sound.leaves, sound.distribution)
  }

  /// The same structure with probabilities that are known to fit.
  func with(sound distribution: Distribution) -> LatentTree {
    LatentTree(latents: latents, leaves: leaves, sound: distribution)
  }

  /// Joins parts that are known to make a tree, in order.
  init(latents: [Latent], leaves: [Leaf], sound distribution: Distribution?) {
    (self.latents, self.leaves, self.distribution) = (latents, leaves, distribution)
  }

  /// The most latents on a way from a root down to a class, and the highest level.
  public static let depthLimit = 64

  /// The highest level that a latent lies at.
  public var height: Int { latents.map(\.level).max() ?? 0 }

  /// The latents that hang on none.
  public var roots: [Int] { latents.indices.filter { latents[$0].parent == nil } }

  /// The latents that hang on each, in order.
  public var children: [[Int]] {
    var children = [[Int]](repeating: [], count: latents.count)
    for (place, latent) in latents.enumerated() {
      if let parent = latent.parent { children[parent].append(place) }
    }
    return children
  }

  /// The same structure with other probabilities, or with none.
  ///
  /// - Throws: ``LatentTreeError`` where they do not fit.
  public func with(_ distribution: Distribution?) throws(LatentTreeError) -> LatentTree {
    try LatentTree(latents: latents, leaves: leaves, distribution: distribution)
  }
}

extension LatentTree {
  /// The probabilities of a tree, every variable given its parent.
  public struct Distribution: Hashable, Sendable {
    /// `P(1 | parent = 0)` and `P(1 | parent = 1)`; a root's are both `P(1)`.
    public typealias Table = SIMD2<Double>

    /// One a latent.
    public var latents: [Table]
    /// One a class.
    public var leaves: [Table]

    /// Joins tables.
    public init(latents: [Table], leaves: [Table]) {
      (self.latents, self.leaves) = (latents, leaves)
    }
  }
}
