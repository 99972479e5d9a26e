import Confusion
import Foundation
import TestSupport
import Testing

/// The published form as the published program that cuts trees reads it: a re-derivation of that
/// program's rules, and the published trees themselves.
@Suite struct PublishedFormTests {
  struct Node: Decodable {
    let id: String
    let text: String
    let children: [Node]
  }

  /// The classes of a text by the published rule: of each word the first run of digits, taken where
  /// it is `000` or more than 0.9.
  static func classes(_ text: String) -> [Int] {
    text.split(separator: " ").compactMap { word in
      let run = word.drop { !$0.isNumber }.prefix { $0.isNumber }
      guard let number = Int(run) else { return nil }
      return run == "000" || Double(number) > 0.9 ? number : nil
    }
  }

  /// The way from the root to each class; a root without children has none.
  static func ways(_ bytes: [UInt8]) throws -> [Int: [String]] {
    var ways: [Int: [String]] = [:]
    func walk(_ node: Node, _ way: [String]) {
      if node.children.isEmpty {
        for label in classes(node.text) {
          #expect(ways[label] == nil, "class \(label) twice")
          ways[label] = way + [node.id]
        }
      }
      for child in node.children { walk(child, way + [node.id]) }
    }
    for root in try JSONDecoder().decode([Node].self, from: Data(bytes)) {
      #expect(!root.children.isEmpty)
      walk(root, [])
    }
    return ways
  }

  /// Expects the cuts that those ways give to be the tree's own.
  static func expectCuts(of tree: LatentTree, _ ways: [Int: [String]]) throws {
    #expect(ways.keys.sorted() == tree.leaves.map(\.index))
    let lengths = Set(ways.values.map(\.count))
    #expect(lengths == [max(tree.height, 2)])
    for level in 1...tree.height {
      let found = Dictionary(grouping: ways.keys) { ways[$0].map { $0[$0.count - level] } }
      let clusters = try tree.partition(atLevel: level).clusters
      #expect(Set(found.values.map { Set($0) }) == Set(clusters.map { Set($0) }), "level \(level)")
    }
  }

  @Test func `the published program finds the clusters of every level`() throws {
    let tree = try SmallTrees.filled(try SmallTrees.structure())
    try Self.expectCuts(of: tree, Self.ways(try TreeFile(tree).text(.published)))
  }

  @Test func `ways of unlike length and bridged latents are made even`() throws {
    let tree = try LatentTree(
      latents: [
        .init(name: "a", level: 3, parent: nil), .init(name: "b", level: 3, parent: 0),
        .init(name: "c", level: 1, parent: 1), .init(name: "d", level: 2, parent: 0),
        .init(name: "e", level: 1, parent: nil), .init(name: "f", level: 1, parent: 4),
        .init(name: "g", level: 1, parent: 2),
      ],
      leaves: [
        .init(index: 0, label: "0.5", parent: 2), .init(index: 1, label: "1.0", parent: 2),
        .init(index: 2, label: "", parent: 3), .init(index: 3, label: "", parent: 4),
        .init(index: 4, label: "", parent: 5), .init(index: 1001, label: "", parent: 6),
        .init(index: 6, label: "", parent: 0),
      ])
    for tree in [tree, try SmallTrees.filled(tree)] {
      try Self.expectCuts(of: tree, Self.ways(try TreeFile(tree).text(.published)))
    }
  }

  @Test func `a tree of one level gets roots above its clusters`() throws {
    let tree = try LatentTree(
      latents: [.init(name: "a", level: 1, parent: nil), .init(name: "b", level: 1, parent: nil)],
      leaves: (0..<240).map { .init(index: $0, label: "", parent: $0 % 2) })
    let bytes = try TreeFile(SmallTrees.filled(tree)).text(.published)
    try Self.expectCuts(of: tree, Self.ways(bytes))
    let roots = try JSONDecoder().decode([Node].self, from: Data(bytes))
    #expect(roots.map { Self.classes($0.text).count } == [100, 100])
    #expect(roots.map { Self.classes($0.children[0].text).count } == [120, 120])
  }

  @Test func `no probability reads as class 1`() throws {
    let tree = try SmallTrees.structure()
    let certain = try tree.with(
      .init(
        latents: .init(repeating: [1, 1], count: 6), leaves: .init(repeating: [0, 1], count: 6)))
    let bytes = try TreeFile(certain).text(.published)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("1.0"))
    try Self.expectCuts(of: tree, Self.ways(bytes))
  }

  @Test(
    .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
    arguments: [
      ("resnet50", [287, 77, 18, 6]), ("googlenet", [410, 146, 54, 22, 8]),
    ])
  func `published trees are read as they are and written the same`(name: String, sizes: [Int])
    throws
  {
    let url = try #require(References.data).appending(path: "trees/\(name).json")
    let tree = try TreeFile(contentsOf: url.path).tree
    #expect(tree.levelSizes == sizes)
    #expect(tree.leaves.map(\.index) == Array(0..<1000))
    #expect(tree.leaves[486].label == "cello" && tree.leaves[722].label == "ping-pong ball")
    try Self.expectCuts(of: tree, Self.ways(Array(try Data(contentsOf: url))))
    let written = try TreeFile(tree).text(.published)
    #expect(try SmallTrees.read(written).tree == tree)
    try Self.expectCuts(of: tree, Self.ways(written))
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `the published example is cut as published`() throws {
    let url = try #require(References.data).appending(path: "trees/resnet50.json")
    let clusters = try TreeFile(contentsOf: url.path).tree.partition()
    #expect(
      clusters.grouping([486, 889, 402, 420, 546]).groups == [[486, 889], [402, 420, 546]])
  }
}
