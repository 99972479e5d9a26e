import Confusion
import Files
import Foundation
import TestSupport
import Testing

/// A folder with documents and trees.
struct TreePlace {
  let folder: URL

  /// Strings {0, 1, 2} and cats {3, 4, 5}, which a few documents join.
  static let documents =
    Array(repeating: [[0, 1], [1, 2], [0, 1, 2], [3, 4], [4, 5, 3], [5, 3]], count: 20)
    .flatMap(\.self) + [[2, 3], [1], [0]]

  init() throws {
    folder = try References.temporaryFolder()
    try Corpus(Self.documents).write(to: path("docs.txt.gz"))
    let tree = try LatentTree(
      latents: [.init(name: "Z11", level: 1, parent: nil)],
      leaves: [.init(index: 0, label: "cello", parent: 0), .init(index: 1, label: "", parent: 0)],
      distribution: .init(latents: [[0.5, 0.5]], leaves: [[0.1, 0.9], [0.1, 0.9]]))
    try WholeFile.write(try TreeFile(tree).text(.own), to: path("pair.json"))
    try write(
      "published.json",
      """
      [{"id": "Z21", "text": "", "children": [
        {"id": "Z11", "text": "c000-cello 0.02 c001-violin 1.0 c002-viola", "children": []},
        {"id": "Z12", "text": "c003-tabby_cat 0.1 c004-lynx", "children": []}]},
       {"id": "Z22", "text": "", "children": [{"id": "Z13", "text": "c005-cougar"}]}]
      """)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path(name))) }

  func run(_ words: String...) throws -> Command { try Command(["tree"] + words, in: folder) }

  /// What the tests' commands left in the folder.
  var left: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !["docs.txt.gz", "pair.json", "published.json"].contains($0) }.sorted()
    }
  }
}

/// `rather tree`: what each command prints and writes.
@Suite struct TreeTests {
  @Test func `cutting groups classes by index and name`() throws {
    let place = try TreePlace()
    let json = try place.run("cut", "published.json", "4", "0", "5", "3", "2", "--json")
    #expect(json.output == "[[4,3],[0,2],[5]]\n" && json.messages == "")
    let upper = try place.run("cut", "published.json", "CELLO", "lynx", "coug", "--level", "2")
    #expect(upper.output == "cello, lynx\ncougar\n")
    let whole = try place.run("cut", "published.json", "--json")
    #expect(whole.output == "[[0,1,2],[3,4],[5]]\n")
    let stranger = try place.run("cut", "published.json", "tabby cat", "99", "3", "--json")
    #expect(stranger.output == "[[3],[99]]\n")
    #expect(stranger.messages.contains("class 99 is not in the tree"))
  }

  @Test func `names come from the tree, or from a file that is given`() throws {
    let place = try TreePlace()
    try place.write("labels.txt", "zero\none\n")
    #expect(try place.run("cut", "pair.json", "cello", "1").output == "cello, class 1\n")
    let run = try place.run("cut", "pair.json", "zero", "one", "--labels", "labels.txt")
    #expect(run.output == "zero, one\n", "\(run.messages)")
  }

