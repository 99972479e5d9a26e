internal import Confusion
internal import Foundation
internal import Terms

/// A tree as nested lists; the page's script reads the tree from them.
struct TreeList {
  private let tree: LatentTree
  private let words: [[LatentTree.Word]]
  private let probabilities: [Double]?
  private let labels: ClassLabels
  private let children: [[Int]]
  private var direct: [Set<Int>]

  /// How many classes a cluster is called by.
  private static let nameCount = 4

  init(_ tree: LatentTree) {
    self.tree = tree
    (words, probabilities, labels) = (tree.words(), tree.latentProbabilities, tree.labels)
    children = tree.children
    direct = .init(repeating: [], count: tree.latents.count)
    for (place, leaf) in tree.leaves.enumerated() { direct[leaf.parent].insert(place) }
  }

  /// An item a root.
  var items: [HTML] { tree.roots.map(item) }

  private func item(_ place: Int) -> HTML {
    let latent = tree.latents[place]
    let own = words[place]
    let named = own.prefix(Self.nameCount).map { label($0.leaf) }.joined(separator: ", ")
    let rest = own.count > Self.nameCount ? ", …" : ""
    let probability = probabilities.map { String(format: "%.3g", $0[place]) }
    let attribute = probability.map { HTML(markup: " data-p=\"\($0)\"") } ?? ""
    let count = own.count == 1 ? "1 class" : "\(own.count) classes"
    let note = probability.map { "\(count), P \($0)" } ?? count
    let classes = own.filter { direct[place].contains($0.leaf) }.map { word -> HTML in
      "<li data-class=\"\(String(tree.leaves[word.leaf].index))\">\(label(word.leaf))</li>"
    }
    return """
      <li data-level="\(String(latent.level))"\(attribute)><b>\(latent.name)</b> \
      <i>\(named + rest)</i> <small>\(note)</small><ul>\(children[place].map(item) + classes)</ul></li>
      """
  }

  private func label(_ leaf: Int) -> String { labels[tree.leaves[leaf].index] }
}
