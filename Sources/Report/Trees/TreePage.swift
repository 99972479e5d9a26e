public import Confusion

/// A page that shows a latent tree: a dendrogram to move about in, and for readers without scripts
/// and for paper a nested list. It needs no other file and no network connection.
public struct TreePage: Sendable {
  private let file: TreeFile
  private let title: String
  private let openDownTo: Int?
  private let version: String
  private let paths: ShownPaths

  /// Collects what the page shows.
  ///
  /// - Parameters:
  ///   - title: What the page is headed by, such as the tree's file.
  ///   - openDownTo: The level to unfold the tree to; where it is `nil`, the lowest of which a screen
  ///     holds all clusters.
  ///   - version: Rather's version.
  ///   - paths: How files are named.
  public init(
    _ file: TreeFile, title: String, openDownTo: Int?, version: String, paths: ShownPaths = .names
  ) {
    (self.file, self.title) = (file, title)
    (self.openDownTo, self.version, self.paths) = (openDownTo, version, paths)
  }

  /// How many clusters can be read at once.
  private static let rowCount = 40

  /// The page's text.
  public func html() -> String {
    let open = String(openDownTo ?? file.tree.levelThatFits(rows: Self.rowCount))
    return PageFrame(
      title: paths.text(title), lead: "<p>\(summary)</p>", styles: [Self.style],
      content: """
        \(HTML(markup: Self.controls))
        <main id="list" data-open="\(open)"><ul>\(TreeList(file.tree).items)</ul></main>
        """,
      footer: """
        \(reading)
        <h2>How it was found</h2>
        \(facts)
        """,
      end: """
        <script>(() => {\(HTML(markup: Self.viewScript + Self.useScript))})();</script>
        """
    ).text
  }

  private var summary: String {
    let sizes = file.tree.levelSizes.reversed().map(String.init).joined(separator: ", ")
    let levels =
      file.tree.height > 1
      ? "clusters from the top level down" : file.tree.levelSizes == [1] ? "cluster" : "clusters"
    return "\(file.tree.leaves.count) classes; \(sizes) \(levels)."
  }

  private var reading: HTML {
    let probability: HTML =
      file.tree.distribution == nil
      ? "The file holds no probabilities."
      : """
      P is the probability of the cluster's “on” state, in which its classes are likelier. Of a \
      cluster the classes are named that tell most about it.
      """
    return """
      <h2>How to read it</h2>
      <p>Two classes are joined the further right, the more often the network holds them likely \
      together: it confuses them, or they come in the same pictures. Each branch is a cluster; \
      those of level 1 are just above the classes. \(probability)</p>
      <p class="keys">Drag to move, turn the wheel to zoom, press a dot to fold or unfold it, a name \
      to select it. Keys: arrows walk the tree, Enter folds, + and − zoom, 0 shows all, / \
      searches.</p>
      """
  }

  private var facts: HTML {
    let origin = file.origin?.facts ?? [("origin", "the file does not say")]
    return HTML.facts(
      (origin + [("Rather", version)]).map { ($0.0, paths.text($0.1)) })
  }

  private static let controls = """
    <div id="app" hidden>
    <div class="tools">
    <div class="search" role="search"><input id="find" type="search" autocomplete="off" \
    role="combobox" aria-expanded="false" aria-controls="found" aria-label="Find a class" \
    placeholder="Find a class ( / )"><ul id="found" role="listbox" hidden></ul></div>
    <div class="levels" role="group" aria-label="Unfold to"></div>
    <div class="zoom" role="group" aria-label="Zoom"><button data-zoom="0.7" aria-label="Zoom out">\
    −</button><button data-zoom="1.4" aria-label="Zoom in">+</button>\
    <button id="fit">Show all</button></div>
    </div>
    <div class="stage"><svg id="view" tabindex="0" role="tree" aria-label="Dendrogram of classes">\
    </svg><aside id="side" aria-live="polite"></aside></div>
    </div>
    """
}
