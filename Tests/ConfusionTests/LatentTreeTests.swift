import Confusion
import Testing

/// Known answers and bad input.
@Suite struct LatentTreeTests {
  /// Strings {1, 2}, guitars {3, 4, 5} and cats {6} under two latents of level 2.
  static let latents: [LatentTree.Latent] = [
    .init(name: "strings", level: 1, parent: 3), .init(name: "guitars", level: 1, parent: 3),
    .init(name: "cats", level: 1, parent: 4), .init(name: "music", level: 2, parent: 5),
    .init(name: "beasts", level: 2, parent: 5), .init(name: "all", level: 3, parent: nil),
  ]
  static let leaves: [LatentTree.Leaf] = zip([3, 1, 2, 4, 5, 6], [1, 0, 0, 1, 1, 2]).map {
    .init(index: $0, label: "", parent: $1)
  }

  @Test func `latents come after their parents and classes in order`() throws {
    let tree = try LatentTree(latents: Self.latents, leaves: Self.leaves)
    #expect(tree.latents.map(\.name) == ["all", "music", "beasts", "strings", "guitars", "cats"])
    #expect(tree.latents.map(\.parent) == [nil, 0, 0, 1, 1, 2])
    #expect(tree.leaves.map(\.index) == [1, 2, 3, 4, 5, 6])
    #expect(tree.leaves.map { tree.latents[$0.parent].name }.last == "cats")
  }

  @Test(arguments: [
    (1, [[1, 2], [3, 4, 5], [6]]), (2, [[1, 2, 3, 4, 5], [6]]), (3, [[1, 2, 3, 4, 5, 6]]),
  ])
  func `a cut gives the classes below each latent of its level`(level: Int, clusters: [[Int]])
    throws
  {
    let tree = try LatentTree(latents: Self.latents, leaves: Self.leaves)
    #expect(try tree.partition(atLevel: level).clusters == clusters)
  }

  @Test func `a level that the tree has not is named`() throws {
    let tree = try LatentTree(latents: Self.latents, leaves: Self.leaves)
    #expect(throws: CutError.level(4, height: 3)) { try tree.partition(atLevel: 4) }
    #expect(throws: CutError.level(0, height: 3)) { try tree.partition(atLevel: 0) }
  }

  @Test func `classes group in order of first appearance and classes in no cluster stand alone`()
    throws
  {
    let tree = try LatentTree(latents: Self.latents, leaves: Self.leaves)
    let grouping = try tree.partition().grouping([4, 2, 99, 3, 1, 2])
    #expect(grouping == .init(groups: [[4, 3], [2, 1], [99]], unclustered: [99]))
  }

  @Test func `a class in two places, a cycle and an empty latent are refused`() throws {
    func error(_ latents: [LatentTree.Latent], _ leaves: [LatentTree.Leaf]) -> LatentTreeError? {
      do { _ = try LatentTree(latents: latents, leaves: leaves) } catch { return error }
      return nil
    }
    #expect(
      error(Self.latents, Self.leaves + [.init(index: 3, label: "", parent: 2)])
        == .repeatedClass(3))
    #expect(error(Self.latents, []) == .noClasses)
    #expect(
      error(Self.latents + [.init(name: "idle", level: 1, parent: nil)], Self.leaves)
        == .nothingBelow("idle"))
    #expect(
      error(Self.latents + [.init(name: "cats", level: 1, parent: nil)], Self.leaves)
        == .repeatedLatent("cats"))
    var cyclic = Self.latents
    cyclic[5] = .init(name: "all", level: 3, parent: 3)
    #expect(error(cyclic, Self.leaves) == .cycle(through: "strings"))
    var upward = Self.latents
    upward[0] = .init(name: "strings", level: 3, parent: 3)
    #expect(error(upward, Self.leaves) == .level(of: "strings", 3, parent: 2))
    let chain = (0..<70).map {
      LatentTree.Latent(name: "\($0)", level: 1, parent: $0 == 0 ? nil : $0 - 1)
    }
    #expect(error(chain, [.init(index: 0, label: "", parent: 69)]) == .tooDeep(limit: 64))
    for index in [Corpus.classLimit, 2_000_000_000, .max] {
      #expect(
        error(Self.latents, [.init(index: index, label: "", parent: 0)]) == .classTooLarge(index))
    }
    #expect(error(Self.latents, [.init(index: -1, label: "", parent: 0)]) == .negativeClass(-1))
    for level in [.min, -1, 0, 65, 4_000_000_000_000, .max] {
      #expect(
        error(
          [.init(name: "all", level: level, parent: nil)], [.init(index: 0, label: "", parent: 0)])
          == .noSuchLevel(level, of: "all"))
    }
  }
}
