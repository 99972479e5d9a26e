import Contrast
import Evaluation
import Faithfulness
import Foundation
import Terms

@testable import Evaluation

/// A run whose curves are straight lines, so that everything has a closed form.
///
/// Of 100 pixels each deleted one takes a hundredth of the fact's probability `a` away; the foil's
/// stays `q`. So `s(r) = a (1 − q) (1 − (r − 1)/100)`.
enum MadeUpRun {
  static let featureCount = 100
  static let settings = MetricSettings(step: 1, wholeSteps: 10, areas: [0.1, 0.5])

  /// A map by its n_δ and the fact's and foil's probabilities.
  static func curves(
    _ salientCount: Int, _ a: Double, _ q: Double, wholeCurves: Bool = true
  ) -> MapCurves {
    func curve(_ counts: [Int], _ isLeft: (Double) -> Double) -> ContrastCurve {
      ContrastCurve(
        counts: counts, fact: counts.map { log(a * isLeft(Double($0) / Double(featureCount))) },
        foil: counts.map { _ in log(q) })
    }
    let whole = Array(stride(from: 0, through: featureCount, by: 10))
    return MapCurves(
      salientCount: salientCount, featureCount: featureCount,
      salient: curve(Array(0...salientCount)) { 1 - $0 },
      deletion: wholeCurves ? curve(whole) { max(1 - $0, 1e-9) } : nil,
      insertion: wholeCurves ? curve(whole) { max($0, 1e-9) } : nil)
  }

  static func methods(_ explainers: [String], _ schemes: [Scheme]) -> [EvaluatedMethod] {
    explainers.flatMap { name in
      schemes.map {
        EvaluatedMethod(
          explainer: .init(
            name: name, title: name.uppercased(), clusterPlace: "input", classPlace: "input",
            settings: [:]), scheme: $0, support: nil)
      }
    }
  }

  /// A picture of classes in clusters, likeliest first.
  static func picture(
    _ name: String, _ clusters: [[Int]], failure: String? = nil, measured: [Bool] = [true, true]
  ) -> EvaluatedPicture {
    EvaluatedPicture(
      name: name, sha256: nil, failure: failure,
      likeliest: clusters.joined().enumerated().map {
        .init(index: $1, probability: 0.5 / Float(1 << $0))
      }, clusters: clusters, measured: measured)
  }

  /// A run of pictures and, for each of their pairs, a map a method.
  static func run(
    title: String = "net", _ methods: [EvaluatedMethod], settings: MetricSettings = settings,
    _ pictures: [(EvaluatedPicture, [[MapCurves?]])]
  ) throws -> TabledRun {
    let pairs = Dictionary(uniqueKeysWithValues: pictures.map { ($0.name, $1) })
    return try TabledRun(
      title: title, methods, settings, ClassLabels(["cello", "violin", "viola, alto", "drum"]),
      pictures.map(\.0)
    ) { picture in
      zip(picture.pairs, pairs[picture.name] ?? []).map {
        MeasuredPair(picture: picture.name, pair: $0, curves: $1)
      }
    }
  }

  /// Three pictures with one, two and no pair, by SWOX and CWOX-2s with one explainer.
  static func small() throws -> TabledRun {
    try run(
      methods(["rise"], [.swox, .cwox2s]),
      [
        (
          picture("a.png", [[0, 1]]),
          [[curves(20, 0.6, 0.3), curves(10, 0.6, 0.3)], [nil, nil]]
        ),
        (
          picture("b.png", [[0, 1], [2]]),
          [
            [curves(8, 0.5, 0.2), curves(4, 0.5, 0.2)],
            [curves(40, 0.2, 0.5), curves(0, 0.2, 0.5)],
          ]
        ),
        (picture("c.png", [[3], [0]]), []),
      ])
  }
}
