internal import Tensors

/// A call whose results at a place depend on a window of its inputs there, as a region of a picture
/// is carried through it.
enum LocalOperator {
  /// Each place for itself, from one value or from two of one shape.
  case pointwise(inputs: [(position: Int, name: String, slot: Int)])
  /// A window slides over one value; a second value may be added at each place.
  case sliding(Sliding)
  /// The input within a margin.
  case margin(slot: Int, top: Int, left: Int)

  /// What slides.
  struct Sliding {
    let slot: Int
    let rows: Window
    let columns: Window
    /// What lies beyond the input.
    let beyond: Double
    let inputName: String
    let paddingPosition: Int
    /// The argument that is added at each place.
    var added: (position: Int, slot: Int)?
  }

  /// Reads a call; `nil` for any other, whose results may depend on every place.
  ///
  /// - Parameters:
  ///   - shapes: Of the picture's own values, by slot.
  ///   - weights: Tensors that came with the program, by slot.
  init?(_ node: Node, shapes: [Int: [Int]], weights: [Int: Tensor]) {
    guard node.written == nil, let result = node.resultSlot, shapes[result]?.count == 4 else {
      return nil
    }
    let found =
      Self.convolution(node, weights) ?? Self.pool(node) ?? Self.margin(node)
      ?? Self.pointwise(node, shapes, weights)
    guard let found, found.slots.allSatisfy({ shapes[$0]?.count == 4 }) else { return nil }
    self = found
  }

  /// The slots that may hold part of a picture.
  var slots: [Int] {
    switch self {
    case .pointwise(let inputs): inputs.map(\.slot)
    case .sliding(let sliding): [sliding.slot] + (sliding.added.map { [$0.slot] } ?? [])
    case .margin(let slot, _, _): [slot]
    }
  }

  private static func convolution(_ node: Node, _ weights: [Int: Tensor]) -> LocalOperator? {
    if let call = ConvolutionCall(node, weights: weights) {
      return sliding(
        call.input, call.weight, call.stride, call.padding, call.dilation, paddingPosition: 4)
    }
    let isSum = node.operation.name == "mkldnn::_convolution_pointwise.binary"
    guard isSum || node.operation.name == "mkldnn::_convolution_pointwise" else { return nil }
    let first = isSum ? 2 : 1
    guard let input = node.slot(0, ""), let slot = node.slot(first, ""), let weight = weights[slot],
      let padding = node.pair(first + 2, "", default: 0),
      let stride = node.pair(first + 3, "", default: 1),
      let dilation = node.pair(first + 4, "", default: 1)
    else { return nil }
    let other = isSum ? node.slot(1, "") : nil
    if isSum, other == nil { return nil }
    return sliding(
      input, weight, stride, padding, dilation, paddingPosition: first + 2,
      added: other.map { (1, $0) })
  }

  private static func sliding(
    _ input: Int, _ weight: Tensor, _ stride: [Int], _ padding: [Int], _ dilation: [Int],
    paddingPosition: Int, added: (position: Int, slot: Int)? = nil
  ) -> LocalOperator {
    let size = weight.shape.suffix(2).map(\.self)
    let windows = [0, 1].map {
      Window(length: size[$0], stride: stride[$0], padding: padding[$0], dilation: dilation[$0])
    }
    return .sliding(
      Sliding(
        slot: input, rows: windows[0], columns: windows[1], beyond: 0,
        inputName: "input", paddingPosition: paddingPosition, added: added))
  }

  private static func pool(_ node: Node) -> LocalOperator? {
    guard node.operation.name == "aten::max_pool2d", let input = node.slot(0, "self"),
      let size = node.pair(1, "kernel_size", default: 1),
      let stride = node.argument(2, "stride")?.ints?.isEmpty == false
        ? node.pair(2, "stride", default: 1) : size,
      let padding = node.pair(3, "padding", default: 0),
      let dilation = node.pair(4, "dilation", default: 1)
    else { return nil }
    if let ceil = node.argument(5, "ceil_mode"), case .constant(.bool(true)) = ceil { return nil }
    let windows = [0, 1].map {
      Window(length: size[$0], stride: stride[$0], padding: padding[$0], dilation: dilation[$0])
    }
    return .sliding(
      Sliding(
        slot: input, rows: windows[0], columns: windows[1], beyond: -.infinity,
        inputName: "self", paddingPosition: 3))
  }

  private static func margin(_ node: Node) -> LocalOperator? {
    guard ["aten::constant_pad_nd", "aten::pad"].contains(node.operation.name),
      let input = node.slot(0, "self"), let margins = node.argument(1, "pad")?.ints,
      margins.count == 4, margins.allSatisfy({ $0 >= 0 })
    else { return nil }
    if node.operation.name == "aten::pad", let mode = node.argument(2, "mode") {
      guard case .constant(.string("constant")) = mode else { return nil }
    }
    return .margin(slot: input, top: margins[2], left: margins[0])
  }

  private static func pointwise(
    _ node: Node, _ shapes: [Int: [Int]], _ weights: [Int: Tensor]
  ) -> LocalOperator? {
    guard names.contains(node.baseName) else { return nil }
    var inputs: [(Int, String, Int)] = []
    for (position, argument) in node.arguments.enumerated() {
      switch argument.value {
      case .constant: continue
      case .slot(let slot):
        if let weight = weights[slot] {
          // One number a channel, or one for all.
          guard weight.shape.suffix(2).allSatisfy({ $0 == 1 }) else { return nil }
        } else {
          inputs.append((position, argument.name, slot))
        }
      default: return nil
      }
    }
    guard let result = node.resultSlot, !inputs.isEmpty,
      inputs.allSatisfy({ shapes[$0.2] == shapes[result] })
    else { return nil }
    return .pointwise(inputs: inputs)
  }

  private static let names: Set<String> = Set(
    [
      "relu", "hardtanh", "relu6", "silu", "hardswish", "hardsigmoid", "sigmoid", "tanh",
      "leaky_relu", "elu", "gelu", "clamp", "clamp_min", "mish", "add", "sub", "mul", "div",
      "contiguous", "clone",
    ].map { "aten::" + $0 })
}
