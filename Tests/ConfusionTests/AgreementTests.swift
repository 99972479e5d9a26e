import Confusion
import Terms
import Testing

/// Known answers: which trees are of a network's classes.
@Suite struct AgreementTests {
  func tree(_ names: [String]) throws -> LatentTree {
    try LatentTree(
      latents: [.init(name: "Z11", level: 1, parent: nil)],
      leaves: names.enumerated().map { .init(index: $0, label: $1, parent: 0) })
  }

  @Test func `names agree but for signs, case and what follows`() throws {
    let labels = ClassLabels(["great white shark, white shark", "T-shirt/top", "cello", "wolf"])
    try tree(["great_white_shark", "T-Shirt", "cello", ""]).check(against: labels)
  }

  @Test func `most names must agree`() throws {
    let labels = ClassLabels(["cello", "violin", "banjo"])
    try tree(["cello", "violin", "oboe"]).check(against: labels)
    #expect(throws: TreeAgreementError.names(1, tree: "flute", network: "violin", count: 2, of: 3))
    {
      try tree(["cello", "flute", "oboe"]).check(against: labels)
    }
    #expect(throws: TreeAgreementError.beyond(3, classCount: 3)) {
      try tree(["cello", "violin", "banjo", "lute"]).check(against: labels)
    }
  }
}
