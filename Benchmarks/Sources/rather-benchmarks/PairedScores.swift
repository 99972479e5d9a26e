import Foundation
import Networks
import Saliency
import Terms

/// Seven scores and one, in turns, so that what slows the machine slows both.
enum PairedScores {
  /// Prints for each layer the median of 60 pairs' ratios, the tenth and the ninetieth percentile.
  static func measure(_ subjects: [Subject], photo: String) throws {
    let seven = (0..<7).map { Score.logit(ClassSet($0)) }
    print("| network · layer | one, ms | seven, ms | ratio (10 %–90 %) |")
    print("|---|---:|---:|---:|")
    for subject in subjects {
      let input = try subject.input(from: photo)
      for layer in subject.layers {
        let explainer = try GradCAM().at(layer)
        var times: [(one: Double, seven: Double)] = []
        for _ in 0..<65 {
          times.append(
            (
              try time {
                blackHole(try explainer.maps(of: [seven[0]], in: subject.network, at: input))
              },
              try time { blackHole(try explainer.maps(of: seven, in: subject.network, at: input)) }
            ))
        }
        let kept = times.dropFirst(5)
        let ratios = kept.map { $0.seven / $0.one }.sorted()
        let (low, middle, high) = (ratios[6], ratios[30], ratios[54])
        print(
          "| \(subject.name) · \(layer.name) | \(median(kept.map(\.one))) "
            + "| \(median(kept.map(\.seven))) "
            + "| " + String(format: "%.2f (%.2f–%.2f) |", middle, low, high))
      }
    }
  }

  private static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
  }

  private static func median(_ values: [Double]) -> String {
    String(format: "%.1f", values.sorted()[values.count / 2])
  }
}
