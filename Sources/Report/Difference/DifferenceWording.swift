internal import Foundation
internal import Terms

/// What the page and the terminal say of two networks as a whole.
package struct DifferenceWording {
  private let counts: DifferenceReport.Counts
  private let onlyOld: [String]
  private let onlyNew: [String]

  init(_ counts: DifferenceReport.Counts, onlyOld: [String], onlyNew: [String]) {
    (self.counts, self.onlyOld, self.onlyNew) = (counts, onlyOld, onlyNew)
  }

  /// Tells what a manifest holds.
  package init(_ manifest: DifferenceManifest) {
    self.init(
      .init(
        pictures: manifest.pictureCount, changed: manifest.changedCount, truth: manifest.truth),
      onlyOld: manifest.onlyOld, onlyNew: manifest.onlyNew)
  }

  /// How many pictures the networks answer differently, and which classes one of them alone has.
  package var sentences: [String] { [summary] + labels }

  private var summary: String {
    if counts.changed == 0 {
      return counts.pictures == 1
        ? "Both networks give the same answer for the only picture."
        : "Both networks give the same answers for all \(counts.pictures) pictures."
    }
    return "\(counts.changed) of \(Counted.text(counts.pictures, "picture")) "
      + "\(counts.changed == 1 ? "is" : "are") answered differently; the networks agree on "
      + String(format: "%.1f %%.", 100 * counts.agreement)
  }

  private var labels: [String] {
    [(onlyOld, "old"), (onlyNew, "new")].compactMap { labels, network in
      if labels.isEmpty { return nil }
      let named = labels.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
      let more = labels.count > 5 ? " and \(labels.count - 5) more" : ""
      return
        "Only the \(network) network has \(labels.count == 1 ? "the class" : "the classes") \(named)\(more)."
    }
  }
}
