import Confusion
import Foundation
import Terms

/// A tree drawn with letters.
struct TreeText {
  private let tree: LatentTree
  private let lowest: Int
  private let words: [[LatentTree.Word]]
  private let probabilities: [Double]?
  private let labels: ClassLabels
  private let children: [[Int]]

  /// - Parameter lowest: The lowest level to draw.
  init(_ tree: LatentTree, downTo lowest: Int) {
    (self.tree, self.lowest) = (tree, lowest)
    (words, probabilities, labels) = (tree.words(), tree.latentProbabilities, tree.labels)
    children = tree.children
  }

  /// A heading, and a line a latent.
  var lines: [String] {
    let sizes = tree.levelSizes.reversed().map(String.init).joined(separator: ", ")
    let levels = tree.height == 1 ? "1 level" : "\(tree.height) levels, from the top"
    var lines = ["\(Counted.text(tree.leaves.count, "class", "classes")); \(levels): \(sizes)"]
    for root in tree.roots {
      lines.append("")
      add(root, first: "", rest: "", to: &lines)
    }
    return lines
  }

  private func add(_ latent: Int, first: String, rest: String, to lines: inout [String]) {
    let below = children[latent].filter { tree.latents[$0].level >= lowest }
    lines.append(first + line(latent, isWhole: below.isEmpty))
    for (number, child) in below.enumerated() {
      let isLast = number == below.count - 1
      add(
        child, first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "),
        to: &lines)
    }
  }

  private func line(_ latent: Int, isWhole: Bool) -> String {
    let own = words[latent]
    let shown = isWhole && own.count <= 12 ? own[...] : own.prefix(4)
    var text = tree.latents[latent].name
    if let probabilities { text += String(format: "  %.3f", probabilities[latent]) }
    text += shown.count < own.count ? "  \(own.count) classes: " : "  "
    text += shown.map { labels[tree.leaves[$0.leaf].index] }.joined(separator: ", ")
    return shown.count < own.count ? text + ", …" : text
  }
}
