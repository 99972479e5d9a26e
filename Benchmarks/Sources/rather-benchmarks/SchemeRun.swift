import Confusion
import Contrast
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms

/// A whole output by CWOX-2s, beside one score by the same explainer: both are to cost one forward
/// pass and one walk back.
enum SchemeRun {
  /// The clusters of CWOX's figures: {cello, violin} and {guitars, banjo}.
  private static let groups = [[486, 889], [402, 546, 420]]

  /// Prints what 30 turns took, as JSON, and writes the seven maps as float32.
  static func measure(_ arguments: [String], data: String, photo: String) throws {
    let network = try Network(contentsOf: "\(data)/models/mobilenet-edgetpu.pt2")
    let input = try network.card.input.input(from: Picture(contentsOf: photo))
    let layers = try ["stage4.17", "stage3.29"].map { try network.program.layer(named: $0) }
    let isMWP = arguments[0] == "mwp"
    func explainer(_ layer: Layer) throws -> any Explainer {
      isMWP ? try MWP().at(layer) : try GradCAM().at(layer)
    }
    let (clusters, classes) = try (explainer(layers[0]), explainer(layers[1]))
    let stages = StageExplainers(clusters: clusters, classes: classes)
    var whole: [Double] = []
    var one: [Double] = []
    var found: WholeAnswer?
    for _ in 0..<33 {
      one.append(
        try time {
          blackHole(try classes.maps(of: [.logit(ClassSet(486))], in: network, at: input))
        })
      whole.append(
        try time {
          found = try stages.answer(about: network, at: input, by: WholeOutputPlan()) { _ in
            .init(groups: groups)
          }
        })
    }
    let answers = found?.clusters.flatMap { [$0.evidence].compactMap(\.self) + $0.members } ?? []
    let maps = try Tensor.stacked(answers.map(\.map.values)).floats()
    try maps.withUnsafeBytes { try Data($0).write(to: URL(filePath: arguments[1])) }
    let ratios = zip(whole, one).dropFirst(3).map { $0 / $1 }.sorted()
    print(
      "{\"seconds\": \(whole.dropFirst(3).sorted()[15]), "
        + "\"seconds of one\": \(one.dropFirst(3).sorted()[15]), \"ratio\": \(ratios[15])}")
  }

  private static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }
}
