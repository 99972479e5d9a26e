internal import Tensors

/// A two-dimensional convolution of a program, with fixed weights.
struct ConvolutionCall {
  let input: Int
  let result: Int
  let weightSlot: Int
  let weight: Tensor
  let bias: Int?
  let stride: [Int]
  let padding: [Int]
  let dilation: [Int]
  let groups: Int

  /// Reads a node; `nil` for any other call.
  init?(_ node: Node, weights: [Int: Tensor]) {
    let isPlain = node.operation.name == "aten::conv2d"
    guard isPlain || node.operation.name == "aten::convolution", let input = node.slot(0, "input"),
      let result = node.resultSlot, let weightSlot = node.slot(1, "weight"),
      let weight = weights[weightSlot], weight.rank == 4
    else { return nil }
    if let bias = node.argument(2, "bias"), !bias.isNone {
      guard case .slot(let slot) = bias, weights[slot] != nil else { return nil }
      self.bias = slot
    } else {
      bias = nil
    }
    if !isPlain {
      guard case .constant(.bool(false))? = node.argument(6, "transposed") else { return nil }
    }
    guard let stride = node.pair(3, "stride", default: 1),
      let padding = node.pair(4, "padding", default: 0),
      let dilation = node.pair(5, "dilation", default: 1),
      let groups = (node.argument(isPlain ? 6 : 8, "groups") ?? .constant(.int(1))).ints?.first
    else { return nil }
    self.input = input
    self.result = result
    self.weightSlot = weightSlot
    self.weight = weight
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }
}

/// What a fused operator does to the result of a convolution, in oneDNN's words.
struct FusedActivation {
  let name: String
  var scalars: [Double] = []
  var algorithm = ""

  /// Reads a node; `nil` for a call that oneDNN cannot take over.
  init?(_ node: Node) {
    func number(_ position: Int, _ name: String, _ fallback: Double) -> Double? {
      guard let argument = node.argument(position, name) else { return fallback }
      return argument.number
    }
    switch node.baseName {
    case "aten::relu": name = "relu"
    case "aten::sigmoid": name = "sigmoid"
    case "aten::tanh": name = "tanh"
    case "aten::silu": name = "swish"
    case "aten::hardswish": name = "hardswish"
    case "aten::hardsigmoid": name = "hardsigmoid"
    case "aten::relu6":
      name = "hardtanh"
      scalars = [0, 6]
    case "aten::hardtanh":
      guard let low = number(1, "min_val", -1), let high = number(2, "max_val", 1) else {
        return nil
      }
      name = "hardtanh"
      scalars = [low, high]
    case "aten::leaky_relu":
      guard let slope = number(1, "negative_slope", 0.01) else { return nil }
      name = "leaky_relu"
      scalars = [slope]
    case "aten::gelu":
      name = "gelu"
      algorithm = "none"
      if case .constant(.string(let found))? = node.argument(1, "approximate") { algorithm = found }
    default: return nil
    }
  }
}
