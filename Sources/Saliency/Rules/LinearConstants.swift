internal import Networks
internal import Tensors

/// The weights and the bias of a call that is affine in its one input.
struct LinearConstants {
  /// A tensor, with the argument that it stands in.
  struct Constant {
    let position: Int
    let name: String
    let tensor: Tensor
  }

  /// The weights.
  let weight: Constant
  /// The bias, where there is one.
  let bias: Constant?

  /// Finds them among a call's arguments.
  ///
  /// - Throws: ``NetworkError/noRule(operation:at:)`` where the call multiplies two values that
  ///   follow from the network's input, as attention does.
  init(of call: NodeCall) throws(NetworkError) {
    let (weights, bias) = Self.places(call.operation)
    let found = weights.compactMap { place in Self.constant(place, call) }
    guard call.inputs.count == 1, found.count == 1 else {
      throw .noRule(operation: call.operation, at: call.label)
    }
    weight = found[0]
    self.bias = bias.flatMap { Self.constant($0, call) }
  }

  private typealias Place = (position: Int, name: String)

  /// Which arguments may be weights and which is the bias.
  private static func places(_ operation: String) -> (weights: [Place], bias: Place?) {
    switch operation.split(separator: ".").first {
    case "aten::addmm": ([(1, "mat1"), (2, "mat2")], (0, "self"))
    case "aten::baddbmm": ([(1, "batch1"), (2, "batch2")], (0, "self"))
    case "aten::matmul", "aten::linalg_matmul": ([(0, "self"), (1, "other")], nil)
    case "aten::mm", "aten::bmm": ([(0, "self"), (1, "mat2")], nil)
    default: ([(1, "weight")], (2, "bias"))
    }
  }

  private static func constant(_ place: Place, _ call: NodeCall) -> Constant? {
    call.constant(place.position, place.name).map {
      Constant(position: place.position, name: place.name, tensor: $0)
    }
  }
}

extension NodeCall {
  /// Whether its weights are where a layer's are.
  var hasWeights: Bool { (try? LinearConstants(of: self)) != nil }
}