  @Test func `a tree is shown as text, limited in depth`() throws {
    let place = try TreePlace()
    let run = try place.run("show", "published.json")
    #expect(
      run.output == """
        6 classes; 2 levels, from the top: 2, 3

        Z21  5 classes: cello, tabby cat, violin, lynx, …
        ├─ Z11  cello, violin, viola
        └─ Z12  tabby cat, lynx

        Z22  cougar
        └─ Z13  cougar

        """)
    let top = try place.run("show", "published.json", "--depth", "1")
    #expect(top.output.split(separator: "\n").count == 3)
    #expect(try place.run("show", "pair.json").output.contains("Z11  0.500  cello, class 1"))
  }

  @Test func `a page is one file`() throws {
    let place = try TreePlace()
    let run = try place.run("show", "published.json", "--output", "tree.html")
    #expect(run.status == 0 && run.output == "tree.html\n")
    #expect(try place.left == ["tree.html"])
    let page = try String(contentsOfFile: place.path("tree.html"), encoding: .utf8)
    #expect(page.contains("<li data-class=\"3\">tabby cat</li>"))
  }

  @Test func `a score is the documents' likelihood`() throws {
    let place = try TreePlace()
    try place.write("judged.txt", "0 1\n1 0\n0\n\n7 0\n")
    let run = try place.run("score", "pair.json", "judged.txt", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["documents"] as? Int == 2 && object["dropped"] as? Int == 2)
    // P(both) = 0.5 · 0.01 + 0.5 · 0.81; five free probabilities.
    let likelihood = try #require(object["logLikelihoodPerDocument"] as? Double)
    let bic = try #require(object["bic"] as? Double)
    #expect(abs(likelihood - log(0.41)) < 1e-12)
    #expect(abs(bic - (2 * log(0.41) - 2.5 * log(2))) < 1e-12)
    #expect(run.messages.contains("1 line without a class"))
    #expect(run.messages.contains("1 class not in the tree"))
  }

  @Test func `a published tree is scored once it is fitted`() throws {
    let place = try TreePlace()
    let bare = try place.run("score", "published.json", "docs.txt.gz")
    #expect(bare.status == 65 && bare.messages.contains("--fit"), "\(bare.messages)")
    let run = try place.run("score", "published.json", "docs.txt.gz", "--fit", "docs.txt.gz")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.contains("documents       121\ndropped         2\n"), "\(run.output)")
  }

  @Test func `trees are compared level by level`() throws {
    let place = try TreePlace()
    let run = try place.run("compare", "published.json", "published.json", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let levels = try #require(object["levels"] as? [[String: Any]])
    #expect(levels.map { $0["adjustedRandIndex"] as? Double } == [1, 1])
    #expect(levels.map { $0["clusters"] as? [Int] } == [[3, 3], [2, 2]])
    let other = try place.run("compare", "published.json", "pair.json")
    #expect(other.status == 0)
    #expect(other.messages.contains("4 classes found only in published.json"))
    #expect(other.messages.contains("published.json has 2 levels, and pair.json has 1;"))
    // Of the three clusters of the one, one holds classes that both have.
    #expect(other.output.contains("\n    1  1, 1 "), "\(other.output)")
  }

  @Test func `a tree is converted to every form and back`() throws {
    let place = try TreePlace()
    for (from, to) in [("pair.json", "pair.bif"), ("pair.bif", "again.json")] {
      let run = try place.run("convert", from, "-o", to)
      #expect(run.status == 0 && run.output == "\(to)\n", "\(run.messages)")
    }
    #expect(
      try Data(contentsOf: URL(filePath: place.path("again.json")))
        == Data(contentsOf: URL(filePath: place.path("pair.json"))))
    let fitted = try place.run(
      "convert", "published.json", "-o", "fitted.json", "--fit", "docs.txt.gz")
    #expect(fitted.status == 0, "\(fitted.messages)")
    let tree = try TreeFile(contentsOf: place.path("fitted.json"))
    #expect(tree.origin?.documents.count == 121 && tree.tree.distribution != nil)
    #expect(
      tree.origin?.settings
        == ["iterations": "100", "pseudoCount": "1.0", "independentRoots": "false"])
    let twice = try place.run(
      "convert", "fitted.json", "-o", "twice.json", "--fit", "docs.txt.gz", "--iterations", "5",
      "--threads", "1")
    #expect(twice.status == 0, "\(twice.messages)")
    #expect(try TreeFile(contentsOf: place.path("twice.json")).origin?.structure == tree.origin)
    let published = try place.run("convert", "fitted.json", "-o", "p.json", "--form", "published")
    #expect(published.status == 0, "\(published.messages)")
    #expect(try place.run("cut", "p.json", "4", "0", "3", "--json").output == "[[4,3],[0]]\n")
  }

  @Test(arguments: [("louvain", ["--resolution", "1"]), ("agglomerative", ["--clusters", "2,1"])])
  func `clusters are learnt, the same for the same seed`(method: String, options: [String]) throws {
    let place = try TreePlace()
    try place.write("labels.txt", "cello\nviolin\nviola\ncat\nlynx\ncougar\n")
    for name in ["a.json", "b.json"] {
      let words = [
        "tree", "learn", "docs.txt.gz", "-o", name, "--by", method, "--labels", "labels.txt",
        "--published-file", "published-\(name)",
      ]
      let run = try Command(words + options, in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      #expect(run.output.contains("121; 2 of fewer than two classes left out"), "\(run.output)")
    }
    let a = try Data(contentsOf: URL(filePath: place.path("a.json")))
    #expect(try Data(contentsOf: URL(filePath: place.path("b.json"))) == a)
    for name in ["a.json", "published-a.json"] {
      let cut = try place.run("cut", name, "--json")
      #expect(cut.output == "[[0,1,2],[3,4,5]]\n", "\(cut.output)")
    }
    let origin = try #require(try TreeFile(contentsOf: place.path("a.json")).origin)
    #expect(origin.learner == method && origin.documents.file == "docs.txt.gz")
    #expect(origin.documents.sha256 == (try SHA256.hex(ofFile: place.path("docs.txt.gz"))))
  }

  @Test func `a latent tree is learnt with its probabilities, the same for any threads`() throws {
    let place = try TreePlace()
    for (name, threads) in [("a", "1"), ("b", "3")] {
      let run = try place.run(
        "learn", "docs.txt.gz", "-o", "\(name).json", "--model-file", "\(name).bif", "--seed", "5",
        "--threads", threads, "--start-count", "8", "--correlation-threshold", "off")
      #expect(run.status == 0, "\(run.messages)")
    }
    for kind in ["json", "bif"] {
      let files = try ["a", "b"].map {
        try Data(contentsOf: URL(filePath: place.path("\($0).\(kind)")))
      }
      #expect(files[0] == files[1])
    }
    let file = try TreeFile(contentsOf: place.path("a.json"))
    #expect(file.tree.distribution != nil && file.tree.leaves.map(\.index) == Array(0..<6))
    #expect(file.origin?.seed == 5 && file.origin?.settings["correlationThreshold"] == "off")
    #expect(
      try TreeFile(contentsOf: place.path("a.bif")).tree.distribution == file.tree.distribution)
  }
}
