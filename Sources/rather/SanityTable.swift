import Faithfulness
import Foundation
import Report

/// The verdicts of a sanity manifest as a table of text.
struct SanityTable {
  private let manifest: SanityManifest

  init(_ manifest: SanityManifest) { self.manifest = manifest }

  /// The table, and what its numbers mean.
  var lines: [String] {
    let rows = [head] + manifest.methods.flatMap { method in method.tests.map { row(method, $0) } }
    return TextTable().lines(rows) + [
      "",
      "kept: how much of the likeness to the original map is more than chance, 1 for the same map;",
      "with all weights random, or the mean over stages or classes. A good map changes.",
    ]
  }

  private let head = ["method", "test", "verdict", "kept", "rank", "SSIM"]

  private func row(
    _ method: SanityManifest.Method, _ test: SanityManifest.Test
  ) -> [String] {
    let shown = test.test == .cascade ? Array(test.steps.suffix(1)) : test.steps
    return [
      method.explainer, SanityWording.title(of: test.test),
      SanityWording.words(for: test.verdict), mean(shown.map(\.kept)),
      mean(shown.map { $0.similarity?.magnitudeCorrelation }),
      mean(shown.map { $0.similarity?.ssim }),
    ]
  }

  private func mean(_ numbers: [Double?]) -> String {
    let all = numbers.compactMap(\.self)
    guard !all.isEmpty else { return "–" }
    return SanityWording.number(all.reduce(0, +) / Double(all.count))
  }
}
