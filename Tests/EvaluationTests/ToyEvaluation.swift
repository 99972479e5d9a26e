import Confusion
import Contrast
import Documents
import Faithfulness
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Evaluation

/// A folder of small pictures and a toy network of three classes, two of which are confused.
struct ToyEvaluation {
  let folder: URL
  let network: Network

  init(_ count: Int, asking other: Network? = nil) throws {
    folder = try References.temporaryFolder()
    network =
      try other
      ?? ToyNetworks.network(
        ToyNetworks.pooled(
          kernels: [1, -2, 0.5], biases: [0.1, 1, 0],
          head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
          height: 4, width: 6))
    try FileManager.default.createDirectory(
      atPath: path("photos"), withIntermediateDirectories: true)
    for i in 0..<count {
      let level = 200 * i / max(1, count - 1)
      let pixels = (0..<288).map { UInt8(min(255, level + $0 * 7 % 50)) }
      try put(
        Picture(width: 12, height: 8, pixels: pixels).png(),
        in: String(format: "photos/%02d.png", i))
    }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func put(_ bytes: some Sequence<UInt8>, in name: String) throws {
    try Data(Array(bytes)).write(to: folder.appending(path: name))
  }

  static let metrics = MetricSettings(step: 3, wholeSteps: 4)

  func settings(
    _ clusters: [[Int]] = [[0, 1], [2]], metrics: MetricSettings = ToyEvaluation.metrics
  ) throws -> EvaluationSettings {
    try EvaluationSettings(
      partition: Partition(clusters), from: .byHand(clusters), mass: 1, metrics: metrics,
      ground: .init("blur:1", .blur(sigma: 1)))
  }

  func gradCAM(
    support: Support = .percentile(50), at layer: String = "relu"
  ) throws -> ExplainerCandidate {
    let cam = try GradCAM().at(network.program.layer(named: layer))
    return ExplainerCandidate(
      EvaluatedExplainer(
        name: "grad-cam", title: "Grad-CAM", clusterPlace: "relu", classPlace: "relu", settings: [:]
      ),
      stages: StageExplainers(cam), clusterScore: .logit, classScore: .logit,
      support: support)
  }

  func rise(masks: Int = 24) -> ExplainerCandidate {
    ExplainerCandidate(
      EvaluatedExplainer(
        name: "rise", title: "RISE", clusterPlace: "input", classPlace: "input",
        settings: ["masks": "\(masks)"]),
      stages: StageExplainers(RISE(maskCount: masks, seed: 3)), clusterScore: .probability,
      classScore: .probability, support: .percentile(70))
  }

  func job(
    _ candidates: [ExplainerCandidate], _ schemes: [Scheme] = [.swox, .cwox1sA, .cwox1sB, .cwox2s],
    settings: EvaluationSettings? = nil, limit: Int = .max, of pictures: String = "photos"
  ) throws -> EvaluationPlan {
    let usual = try self.settings()
    return try EvaluationPlan(
      of: PictureList(at: path(pictures)), limit: limit, by: network, networkSHA256: "toy",
      settings: settings ?? usual, candidates: candidates, schemes: schemes)
  }

  /// Everything that a run holds, to the bit.
  func dump(_ run: String) throws -> [String] { try EvaluationRun.open(path(run)).dump() }
}

extension EvaluationPlan {
  /// Runs with small means.
  @discardableResult func run(
    in folder: String, workers: Int = 2, progress: ProgressHandler = { _ in }
  ) throws -> EvaluationSummary {
    try run(in: folder, workers: workers, memory: 1 << 32, progress: progress)
  }
}

extension EvaluationRun {
  /// Everything that a run holds, in an order of its own; numbers to the bit.
  func dump() throws -> [String] {
    var lines = ["\(try JSONText.of(identity))"]
    lines += try methods.map {
      "\(try JSONText.of($0.explainer)) \($0.scheme) \($0.support as Any)"
    }
    for picture in pictures {
      lines.append("\(picture)")
      lines += try pairs(of: picture).map { "\($0.pair) \($0.curves)" }
    }
    return lines
  }
}

extension EvaluationRun {
  /// Every number that tables are made of, explainers compared within a scheme and schemes within an
  /// explainer.
  func tabled() throws -> [Float] {
    var numbers: [Double] = []
    try forEachPair { pair in
      for (place, method) in methods.enumerated() {
        let curves = try #require(pair.curves[place])
        let metrics = curves.contrast(identity.metrics)
        for rivals in [
          methods.indices.filter { methods[$0].explainer == method.explainer },
          methods.indices.filter { methods[$0].scheme == method.scheme },
        ] {
          numbers.append(pair.commonCount(of: rivals).map { metrics.cauc(over: $0) } ?? 0)
        }
        let whole = try #require(curves.whole)
        numbers += [
          metrics.cdrop ?? 0, Double(curves.salientCount) / Double(featureCount),
          whole.deletionArea,
          whole.insertionArea,
          whole.logOddsArea, whole.relativeProbability(without: 0.2),
        ]
      }
    }
    return numbers.map(Float.init)
  }
}
