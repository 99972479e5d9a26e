import Terms
import TestSupport
import Testing

/// How classes are called, and how words find them.
@Suite struct ClassLabelsTests {
  let labels = ClassLabels([
    "cello", "violin", "acoustic guitar", "acoustic bass", "crane", "crane",
    "Ardenna gravis (Great Shearwater)", "7",
  ])

  @Test func `a class is found by label, beginning, second name or index`() throws {
    #expect(try labels.index(of: "Cello") == 0)
    #expect(try labels.index(of: "viol") == 1)
    #expect(try labels.index(of: "great shearwater") == 6)
    #expect(try labels.index(of: "3") == 3)
  }

  @Test func `a label that is a number comes before an index, and an index before a beginning`()
    throws
  {
    #expect(try labels.index(of: "7") == 7)
    let codes = ClassLabels(["404", "500", "200", "301", "3"])
    #expect(try codes.index(of: "3") == 4, "a label")
    #expect(try codes.index(of: "@3") == 3 && codes.index(of: "@0") == 0, "an index")
    #expect(try codes.index(of: "50") == 1, "no index, and the beginning of one label")
    #expect(try codes.index(of: "2") == 2, "both, and they agree")
    #expect(try codes.index(of: "0") == 0, "an index, and no label's beginning")
    #expect(throws: LabelError.ambiguous("4", candidates: ["3 (@4)", "404 (@0)"])) {
      try codes.index(of: "4")
    }
    #expect(throws: LabelError.index(9, count: 5)) { try codes.index(of: "9") }
    #expect(throws: LabelError.index(5, count: 5)) { try codes.index(of: "@5") }
    let numbered = ClassLabels((0..<12).map { "\($0) class" })
    for place in 0..<12 { #expect(try numbered.index(of: "\(place)") == place) }
    #expect(try ClassLabels(["@1", "b"]).index(of: "@1") == 0, "a label")
  }

  @Test func `what an ambiguous word is answered with finds each class`() throws {
    let odd = ClassLabels(["crane", "crane", "12", "120", "@0 crane", "1 crane"])
    for word in ["crane", "1"] {
      do {
        _ = try odd.index(of: word)
        Issue.record("\(word) is found")
      } catch {
        guard case .ambiguous(_, let candidates) = error else {
          Issue.record("\(error)")
          continue
        }
        for candidate in candidates {
          let way = try #require(candidate.firstMatch(of: /\((@[0-9]+)\)$/)?.1)
          let index = try odd.index(of: String(way))
          #expect(candidate == "\(odd[index]) (\(way))")
        }
      }
    }
  }

  @Test func `an ambiguous word names its candidates`() {
    #expect(
      throws: LabelError.ambiguous(
        "acoustic", candidates: ["acoustic guitar (@2)", "acoustic bass (@3)"])
    ) { try labels.index(of: "acoustic") }
    #expect(throws: LabelError.ambiguous("crane", candidates: ["crane#4 (@4)", "crane#5 (@5)"])) {
      try labels.index(of: "crane")
    }
  }

  @Test
  func `classes that share a label are told apart by their indices, and no list shows two alike`()
    throws
  {
    #expect(labels[4] == "crane#4" && labels[5] == "crane#5" && labels[0] == "cello")
    #expect(Set(labels.shownNames).count == 8)
    for index in 0..<8 { #expect(try labels.index(of: labels[index]) == index) }
    #expect(try labels.index(of: "Crane#5") == 5 && labels.index(of: "cello#0") == 0)
    #expect(throws: LabelError.self) { try labels.index(of: "crane#3") }
    #expect(throws: LabelError.self) { try labels.index(of: "crane#99999999999999999999") }
    let odd = ClassLabels(["crane#1", "crane", "crane"])
    #expect(try odd.index(of: "crane#1") == 0, "a label comes first")
    #expect(odd.shownNames == ["crane#1", "@1", "crane#2"])
    for index in 0..<3 { #expect(try odd.index(of: odd[index]) == index) }
  }

  @Test func `letter case tells labels apart that differ by nothing else`() throws {
    let names = ClassLabels(["Polish", "polish", "Turkey"])
    #expect(try names.index(of: "Polish") == 0 && names.index(of: "polish") == 1)
    #expect(try names.index(of: "turkey") == 2)
    #expect(throws: LabelError.ambiguous("POLISH", candidates: ["Polish (@0)", "polish (@1)"])) {
      try names.index(of: "POLISH")
    }
  }

  @Test func `an unknown word names its nearest neighbours`() {
    do {
      _ = try labels.index(of: "chello")
      Issue.record("found a class")
    } catch {
      guard case .unknown("chello", let nearest) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(nearest.first == "cello")
    }
  }

  @Test func `an index out of range is refused`() {
    #expect(throws: LabelError.index(8, count: 8)) { try labels.index(of: "8") }
    #expect(throws: LabelError.index(-1, count: 8)) { try labels.index(of: "-1") }
  }
}
