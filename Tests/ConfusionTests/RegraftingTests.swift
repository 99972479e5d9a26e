import Terms
import TestSupport
import Testing

@testable import Confusion

/// Parity with inference over finished trees, and known answers: what was hung wrong is hung right.
@Suite struct RegraftingTests {
  static let planted = PlantedTree(groups: 3, clustersEach: 4, classesEach: 4, noise: 0.003)

  /// The planted structure with tables fitted to documents, some classes first hung elsewhere.
  static func draft(misplacing misplaced: [(label: Int, cluster: Int)], _ cases: Cases) -> DraftTree
  {
    var draft = DraftTree(shares: cases.shares)
    let clusterCount = planted.groups * planted.clustersEach
    func island(_ variables: [Int]) -> Island {
      var model = LatentClassModel(leafCount: variables.count)
      (model.prior, model.tables) = (0.1, variables.map { _ in [0.01, 0.5] })
      return Island(variables: variables, model: model)
    }
    draft.insert(
      (0..<clusterCount).map { cluster in
        island(
          (0..<planted.classCount).filter { label in
            let other = misplaced.first { $0.label == label }?.cluster
            return cluster == other ?? planted.cluster(of: label)
          })
      })
    draft.insert(
      (0..<planted.groups).map { group in
        island((0..<clusterCount).filter { $0 % planted.groups == group })
      })
    return draft.fitted(to: cases, iterations: 10, pseudoCount: 1, threads: 1)
  }

  static func material(documents: Int = 1500, seed: UInt64 = 1) throws -> (Corpus, Cases) {
    let corpus = try planted.corpus(documents: documents, seed: seed)
    let material = try LearningCorpus(corpus)
    return (corpus, material.cases(material.documents))
  }

  @Test func `likelihood and EM over a draft are those over the finished tree`() throws {
    let (corpus, cases) = try Self.material()
    let draft = Self.draft(misplacing: [(0, 5)], cases)
    let tree = try draft.latentTree(over: Array(0..<Self.planted.classCount), labels: [:])
    let expectations = Expectations(draft, cases, threads: 1)
    let score = try tree.score(of: corpus)
    // Some 1500 logarithms summed in another order.
    #expect(abs(expectations.logLikelihood - score.logLikelihood) < 1e-7)
    let fitted = try ExpectationMaximization(
      iterations: 1, tolerance: -.infinity, pseudoCount: 1, start: .tables, seed: 0
    ).fit(tree, to: corpus)
    let next = draft.fitted(to: cases, iterations: 1, pseudoCount: 1, threads: 1)
    let own = try next.latentTree(over: Array(0..<Self.planted.classCount), labels: [:])
    let score1 = try own.score(of: corpus)
    #expect(abs(score1.logLikelihood - (fitted.logLikelihoods.last ?? 0)) < 1e-7)
    #expect(expectations.logLikelihood < score1.logLikelihood)
  }

  @Test func `a class that hangs wrong is found, and what moving it gains is known before`() throws
  {
    let (_, cases) = try Self.material()
    let draft = Self.draft(misplacing: [(0, 5)], cases)
    let expectations = Expectations(draft, cases, threads: 1)
    let search = RegraftSearch(draft, cases, expectations, level: 0)
    let found = try #require(search.best(for: 0).regraft)
    // Class 12 is of the same planted cluster.
    #expect(found.target == draft.parents[12])
    var moved = draft
    moved.move(0, to: found.target, table: found.table)
    let gain =
      Expectations(moved, cases, threads: 1).logLikelihood - expectations.logLikelihood
    // Documents that do not touch the class are judged by sums over them.
    #expect(gain > 50)
    #expect(abs(found.gain - gain) < 0.05 * gain)
  }

  @Test func `whole clusters find their group`() throws {
    let (_, cases) = try Self.material(documents: 3000)
    var draft = Self.draft(misplacing: [], cases)
    let first = draft.parents[0]
    let home = draft.parents[first]
    let other = try #require(draft.children[draft.root].first { $0 != home })
    draft.move(first, to: other, table: [0.1, 0.2])
    draft = draft.fitted(to: cases, iterations: 5, pseudoCount: 1, threads: 1)
    let search = RegraftSearch(draft, cases, Expectations(draft, cases, threads: 1), level: 1)
    let found = try #require(search.best(for: first).regraft)
    #expect(found.target == home)
    #expect(found.gain > 10)
  }

  @Test func `rounds put everything right, and latents that lose all children are gone`() throws {
    let (_, cases) = try Self.material()
    // All of cluster 0 (classes 0, 12, 24, 36) is among other clusters, but for one.
    let wrong = [(0, 5), (13, 6), (26, 7)]
    let draft = Self.draft(misplacing: wrong.map { (label: $0.0, cluster: $0.1) }, cases)
    let before = Expectations(draft, cases, threads: 1).logLikelihood
    let better = Regrafting(cases: cases, pseudoCount: 1, threads: 1).improved(draft, rounds: 5)
    #expect(Expectations(better, cases, threads: 1).logLikelihood > before + 100)
    let tree = try better.latentTree(over: Array(0..<Self.planted.classCount), labels: [:])
    let wanted = try Self.planted.partition(Self.planted.cluster(of:))
    #expect(Set(try tree.partition().clusters.map(Set.init)) == Set(wanted.clusters.map(Set.init)))
    var emptied = better
    let (lonely, rest) = (emptied.parents[0], emptied.parents[1])
    for leaf in emptied.children[lonely] { emptied.move(leaf, to: rest, table: [0.1, 0.2]) }
    #expect(emptied.levels[lonely] == -1)
    #expect(!emptied.latents.joined().contains(lonely))
  }
}
