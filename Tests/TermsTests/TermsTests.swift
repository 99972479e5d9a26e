import Foundation
import Terms
import Testing

@Suite struct RandomStreamTests {
  @Test func `the same seed gives the same numbers, another seed others`() {
    var a = RandomStream(7)
    var b = RandomStream(7)
    var c = RandomStream(8)
    let first = (0..<8).map { _ in a.next() }
    #expect(first == (0..<8).map { _ in b.next() })
    #expect(first != (0..<8).map { _ in c.next() })
  }

  @Test func `the stream of an item does not depend on what was drawn before`() {
    let fresh = RandomStream(3)
    var used = RandomStream(3)
    for _ in 0..<100 { _ = used.next() }
    var a = fresh.stream(for: 5)
    var b = used.stream(for: 5)
    #expect(a.next() == b.next())
  }

  @Test func `streams of items differ`() {
    let stream = RandomStream(1)
    let firsts = (0..<1000).map { item -> UInt64 in
      var child = stream.stream(for: item)
      return child.next()
    }
    #expect(Set(firsts).count == 1000)
  }

  @Test func `uniform draws fill 0 up to 1 evenly`() {
    var stream = RandomStream(11)
    let draws = (0..<20_000).map { _ in stream.uniform() }
    #expect(draws.allSatisfy { (0..<1).contains($0) })
    for decile in 0..<10 {
      let count = draws.filter { Int($0 * 10) == decile }.count
      // 2000 expected, standard deviation 42; five of them.
      #expect(abs(count - 2000) < 212, "decile \(decile) has \(count)")
    }
  }

  @Test func `normal draws have mean 0, variance 1 and the right tails`() {
    var stream = RandomStream(12)
    let draws = (0..<20_000).map { _ in Double(stream.normal()) }
    let mean = draws.reduce(0, +) / 20_000
    let variance = draws.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 20_000
    // Standard errors 0.007 and 0.01; five of them.
    #expect(abs(mean) < 0.035)
    #expect(abs(variance - 1) < 0.05)
    let beyond = Double(draws.filter { abs($0) > 1.96 }.count) / 20_000
    #expect(abs(beyond - 0.05) < 0.008)
  }

  @Test func `a permutation holds every number once and moves them`() {
    var stream = RandomStream(13)
    let order = stream.permutation(of: 500)
    #expect(order.sorted() == Array(0..<500))
    #expect(order != Array(0..<500))
    #expect(stream.permutation(of: 0).isEmpty)
  }
}

@Suite struct ClassSetTests {
  @Test func `repeated classes count once and keep their order`() {
    #expect(ClassSet([3, 1, 3, 2])?.indices == [3, 1, 2])
  }

  @Test func `there is no set of no class`() {
    #expect(ClassSet([]) == nil)
    #expect(ClassSet([0, 1]).flatMap { $0.complement(among: 2) } == nil)
  }

  @Test func `the complement holds the others`() {
    #expect(ClassSet(2).complement(among: 4)?.indices == [0, 1, 3])
  }

  @Test func `questions and scores survive a round trip through JSON`() throws {
    let question = Question.whyRatherThan(ClassSet(1), ClassSet(2))
    let scores: [Score] = [
      .logit(ClassSet(1)), .logOdds(ClassSet(0), against: ClassSet(3)), .squaredError(from: 0.75),
      .value,
    ]
    #expect(
      try JSONDecoder().decode(Question.self, from: JSONEncoder().encode(question)) == question)
    #expect(try JSONDecoder().decode([Score].self, from: JSONEncoder().encode(scores)) == scores)
  }
}

@Suite struct NearestNamesTests {
  static let names = [
    "cello", "violin", "banjo", "acoustic guitar", "electric guitar", "viola da gamba",
  ]

  @Test func `a slip of the pen finds its word`() {
    #expect(NearestNames.of("violn", in: Self.names).first == "violin")
    #expect(NearestNames.of("Celol", in: Self.names).first == "cello")
  }

  @Test func `a part of a name finds the names that hold it`() {
    #expect(
      NearestNames.of("guitar", in: Self.names).prefix(2) == ["acoustic guitar", "electric guitar"])
  }

  @Test func `no names give none`() { #expect(NearestNames.of("x", in: []).isEmpty) }
}
