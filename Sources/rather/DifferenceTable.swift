import Foundation
import Report
import Terms

/// Where two networks answer differently, as lines of text.
struct DifferenceTable {
  private let manifest: DifferenceManifest

  init(_ manifest: DifferenceManifest) { self.manifest = manifest }

  /// The summary, what is known of right and wrong, and a row for each kind of change.
  var lines: [String] {
    DifferenceWording(manifest).sentences + truth
      + (manifest.changes.isEmpty ? [] : [""] + table)
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
    let left = manifest.changes.dropFirst(Self.rowCount)
    let count = left.reduce(0) { $0 + $1.count }
    let more =
      left.isEmpty
      ? []
      : ["and \(Counted.text(left.count, "further kind")), of \(Counted.text(count, "picture"))"]
    return TextTable(right: [0, 3, 4, 5]).lines(all) + more
  }

  /// How many kinds are listed.
  private static let rowCount = 20
}
