import Confusion
import Files
import Foundation
import Terms
import TestSupport
import Testing

/// Trees in files: round trips, what each form keeps, bad input.
@Suite struct TreeFileTests {
  @Test func `Rather's own form keeps the tree and its origin whole`() throws {
    let origin = TreeOrigin(
      learner: "hlta", settings: ["startCount": "64"], seed: 7,
      documents: .init(file: "docs.txt.gz", sha256: "ab", count: 10, dropped: 2),
      attempts: [-19.25, -19.125], logLikelihood: -18.0625,
      structure: TreeOrigin(
        learner: "louvain", settings: [:], seed: nil,
        documents: .init(file: "first.txt", sha256: "cd", count: 3, dropped: 0)))
    let bare = try SmallTrees.structure()
    for tree in [bare, try SmallTrees.filled(bare)] {
      let text = try TreeFile(tree, origin: origin).text(.own)
      let file = try SmallTrees.read(text)
      #expect(file == TreeFile(tree, origin: origin, form: .own))
      #expect(try file.text(.own) == text)
    }
  }

  @Test func `BIF keeps structure, labels and every bit of the probabilities`() throws {
    let tree = try SmallTrees.filled(try SmallTrees.structure())
    let file = try SmallTrees.read(try TreeFile(tree).text(.bif), name: "tree.txt")
    #expect(file.form == .bif)
    #expect(file.tree == tree)
  }

  @Test func `BIF keeps levels where names do not say them, under new names`() throws {
    let bridged = try LatentTree(
      latents: [
        .init(name: "top", level: 2, parent: nil), .init(name: "beside", level: 2, parent: 0),
        .init(name: "low", level: 1, parent: 0), .init(name: "lower", level: 1, parent: 1),
      ],
      leaves: [.init(index: 0, label: "a \"b\"", parent: 2), .init(index: 9, label: "", parent: 3)])
    let tree = try SmallTrees.filled(bridged)
    let read = try SmallTrees.read(try TreeFile(tree).text(.bif)).tree
    #expect(read.latents.map(\.level) == [2, 2, 1, 1])
    #expect(read.latents.map(\.name) == ["Z21", "Z22", "Z11", "Z12"])
    #expect(read.latents.map(\.parent) == tree.latents.map(\.parent))
    #expect(read.distribution == tree.distribution)
    #expect(read.leaves.map(\.label) == ["a 'b'", ""])
  }

  @Test func `a tree as deep as may be is read, and one deeper is refused`() throws {
    for depth in [LatentTree.depthLimit, LatentTree.depthLimit + 1] {
      let levels = (1...depth).reversed()
      let text =
        "[" + levels.map { "{\"id\":\"Z\($0)\",\"text\":\"c1\",\"children\":[" }.joined()
        + levels.map { _ in "]}" }.joined() + "]"
      if depth == LatentTree.depthLimit {
        let tree = try SmallTrees.read(Array(text.utf8)).tree
        #expect(tree.height == depth)
        #expect(try SmallTrees.read(try TreeFile(tree).text(.own)).tree == tree)
      } else {
        #expect(try SmallTrees.complaint(text).contains("deeper than 64 latents"))
      }
    }
  }

  @Test func `BIF's new names stay apart above nine levels`() throws {
    // Twelve of level 1, the last of which would be called Z112, as would the second of level 11.
    var latents = (0..<12).map { LatentTree.Latent(name: "low \($0)", level: 1, parent: 13) }
    latents += [11, 11, 12].enumerated().map {
      .init(name: "\"high\" \($0)", level: $1, parent: $1 == 12 ? nil : 14)
    }
    latents[0] = .init(name: "low 0", level: 1, parent: 12)
    let tree = try SmallTrees.filled(
      LatentTree(
        latents: latents, leaves: (0..<12).map { .init(index: $0, label: "", parent: $0) }))
    let read = try SmallTrees.read(try TreeFile(tree).text(.bif)).tree
    #expect(read.latents.map(\.parent) == tree.latents.map(\.parent))
    #expect(read.latents.map(\.name).contains("Z1.12") && read.distribution == tree.distribution)
  }

  @Test func `BIF keeps levels that leave some out`() throws {
    let tree = try SmallTrees.filled(
      LatentTree(
        latents: [.init(name: "b", level: 4, parent: nil), .init(name: "a", level: 1, parent: 0)],
        leaves: [.init(index: 3, label: "", parent: 1)]))
    #expect(try SmallTrees.read(try TreeFile(tree).text(.bif)).tree.latents.map(\.level) == [4, 1])
  }

