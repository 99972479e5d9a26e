import Confusion
import Files
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

  /// Two classes below one latent, P(1 | 0) and P(1 | 1) of the first .1 and .8, of the second .2 and .7.
  static func twoClasses(
    _ states: [String], latent: [String], cells: (_ one: Double, _ other: Double) -> String
  ) -> String {
    """
    variable Z11 { type discrete[2] { \(latent.joined(separator: ", ")) }; }
    variable c0 { type discrete[2] { \(states.joined(separator: " ")) }; }
    variable c1 { type discrete[2] { \(states.joined(separator: " ")) }; }
    probability ( c0 | Z11 ) { \(cells(0.1, 0.8)) }
    probability ( Z11 ) { table .5 .5; }
    probability ( c1 | Z11 ) { \(cells(0.2, 0.7)) }
    """
  }

  @Test(arguments: [
    ["s0", "s1"], ["False", "True"], ["no", "YES"], ["0", "1"], ["absent", "present"],
    ["\"off\"", "\"on\""], ["state0", "state1"],
  ])
  func `states are known by their names, in whichever order and form they stand`(words: [String])
    throws
  {
    let expected = LatentTree.Distribution(
      latents: [[0.5, 0.5]], leaves: [[0.1, 0.8], [0.2, 0.7]])
    for latent in [["s0", "s1"], ["s1", "s0"], ["a", "b"]] {
      for states in [words, Array(words.reversed())] {
        for cells in Self.cells(isFalseFirst: states == words, latent) {
          let bif = Self.twoClasses(states, latent: latent, cells: cells)
          #expect(try SmallTrees.read(Array(bif.utf8)).tree.distribution == expected, "\(bif)")
        }
      }
    }
  }

  /// Ways to write down P(1 | 0) and P(1 | 1): rows, rows in the other order, a row and the rest, a table.
  private static func cells(
    isFalseFirst: Bool, _ latent: [String]
  ) -> [(_ one: Double, _ other: Double) -> String] {
    func numbers(_ one: Double) -> [Double] { isFalseFirst ? [1 - one, one] : [one, 1 - one] }
    func row(_ state: String, _ one: Double) -> String {
      "\(state) \(numbers(one).map { "\($0)" }.joined(separator: ", "));"
    }
    // The latent's state that stands for 0, and that for 1.
    let (zero, one) = latent[0] == "s1" ? (latent[1], latent[0]) : (latent[0], latent[1])
    return [
      { row("(\(zero))", $0) + row("(\(one))", $1) },
      { row("(\(one))", $1) + row("(\(zero))", $0) },
      { row("default", $1) + row("(\(zero))", $0) },
      { first, second in
        let columns = latent.map { numbers($0 == zero ? first : second) }
        let flat: [Double] = [columns[0][0], columns[1][0], columns[0][1], columns[1][1]]
        return "table \(flat.map { "\($0)" }.joined(separator: " "));"
      },
    ]
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `line ends of any kind and a byte-order mark do not matter`(end: String) throws {
    let tree = try SmallTrees.read(Array(Self.text.utf8))
    let other = "\u{FEFF}" + Self.text.replacing("\n", with: end)
    #expect(try SmallTrees.read(Array(other.utf8)) == tree)
    let wrong = other.replacing("probability ( c000", with: "posterior ( c000")
    #expect(try SmallTrees.complaint(wrong).contains("line 15: "))
  }

  @Test func `names in two Unicode forms are one name`() throws {
    let composed = Self.text.replacing("violin", with: "caf\u{E9}")
    let mixed = composed.replacing(
      "( \"c001-caf\u{E9}\"", with: "( \"c001-cafe\u{301}\"")
    #expect(mixed != composed || Array(mixed.utf8) != Array(composed.utf8))
    let tree = try SmallTrees.read(Array(composed.utf8))
    #expect(tree.tree.leaves[1].label == "café")
    #expect(try SmallTrees.read(Array(mixed.utf8)) == tree)
  }

  @Test func `text in another encoding is refused`() throws {
    let latin = Self.text.replacing("violin", with: "caf#").utf8.map { $0 == 0x23 ? 0xE9 : $0 }
    #expect(throws: FileError.self) { try SmallTrees.read(latin) }
    let wide = Self.text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    do { _ = try SmallTrees.read([0xFF, 0xFE] + wide) } catch {
      #expect("\(error)".contains("it is text in UTF-16; save it as UTF-8"))
    }
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
    ("(absent) 0.9, 0.1;", "", "c001-violin has no row for its parent's state “absent”"),
    ("(absent)", "(gone)", "c001-violin has a row for “gone”, but its parent's states are absent"),
    ("(absent)", "(present)", "c001-violin has “(present)” twice"),
    ("0.9, 0.1;", "0.9, 0.1; table 1 1 0 0;", "c001-violin has both a “table” and rows"),
    ("table 0.75 0.25;", "table 0.75 0.25; table 0.5 0.5;", "Z11 has “table” twice"),
    ("table 0.75 0.25;", "(s0) 0.75 0.25;", "Z11 has a row for “s0”, but no parent"),
    ("{ absent, present }", "{ absent, absent }", "Z12 has “absent” twice"),
    (
      "[ 2 ] { absent, present };", "[3] { absent, present };",
      "says that it has 3 states and names 2"
    ),
    (
      "c000 { type discrete[2] { s0 s1 };", "c000 { type discrete[2] { up down };",
      "c000 has the states up and down, which do not say"
    ),
    (
      "c000 { type discrete[2] { s0 s1 };", "c000 { type discrete[2] { s1 yes };",
      "c000 has the states s1 and yes, which do not say"
    ),
    ("c000 { type", "c000 { type discrete[2] { s0 s1 }; type", "c000 has “type” twice"),
    ("network \"HLCM261\"", "/* network \"HLCM261\"", "a “/*” that nothing closes"),
    ("\"c001-violin\" {", "\"c001-violin {", "not a “\"” that nothing closes"),
    ("[ 2 ] { absent, present }", "[3] { absent, present, both }", "Z12 has 3 states"),
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
