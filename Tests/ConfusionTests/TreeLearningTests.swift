import Confusion
import Terms
import TestSupport
import Testing

/// Known answers (planted clusters), invariance (seeds, threads) and bad input.
@Suite struct TreeLearningTests {
  static func learning(_ change: (inout TreeLearning) -> Void = { _ in }) -> TreeLearning {
    var learning = TreeLearning(seed: 1)
    (learning.largestTop, learning.iterationCount) = (4, 3)
    (learning.stepLimit, learning.leastGain) = (100, 1e-3)
    change(&learning)
    return learning
  }

  static let planted = PlantedTree(groups: 3, clustersEach: 4, classesEach: 4, noise: 0.002)

  static func agreement(_ a: Partition, _ b: Partition) -> Double {
    a.agreement(with: b)?.adjustedRandIndex ?? 0
  }

  @Test(
    arguments: [
      (PlantedTree(groups: 2, clustersEach: 3, classesEach: 4, noise: 0), 500, 1),
      (PlantedTree(groups: 2, clustersEach: 3, classesEach: 4, noise: 0.01), 500, 2),
      (PlantedTree(groups: 3, clustersEach: 4, classesEach: 4, noise: 0.002), 800, 3),
      (PlantedTree(groups: 4, clustersEach: 5, classesEach: 3, noise: 0.005), 1500, 4),
    ] as [(PlantedTree, Int, UInt64)])
  func `planted clusters are recovered`(planted: PlantedTree, count: Int, seed: UInt64) throws {
    let corpus = try planted.corpus(documents: count, seed: seed)
    let learnt = try LatentTree.learnt(from: corpus, by: Self.learning())
    #expect(learnt.tree.leaves.map(\.index) == Array(0..<planted.classCount))
    let found = try learnt.tree.partition()
    #expect(Self.agreement(found, try planted.partition(planted.cluster(of:))) > 0.95)
  }

  @Test func `planted groups are recovered above the clusters`() throws {
    let corpus = try Self.planted.corpus(documents: 1800, seed: 5)
    let learnt = try LatentTree.learnt(from: corpus, by: Self.learning())
    let groups = try Self.planted.partition(Self.planted.group(of:))
    #expect(Self.agreement(try learnt.tree.partition(atLevel: 2), groups) > 0.8)
  }

  @Test func `threads change nothing`() throws {
    let corpus = try Self.planted.corpus(documents: 300, seed: 3)
    let first = try LatentTree.learnt(from: corpus, by: Self.learning { $0.threadCount = 1 })
    for threads in [2, 3] {
      let other = try LatentTree.learnt(
        from: corpus, by: Self.learning { $0.threadCount = threads })
      let isEqual = other == first
      #expect(isEqual, "\(threads) threads give another tree than one")
    }
  }

  @Test func `level 1 is the same for any seed, and the levels above are chosen`() throws {
    let corpus = try Self.planted.corpus(documents: 300, seed: 3)
    let first = try LatentTree.learnt(from: corpus, by: Self.learning { $0.attemptCount = 3 })
    #expect(first.attempts.count == 3)
    #expect(first.attempts.allSatisfy { $0 < 0 && $0.isFinite })
    for seed in [7, 9] as [Seed] {
      let other = try LatentTree.learnt(
        from: corpus, by: Self.learning { ($0.attemptCount, $0.seed) = (3, seed) })
      #expect(try other.tree.partition() == first.tree.partition())
      #expect(other.attempts != first.attempts, "another seed keeps other documents apart")
    }
  }

  @Test func `one attempt is a function of the documents, and of the seed with random starts`()
    throws
  {
    let corpus = try Self.planted.corpus(documents: 300, seed: 3)
    func learnt(_ seed: Seed, starts: Int) throws -> LearntTree {
      try LatentTree.learnt(
        from: corpus,
        by: Self.learning { ($0.attemptCount, $0.seed, $0.startCount) = (1, seed, starts) })
    }
    let (one, two) = try (learnt(1, starts: 0), learnt(2, starts: 0))
    let areEqual = one == two
    #expect(areEqual && one.attempts.isEmpty)
    let (first, same, other) = try (
      learnt(1, starts: 1), learnt(1, starts: 1), learnt(2, starts: 1)
    )
    let equal = (first == same, first == other)
    #expect(equal == (true, false))
  }

