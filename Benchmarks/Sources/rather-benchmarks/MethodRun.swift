import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms

/// One method on mobilenet-edgetpu, a whole process a run; `methods.py` sets it beside its peers.
///
///     rather-benchmarks --method rise SETTINGS OUT [REPEATS]
enum MethodRun {
  private static let cello = 486, violin = 889
  private static let guitars = [402, 546], banjo = 420

  /// Explains, writes the maps as float32 to a file and prints what it took as JSON.
  static func measure(_ arguments: [String], data: String, photo: String) throws {
    let (name, settings, out) = (arguments[0], arguments[1], arguments[2])
    let repeats = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
    let network = try Network(contentsOf: "\(data)/models/mobilenet-edgetpu.pt2")
    let input = try network.card.input.input(from: Picture(contentsOf: photo))
    let pair = name.hasSuffix("-pair")
    let seven = name.hasSuffix("-seven")
    let base = pair ? name.dropLast(5) : seven ? name.dropLast(6) : name[...]
    let entry = try ExplainerMenu.entry(named: String(base))
    let layer = entry.layerUse == .always ? try network.program.layer(named: "stage3.29") : nil
    let explainer = try entry.explainer(
      entry.values(settings), .init(network: network, seed: 0)
    ).at(layer)
    var times: [Double] = []
    var found: Explanation?
    for _ in 0..<repeats {
      let start = DispatchTime.now().uptimeNanoseconds
      found = try explainer.maps(
        of: seven ? classes : scores(entry.name, asPair: pair), in: network, at: input,
        within: Resources(tunings: .default))
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    }
    guard let found else { return }
    let maps = try Tensor.stacked(found.maps.map(\.values)).floats()
    try maps.withUnsafeBytes { try Data($0).write(to: URL(filePath: out)) }
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF
    var facts: [String: Double] = [
      "seconds": times.sorted()[times.count / 2], "peak MB": Double(usage.ru_maxrss) / 1024,
      "first seconds": times[0],
    ]
    for (i, map) in found.maps.enumerated() {
      for (key, value) in map.measurements { facts["\(key.rawValue) \(i)"] = Double(value) }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(facts), as: UTF8.self))
  }

  /// Five classes and two clusters of them.
  private static var classes: [Score] {
    sets.compactMap { ClassSet($0).map(Score.logit) }
  }

  private static let sets = [
    [cello], [violin], [402], [546], [banjo], [cello, violin], guitars + [banjo],
  ]

  private static func scores(_ name: String, asPair: Bool) throws -> [Score] {
    switch name {
    case "rise":
      return sets.compactMap { ClassSet($0).map(Score.probability) }
    case "integrated-gradients":
      if asPair { return [.logOdds(ClassSet(cello), against: ClassSet(violin))] }
      return [.logit(ClassSet(cello)), .logit(ClassSet(violin))]
    case "lime": return [.probability(ClassSet(cello)), .probability(ClassSet(violin))]
    default: return [.logit(ClassSet(cello))]
    }
  }
}