  @Test func `a bare structure has no BIF`() throws {
    #expect(throws: TreeFileError.needsProbabilities) {
      try TreeFile(try SmallTrees.structure()).text(.bif)
    }
  }

  @Test func `the published form keeps the structure and labels`() throws {
    let tree = try SmallTrees.structure()
    #expect(try SmallTrees.read(try TreeFile(tree).text(.published)).tree == tree)
    let filled = try SmallTrees.read(try TreeFile(SmallTrees.filled(tree)).text(.published))
    #expect(filled.tree == tree && filled.form == .published)
  }

  @Test func `labels that are given stand instead of the tree's own`() throws {
    let tree = try SmallTrees.structure().labelled(by: .init(["n0", "n1", "n2", "n3", "n4"]))
    #expect(tree.labels.names[1...5] == ["n1", "n2", "n3", "n4", "label 5"])
    #expect(tree.labels.names[0] == "class 0")
  }

  @Test func `a tree that is compressed is read, with a byte-order mark or without`() throws {
    let tree = try SmallTrees.filled(SmallTrees.structure())
    for form in TreeForm.allCases {
      let text = try TreeFile(tree).text(form)
      let plain = try SmallTrees.read(text)
      for marked in [text, TextFile.mark + text] {
        #expect(try SmallTrees.read(marked) == plain, "\(form)")
        #expect(try SmallTrees.read(Gzip.compressed(marked)) == plain, "\(form)")
      }
    }
  }

  @Test(arguments: [
    ("", "is not a latent tree"), ("\u{1}PNG", "is not a latent tree"),
    ("795 970\n", "is not a latent tree"),
    ("{}", "is JSON, but not a latent tree"), ("[1, 2]", "is JSON, but not a latent tree"),
    ("{\"task\": \"classification\"}", "is JSON, but not a latent tree"),
    ("{\"format\": \"soup\", \"version\": 1}", "is JSON, but not a latent tree"),
    ("{\"format\": \"rather latent tree\", \"version\": 1}", "is JSON, but not a latent tree"),
    ("{\"format\": \"rather latent tree\", \"version\": 9}", "version 9"),
    ("[{\"id\": \"Z1\"", "not valid JSON"),
    (levelled("1e400"), "too large or too small"), (levelled("1.5"), "not whole"),
    ("[]", "holds no classes"),
    (String(repeating: "[", count: 10_000), "nested more deeply"),
    (String(repeating: "{\"a\":", count: 10_000), "nested more deeply"),
    ("[{\"id\":\"Z1\",\"text\":\"c1 violin\"}]", "“violin”"),
    ("[{\"id\":\"Z1\",\"text\":\"0.03 1.0\"}]", "names no class"),
    ("[{\"id\":\"Z1\",\"text\":\"c1\",\"text\":\"c2\"}]", "“text” stands in one object twice"),
    ("[{\"id\":\"Z1\",\"text\":\"c1 c2 c1\"}]", "class 1 is in the tree twice"),
    ("[{\"id\":\"Z1\",\"text\":\"c2000000000\"}]", "class 2000000000, which is more than any"),
    (levelled("4000000000000"), "Z1 is of level 4000000000000; levels are 1"),
    (levelled("9223372036854775807"), "Z1 is of level 9223372036854775807"),
    (levelled("0"), "Z1 is of level 0"), (levelled("-9223372036854775808"), "Z1 is of level -9223"),
    ("[{\"id\":\"Z1\",\"text\":\"c1\"},{\"id\":\"Z1\",\"text\":\"c2\"}]", "named Z1"),
  ])
  func `what is no tree is refused in a sentence`(text: String, saying: String) throws {
    let complaint = try SmallTrees.complaint(text)
    #expect(complaint.hasPrefix("tree.json"), "\(complaint)")
    #expect(complaint.contains(saying), "\(complaint)")
  }

  /// A published tree whose lower node says a level.
  static func levelled(_ level: String) -> String {
    "[{\"id\":\"Z2\",\"text\":\"\",\"children\":[{\"id\":\"Z1\",\"text\":\"c1 c2\","
      + "\"data\":{\"level\":\(level)}}]}]"
  }

  @Test(arguments: ["4000000000000", "9223372036854775807", "0"])
  func `a level or a class that no tree has is refused in Rather's own form too`(number: String)
    throws
  {
    let text = String(decoding: try TreeFile(SmallTrees.structure()).text(.own), as: UTF8.self)
    let level = text.replacing("\"level\" : 3", with: "\"level\" : \(number)")
    #expect(try SmallTrees.complaint(level).contains("Z31 is of level \(number)"))
    let index = text.replacing("\"index\" : 6", with: "\"index\" : -\(number.dropLast())7")
    #expect(try SmallTrees.complaint(index).contains("classes are counted from 0"))
  }

  @Test func `probabilities for some nodes only are refused`() throws {
    let text = String(
      decoding: try TreeFile(SmallTrees.filled(try SmallTrees.structure())).text(.own),
      as: UTF8.self)
    let key = try #require(text.range(of: "\"probabilities\""))
    let complaint = try SmallTrees.complaint(text.replacingCharacters(in: key, with: "\"other\""))
    #expect(complaint.contains("probabilities"), "\(complaint)")
    let negative = text.replacing(
      /"probabilities" : \[\s*[0-9.e-]+/, with: "\"probabilities\" : [-2", maxReplacements: 1)
    #expect(try SmallTrees.complaint(negative).contains("-2.0"))
  }
}
