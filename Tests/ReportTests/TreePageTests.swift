import Confusion
import Foundation
import Report
import Testing

/// The page of a tree: what it holds, and that it stands alone.
@Suite struct TreePageTests {
  static func page(_ distribution: LatentTree.Distribution? = nil) throws -> String {
    let tree = try LatentTree(
      latents: [
        .init(name: "Z21", level: 2, parent: nil), .init(name: "Z11", level: 1, parent: 0),
        .init(name: "Z12", level: 1, parent: 0),
      ],
      leaves: [
        .init(index: 0, label: "<b>\"cello\"</b>", parent: 1),
        .init(index: 4, label: "", parent: 1),
        .init(index: 7, label: "tabby cat & co", parent: 2),
      ],
      distribution: distribution)
    let origin = TreeOrigin(
      learner: "hlta", settings: ["largestTop": "15"], seed: 7,
      documents: .init(file: "docs.txt", sha256: "abc", count: 10, dropped: 2),
      attempts: [-19.5, -19.25], logLikelihood: -18)
    return TreePage(
      TreeFile(tree, origin: origin), title: "tree.json", openDownTo: 1, version: "9"
    ).html()
  }

  @Test func `every class is listed once, below its cluster, escaped`() throws {
    let page = try Self.page()
    let items = page.matches(of: /<li data-class="(\d+)">(.*?)<\/li>/).map {
      "\($0.output.1) \($0.output.2)"
    }
    #expect(
      items == [
        "0 &lt;b&gt;&quot;cello&quot;&lt;/b&gt;", "4 class 4", "7 tabby cat &amp; co",
      ])
    #expect(page.contains("data-level=\"1\"><b>Z12</b> <i>tabby cat &amp; co</i> <small>1 class"))
    #expect(page.contains("<main id=\"list\" data-open=\"1\">"))
  }

  @Test func `lists nest and close`() throws {
    let page = try Self.page()
    for tag in ["ul", "li", "div", "script", "style", "main", "table"] {
      let opened = page.matches(of: try Regex("<\(tag)[ >]")).count
      #expect(opened == page.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
  }

  @Test(arguments: [
    (clusters: 20, classes: 2, open: 0), (20, 3, 1), (40, 3, 1), (41, 3, 1), (200, 3, 1),
  ])
  func `a page opens at the lowest level that fits a screen, and never at one dot`(
    clusters: Int, classes: Int, open: Int
  ) throws {
    let tree = try LatentTree(
      latents: [.init(name: "Z21", level: 2, parent: nil)]
        + (0..<clusters).map { .init(name: "Z1\($0)", level: 1, parent: 0) },
      leaves: (0..<clusters * classes).map {
        .init(index: $0, label: "", parent: 1 + $0 / classes)
      })
    let page = TreePage(TreeFile(tree), title: "", openDownTo: nil, version: "").html()
    #expect(page.contains("<main id=\"list\" data-open=\"\(open)\">"))
  }

  @Test func `a page opens higher where lower levels do not fit`() throws {
    // Two roots; 60 clusters of level 1 under 30 of level 2.
    let tree = try LatentTree(
      latents: (0..<2).map { .init(name: "Z3\($0)", level: 3, parent: nil) }
        + (0..<30).map { .init(name: "Z2\($0)", level: 2, parent: $0 % 2) }
        + (0..<60).map { .init(name: "Z1\($0)", level: 1, parent: 2 + $0 / 2) },
      leaves: (0..<60).map { .init(index: $0, label: "", parent: 32 + $0) })
    let page = TreePage(TreeFile(tree), title: "", openDownTo: nil, version: "").html()
    #expect(page.contains("data-open=\"2\""))
  }

  @Test func `the origin of a tree that was fitted tells how its structure was found`() throws {
    let first = TreeOrigin(
      learner: "hlta", settings: ["largestTop": "15"], seed: 7,
      documents: .init(file: "docs.txt", sha256: "abc", count: 10, dropped: 2))
    let tree = try LatentTree(
      latents: [.init(name: "Z11", level: 1, parent: nil)],
      leaves: [.init(index: 0, label: "", parent: 0)])
    let origin = TreeOrigin(
      learner: "fit", settings: ["iterations": "3"], seed: 0,
      documents: .init(file: "other.txt", sha256: "def", count: 5, dropped: 1), structure: first)
    let page = TreePage(
      TreeFile(tree, origin: origin), title: "", openDownTo: nil, version: ""
    ).html()
    for row in [
      ("method", "fit"), ("settings", "iterations=3"), ("structure: method", "hlta"),
      ("structure: settings", "largestTop=15"), ("structure: SHA-256", "abc"),
    ] {
      #expect(page.contains("<tr><th>\(row.0)</th><td><code>\(row.1)</code></td></tr>"), "\(row)")
    }
  }

  @Test func `nothing is fetched`() throws {
    let page = try Self.page()
    for word in ["http:", "https:", "src=", "@import", "url(", "<link"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `probabilities are told where there are any`() throws {
    #expect(try !Self.page().contains("data-p"))
    let page = try Self.page(
      .init(
        latents: [[0.5, 0.5], [0.25, 0.75], [0, 1]], leaves: [[0, 1], [0.5, 0.5], [0.1, 0.2]]))
    // P(Z11) = (0.25 + 0.75) / 2.
    #expect(page.contains("<li data-level=\"1\" data-p=\"0.5\"><b>Z11</b>"))
    #expect(page.contains("-18.0000 a document") && page.contains("-19.2500, the best of 2"))
  }
}
