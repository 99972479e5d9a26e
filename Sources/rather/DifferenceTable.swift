import Foundation
import Report
import Terms

/// What two networks answer otherwise, as lines of text.
struct DifferenceTable {
  private let manifest: DifferenceManifest

  init(_ manifest: DifferenceManifest) { self.manifest = manifest }

  /// The summary, what is known of right and wrong, and a row for each kind of change.
  var lines: [String] {
    [summary] + labels + truth + (manifest.changes.isEmpty ? [] : [""] + table)
  }

  private var summary: String {
    let pictures = Counted.text(manifest.pictureCount, "picture")
    if manifest.changedCount == 0 {
      return "Both networks answer alike about "
        + (manifest.pictureCount == 1 ? "the only picture." : "all \(pictures).")
    }
    return
      "\(manifest.changedCount) of \(pictures) \(manifest.changedCount == 1 ? "is" : "are") answered otherwise; "
      + String(format: "the networks agree about %.1f %%.", 100 * manifest.agreement)
  }

  private var labels: [String] {
    [(manifest.onlyOld, "old"), (manifest.onlyNew, "new")].compactMap { labels, name in
      if labels.isEmpty { return nil }
      let shown = labels.prefix(5).joined(separator: ", ")
      let more = labels.count > 5 ? " and \(labels.count - 5) more" : ""
      return
        "Only the \(name) network has \(labels.count == 1 ? "the class" : "the classes") \(shown)\(more)."
    }
  }

  private var truth: [String] {
    guard let truth = manifest.truth else { return [] }
    func share(_ count: Int) -> String {
      String(
        format: "%d (%.1f %%)", count, 100 * Double(count) / Double(max(1, truth.pictureCount)))
    }
    return [
      "Of \(Counted.text(truth.pictureCount, "picture")) whose folder names the class, the old network has "
        + "\(share(truth.oldRight)) right, the new one \(share(truth.newRight)): "
        + "\(truth.fixed) fixed, \(truth.broken) broken."
    ]
  }

  private var table: [String] {
    let hasTruth = manifest.truth != nil
    let head =
      ["pictures", "the old one said", "the new one says", "mean shift"]
      + (hasTruth ? ["fixed", "broken"] : [])
    let rows = manifest.changes.prefix(Self.rowCount).map { change -> [String] in
      let numbers = [change.fixed, change.broken].map { $0.map(String.init) ?? "–" }
      return [
        String(change.count), change.old, change.new,
        change.meanShift.map { String(format: "%.2f", $0) } ?? "–",
      ] + (hasTruth ? numbers : [])
    }
    let all = [head] + rows.map { $0.map { VisibleText.of($0) } }
    let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let isNumber = [true, false, false, true, true, true]
    let left = manifest.changes.dropFirst(Self.rowCount)
    let count = left.reduce(0) { $0 + $1.count }
    let more =
      left.isEmpty
      ? []
      : ["and \(Counted.text(left.count, "further kind")), of \(Counted.text(count, "picture"))"]
    return all.map { row in
      zip(row, zip(widths, isNumber)).map { text, column in
        let space = String(repeating: " ", count: column.0 - text.count)
        return column.1 ? space + text : text + space
      }.joined(separator: "  ")
    } + more
  }

  /// How many kinds are listed.
  private static let rowCount = 20
}
