import Confusion
import Foundation
import TestSupport
import Testing

/// Bayesian networks in BIF: hand-written files as the HLTA program and others write them, and what
/// is refused.
@Suite struct BIFTests {
  /// A network of two latents of level 1, the lower of them bridged to the upper.
  static let text = """
    // model.bif
    /* blocks in any order, names with and without quotation marks */
    probability ( "c001-violin" | "Z12" ) { (present) 0.3, 0.7; (absent) 0.9, 0.1; }
    network "HLCM261" {
      property "a { b";
    }
    variable "Z11" {
    \ttype discrete[2] { "s0" "s1" };
    \tproperty "position = (12, 7)" ;
    }
    variable "Z12" { type discrete [ 2 ] { absent, present }; }
    variable c000 { type discrete[2] { s0 s1 }; }
    variable "c001-violin" { type discrete[2] { s0 s1 }; }
    probability ( "Z11"  ) { table 0.75 0.25; }
    probability ( c000 | Z11 ) {
      table 0.5 0.375 0.5 0.625;
    }
    probability ( "Z12" | "Z11" ) { table 0.75 0.5 0.25 0.5; }
    """

  static func error(replacing old: String, with new: String) throws -> String {
    #expect(text.contains(old))
    return try SmallTrees.complaint(text.replacing(old, with: new))
  }

  @Test func `order, comments, quotation marks and kinds of tables do not matter`() throws {
    let file = try SmallTrees.read(Array(Self.text.utf8))
    let tree = try LatentTree(
      latents: [
        .init(name: "Z11", level: 1, parent: nil), .init(name: "Z12", level: 1, parent: 0),
      ],
      leaves: [.init(index: 0, label: "", parent: 0), .init(index: 1, label: "violin", parent: 1)],
      distribution: .init(
        latents: [[0.25, 0.25], [0.25, 0.5]], leaves: [[0.5, 0.625], [0.1, 0.7]]))
    #expect(file == TreeFile(tree, form: .bif))
  }

  @Test func `levels are heights where names do not say them`() throws {
    let plain = Self.text.replacing("Z11", with: "top").replacing("Z12", with: "low")
    #expect(try SmallTrees.read(Array(plain.utf8)).tree.latents.map(\.level) == [2, 1])
    // Z21 with a class of its own is of no level that HLTA gives.
    let odd = Self.text.replacing("Z11", with: "Z31")
    #expect(try SmallTrees.read(Array(odd.utf8)).tree.latents.map(\.level) == [2, 1])
  }

  @Test func `tables that HLTA transposes are put right, and rounded ones made to add up`() throws {
    // P(1 | 0) = P(1 | 1) = 0.125, written state by state of the parent.
    let table = "table 0.75 0.5 0.25 0.5"
    let transposed = Self.text.replacing(table, with: "table 0.875 0.125 0.875 0.125")
    #expect(
      try SmallTrees.read(Array(transposed.utf8)).tree.distribution?.latents[1] == [0.125, 0.125])
    let rounded = Self.text.replacing(table, with: "table 0.75 0.5 0.252 0.5")
    #expect(
      try SmallTrees.read(Array(rounded.utf8)).tree.distribution?.latents[1]
        == [0.252 / (0.75 + 0.252), 0.5])
  }

  @Test(arguments: [
    ("table 0.75 0.5 0.25 0.5", "table 0.75 0.5 0.35 0.5", "Z12 has a table whose"),
    ("table 0.75 0.5 0.25 0.5", "table 0.75 0.5 -0.25 0.5", "Z12 has a table whose"),
    ("table 0.75 0.5 0.25 0.5", "table nan 0.5 0.25 0.5", "Z12 has a table whose"),
    ("table 0.75 0.5 0.25 0.5", "table 0.75 0.5 0.25", "Z12 has a table of 3 numbers where 4"),
    ("table 0.75 0.25", "table 1", "Z11 has a table of 1 numbers where 2"),
    ("(absent) 0.9, 0.1;", "", "c001-violin has a table of 2 numbers where 4"),
    ("(absent)", "(gone)", "c001-violin has a table"),
    ("{ absent, present }", "{ absent, present, both }", "Z12 has 3 states"),
    ("( c000 | Z11 )", "( c000 | Z11, Z12 )", "c000 has several parents"),
    ("( c000 | Z11 )", "( c000 | Z13 )", "Z13 is not declared"),
    ("( c000 | Z11 )", "( c007 | Z11 )", "c007 is not declared"),
    ("( c000 | Z11 )", "( Z12 | Z11 )", "Z12 has two “probability” blocks"),
    ("variable c000", "variable Z12", "Z12 is declared twice"),
    ("c001-violin", "violin", "violin has nothing below it"),
    ("c001-violin", "c000", "c000 is declared twice"),
    ("( \"Z11\"  ) { table 0.75 0.25", "( Z11 | Z12 ) { table 1 1 0 0", "hangs on itself"),
    ("probability ( c000 | Z11 )", "probability ( c000 )", "c000 has a table of 4 numbers where 2"),
    ("table 0.5 0.375 0.5 0.625;\n}", "table 0.5 0.375", "line 17: a number or “;” is expected"),
    ("network \"HLCM261\" {", "network HLCM261", "“{” is expected"),
    ("variable c000 {", "variable {", "a variable's name is expected, not “{”"),
    ("probability ( c000", "posterior ( c000", "“variable” or “probability” is expected"),
  ])
  func `a network that is no latent tree is told by its variable or line`(
    old: String, new: String, saying: String
  ) throws {
    let complaint = try Self.error(replacing: old, with: new)
    #expect(complaint.contains(saying) && complaint.hasPrefix("tree.json"), "\(complaint)")
  }

  @Test func `a network cut off anywhere is refused or whole`() throws {
    for length in stride(from: 0, to: Self.text.utf8.count - 1, by: 7) {
      #expect(throws: TreeFileError.self) {
        try SmallTrees.read(Array(Self.text.utf8.prefix(length)))
      }
    }
  }
}
