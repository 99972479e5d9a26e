internal import Tensors

/// Layers of a network whose learnt tensors are randomised together.
public struct WeightStage: Hashable, Sendable {
  /// The paths of its modules that hold learnt tensors, from the output down.
  public let modules: [String]
  /// How many learnt numbers it holds.
  public let parameterCount: Int
  let slots: Set<Int>

  /// Its first and its last module.
  public var name: String {
    guard let first = modules.first, let last = modules.last, first != last else {
      return modules.first ?? ""
    }
    return "\(first) … \(last)"
  }
}

extension Program {
  /// The learnt tensors in stages, from the output down to the input.
  ///
  /// A layer is a module with a matrix or with kernels, together with those without, such as
  /// normalisations, that come behind it; layers stand in the order of their last use. They are cut
  /// into at most `count` stages of equal numbers of layers, give or take one. Learnt are the
  /// parameters, and the means and variances that normalisations have stored. A tensor that
  /// several modules share belongs to the one that comes first from the output.
  ///
  /// - Parameter count: 1 or more.
  public func weightStages(atMost count: Int) -> [WeightStage] {
    let layers = weightLayers
    let stageCount = min(max(count, 1), layers.count)
    return (0..<stageCount).map { stage in
      let part = layers[
        layers.count * stage / stageCount..<layers.count * (stage + 1) / stageCount]
      let slots = Set(part.flatMap { $0.flatMap(\.slots) })
      // Where modules share a tensor it counts once.
      var names: Set<String> = []
      let numbers = learntWeights.filter { slots.contains($0.weight.slot) }
        .filter { names.insert($0.owner).inserted }.map(\.weight.tensor.count)
      return WeightStage(
        modules: part.flatMap { $0.map(\.path) }, parameterCount: numbers.reduce(0, +),
        slots: slots)
    }
  }

  /// A learnt tensor, and the first name of all that share its memory.
  struct LearntWeight {
    let weight: Weight
    let owner: String
  }

  /// The parameters, and what normalisations have stored, that some call reads.
  var learntWeights: [LearntWeight] {
    let read = Set(nodes.flatMap { $0.arguments.flatMap(\.value.slots) })
    let stored = Set(nodes.flatMap(\.storedStatistics))
    let learnt = weights.filter {
      read.contains($0.slot) && ($0.kind == .parameter || stored.contains($0.slot))
        && $0.tensor.elementType?.isFloating == true
    }
    let names = Dictionary(grouping: learnt) { $0.tensor.identity }
      .mapValues { $0.map(\.name).min() ?? "" }
    return learnt.map { LearntWeight(weight: $0, owner: names[$0.tensor.identity] ?? $0.name) }
  }

  /// A module with learnt tensors of its own.
  private struct LearntModule {
    let path: String
    let slots: [Int]
    /// The last call that reads one of them.
    let lastUse: Int
    let hasMatrix: Bool
  }

  /// Modules in layers, from the output down.
  private var weightLayers: [[LearntModule]] {
    var layers: [[LearntModule]] = []
    var open: [LearntModule] = []
    for module in learntModules {
      open.append(module)
      if module.hasMatrix {
        layers.append(open)
        open = []
      }
    }
    return open.isEmpty ? layers : layers + [open]
  }

  private var learntModules: [LearntModule] {
    var lastUses: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for slot in node.arguments.flatMap(\.value.slots) { lastUses[slot] = index }
    }
    var uses: [String: Int] = [:]
    let learnt = learntWeights
    for item in learnt {
      uses[item.owner] = max(uses[item.owner] ?? 0, lastUses[item.weight.slot] ?? 0)
    }
    // The module of a shared tensor is the one whose call comes last.
    let shared = Dictionary(grouping: learnt, by: \.owner)
    let modules = Dictionary(grouping: shared.keys.sorted()) { owner in
      let last = shared[owner]?.max {
        lastUses[$0.weight.slot, default: 0] < lastUses[$1.weight.slot, default: 0]
      }
      return Self.modulePath(of: last?.weight.name ?? owner)
    }
    return modules.map { path, owners in
      let items = owners.flatMap { shared[$0] ?? [] }
      return LearntModule(
        path: path, slots: items.map(\.weight.slot),
        lastUse: owners.compactMap { uses[$0] }.max() ?? 0,
        hasMatrix: items.contains { $0.weight.tensor.rank > 1 })
    }
    .sorted { ($1.lastUse, $0.path) < ($0.lastUse, $1.path) }
  }

  /// `layer4.2.conv3` of `layer4.2.conv3.weight`; a tensor of the network itself stands for itself.
  private static func modulePath(of name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

extension Node {
  /// The slots of the mean and the variance that a normalisation has stored.
  fileprivate var storedStatistics: [Int] {
    guard ["aten::batch_norm", "aten::_native_batch_norm_legit_no_training"].contains(baseName)
    else { return [] }
    return [slot(3, "running_mean"), slot(4, "running_var")].compactMap(\.self)
  }
}
