import Contrast
import Faithfulness
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms

/// CAUC and CDROP of the maps of five classes on mobilenet-edgetpu, by the arithmetic that CWOX
/// published; `faithfulness.py` sets it beside CWOX's own loop.
///
///     rather-benchmarks --faithfulness MAPS [TURNS]
enum FaithfulnessRun {
  private static let groups = [[486, 889], [402, 546, 420]]

  private struct Facts: Encodable {
    let seconds: [Double]
    /// Of these, to make the network ready.
    let preparation: [Double]
    let passes: Int
    let cauc: [Double]
    let cdrop: [Double?]
    let salient: [Int]
  }

  /// Writes the maps and then the input as float32, measures them some times, and prints what that took and gave.
  static func measure(_ arguments: [String], data: String, photo: String) throws {
    let network = try Network(contentsOf: "\(data)/models/mobilenet-edgetpu.pt2")
    let input = try network.card.input.input(from: Picture(contentsOf: photo))
    let layers = try ["stage4.17", "stage3.29"].map { try network.program.layer(named: $0) }
    let answer = try StageExplainers(
      clusters: GradCAM().at(layers[0]), classes: GradCAM().at(layers[1])
    ).answer(about: network, at: input, by: WholeOutputPlan()) { _ in .init(groups: groups) }
    let maps = zip(groups, answer.clusters).flatMap { group, cluster in
      zip(group, cluster.members).map { index, member in
        MeasuredMap(
          member.map.values, of: ClassSet(index), against: ClassSet(group.filter { $0 != index }))
      }
    }
    let values = try Tensor.stacked(maps.map(\.values)).floats() + input.floats()
    try values.withUnsafeBytes { try Data($0).write(to: URL(filePath: arguments[0])) }
    var settings = MetricSettings.published
    settings.wholeSteps = 0
    var (seconds, preparation): ([Double], [Double]) = ([], [])
    var (passes, found): (Int, [MapCurves]) = (0, [])
    for _ in 0..<(arguments.count > 1 ? Int(arguments[1]) ?? 1 : 1) {
      let start = DispatchTime.now().uptimeNanoseconds
      let runner = try CurveRunner(network, at: input, within: Resources(tunings: .default))
      preparation.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
      found = try MapMeasurer(runner, settings).curves(of: maps) { passes = $0.total }
      seconds.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    }
    let metrics = found.map { $0.contrast(settings) }
    let facts = Facts(
      seconds: seconds, preparation: preparation, passes: passes,
      cauc: metrics.map { $0.cauc(over: $0.salientCount) },
      cdrop: metrics.map(\.cdrop), salient: metrics.map(\.salientCount))
    print(String(decoding: try JSONEncoder().encode(facts), as: UTF8.self))
  }
}