  @Test func `regrafting makes documents likelier that it has not seen`() throws {
    let corpus = try Self.planted.corpus(documents: 1000, seed: 8)
    let unseen = try Self.planted.corpus(documents: 1000, seed: 9)
    func score(_ rounds: Int) throws -> Double {
      // Small islands, so that there is something to put right.
      let learning = Self.learning { ($0.roundCount, $0.largestIsland) = (rounds, 3) }
      return try LatentTree.learnt(from: corpus, by: learning).tree.score(of: unseen)
        .logLikelihoodPerDocument
    }
    #expect(try score(4) > score(0) + 0.02)
  }

  @Test func `every setting that changes the structure does`() throws {
    let corpus = try Self.planted.corpus(documents: 600, seed: 4)
    func tree(_ change: (inout TreeLearning) -> Void) throws -> LatentTree {
      try LatentTree.learnt(
        from: corpus,
        by: Self.learning {
          $0.iterationCount = 0
          $0.roundCount = 0
          $0.attemptCount = 1
          change(&$0)
        }
      ).tree.with(nil)
    }
    let usual = try tree { _ in }
    #expect(try tree { $0.correlationThreshold = nil } != usual)
    #expect(try tree { $0.splitThreshold = -1e9 } != usual)
    #expect(try tree { $0.largestIsland = 3 } != usual)
    #expect(try tree { $0.largestTop = 20 } != usual)
    #expect(try tree { $0.batchSize = 20 } != usual)
    #expect(try tree { $0.pseudoCount = 30 } != usual)
    #expect(try tree { $0.roundCount = 4 } != usual)
    #expect(try tree { $0.sampleSize = 100 } == usual)
    let coarse = try tree { ($0.roundCount, $0.sampleSize) = (4, 100) }
    #expect(try tree { $0.roundCount = 4 } != coarse)
  }

  @Test
  func `every latent of a level hangs on one of the next, and all classes are below one root`()
    throws
  {
    let corpus = try Self.planted.corpus(documents: 800, seed: 6)
    let learnt = try LatentTree.learnt(
      from: corpus, labels: [3: "three"], by: Self.learning { $0.largestTop = 1 })
    let tree = learnt.tree
    #expect(tree.roots.count == 1)
    #expect(tree.leaves.allSatisfy { tree.latents[$0.parent].level == 1 })
    for latent in tree.latents {
      guard let parent = latent.parent else { continue }
      #expect(tree.latents[parent].level == latent.level + 1)
    }
    #expect(learnt.levelSizes == tree.levelSizes)
    #expect(tree.leaves[3].label == "three")
    #expect(learnt.documentCount + learnt.droppedCount == 800)
    for (before, after) in try neighbours(learnt.logLikelihoods) {
      #expect(after > before - 1e-3)
    }
    let last = try #require(learnt.logLikelihoods.last)
    #expect(abs(try tree.score(of: corpus).logLikelihoodPerDocument - last) < 1e-9)
  }

  @Test(arguments: [
    [[0, 1, 2]], [[4, 7], [7, 9]], [[0, 1], [1, 2], [2, 3], [3, 0]],
    Array(repeating: [0, 1, 2, 3, 4], count: 5), [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]],
  ])
  func `few documents give some tree`(documents: [[Int]]) throws {
    for pseudoCount in [0, 1.0] {
      let learnt = try LatentTree.learnt(
        from: Corpus(documents + [[0], []]),
        by: Self.learning { ($0.pseudoCount, $0.attemptCount) = (pseudoCount, 2) })
      #expect(learnt.tree.leaves.map(\.index) == Set(documents.joined()).sorted())
      #expect(learnt.droppedCount == 2)
      #expect(learnt.logLikelihoods.allSatisfy { $0.isFinite && $0 <= 0 })
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `any small corpus and any settings give a whole tree`(seed: UInt64) throws {
    var stream = RandomStream(Seed(seed))
    func pick(_ count: Int) -> Int { Int(stream.uniform() * Float(count)) }
    let (classes, length) = (3 + pick(12), 2 + pick(5))
    let documents = (0..<1 + pick(30)).map { _ in
      Set((0..<length).map { _ in pick(classes) }).sorted()
    }
    let named = Set(documents.filter { $0.count > 1 }.joined()).sorted()
    if named.count < 3 { return }
    var learning = Self.learning()
    (learning.largestTop, learning.largestIsland) = (1 + pick(6), 2 + pick(8))
    (learning.startCount, learning.pseudoCount) = (pick(3), [0, 0.1, 1][pick(3)])
    learning.correlationThreshold = [nil, -5, 3, 1e9][pick(4)]
    learning.splitThreshold = [-1e9, 3, 1e9][pick(3)]
    learning.batchSize = [nil, 2, 5000][pick(3)]
    (learning.roundCount, learning.sampleSize) = (pick(6), 1 + pick(40))
    let learnt = try LatentTree.learnt(from: Corpus(documents), by: learning)
    #expect(learnt.tree.leaves.map(\.index) == named)
    #expect(learnt.tree.roots.count == 1)
    #expect(learnt.logLikelihoods.allSatisfy { $0.isFinite && $0 <= 0 })
  }

  @Test func `documents that say nothing of confusion are refused`() throws {
    func error(_ documents: [[Int]]) -> TreeLearningError? {
      #expect(throws: TreeLearningError.self) {
        try LatentTree.learnt(from: Corpus(documents), by: Self.learning())
      }
    }
    #expect(error([]) == .nothingTogether(documents: 0))
    #expect(error([[1], [2], []]) == .nothingTogether(documents: 3))
    #expect(error([[1, 2], [2, 1], [7]]) == .tooFewClasses(2, documents: 2))
  }

  @Test func `settings that mean nothing are refused`() throws {
    let corpus = try Corpus([[0, 1, 2]])
    let wrong: [(TreeLearning.Setting, (inout TreeLearning) -> Void)] = [
      (.startCount, { $0.startCount = -1 }), (.stepLimit, { $0.stepLimit = 0 }),
      (.leastGain, { $0.leastGain = -1 }), (.splitThreshold, { $0.splitThreshold = .nan }),
      (.correlationThreshold, { $0.correlationThreshold = .nan }),
      (.largestIsland, { $0.largestIsland = 1 }), (.largestTop, { $0.largestTop = 0 }),
      (.batchSize, { $0.batchSize = 1 }), (.pseudoCount, { $0.pseudoCount = -1 }),
      (.roundCount, { $0.roundCount = -1 }), (.sampleSize, { $0.sampleSize = 0 }),
      (.iterationCount, { $0.iterationCount = -1 }), (.attemptCount, { $0.attemptCount = 0 }),
      (.heldOutFraction, { $0.heldOutFraction = 1 }), (.threadCount, { $0.threadCount = 0 }),
    ]
    #expect(Set(wrong.map(\.0)) == Set(TreeLearning.Setting.allCases))
    for (setting, change) in wrong {
      #expect(throws: TreeLearningError.setting(setting)) {
        try LatentTree.learnt(from: corpus, by: Self.learning(change))
      }
    }
  }

  @Test func `progress ends at its total, and throwing from it stops`() throws {
    let corpus = try Self.planted.corpus(documents: 200, seed: 2)
    for attempts in [1, 2] {
      var updates: [ProgressUpdate] = []
      let learning = Self.learning { $0.attemptCount = attempts }
      _ = try LatentTree.learnt(from: corpus, by: learning) { updates.append($0) }
      #expect(updates.last.map { $0.completed == $0.total } == true)
      #expect(Set(updates.map(\.total)).count == 1)
      #expect(updates.map(\.completed) == updates.map(\.completed).sorted())
    }
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try LatentTree.learnt(from: corpus, by: Self.learning()) { _ in throw Stop() }
    }
  }
}
