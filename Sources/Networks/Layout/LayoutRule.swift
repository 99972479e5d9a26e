internal import Tensors

/// What an operator does to the axes of a value of rank 4.
enum LayoutRule {
  /// It takes maps and gives maps: convolutions, pooling and resizing in two dimensions, and what
  /// normalises channel by channel.
  case maps
  /// The axes change places.
  case permutation([Int])
  /// It sums over the last axis, or normalises over it, as a linear layer does.
  case lastAxis
  /// Values are put side by side along an axis.
  case joining(axis: Int)
  /// The result is a mean, a sum or the largest over some axes.
  case reduction(axes: [Int])
  /// Each number of the result looks at all numbers along some axis, as in an attention.
  case mixing(axis: Int?)
  /// The numbers are laid out anew, or are chosen by others: what the axes meant is lost.
  case unknown
  /// Numbers stay in their places.
  case inPlace

  init(_ node: Node) {
    let name = node.plainName
    if name.contains("2d") || Self.channelwise.contains(name) {
      self = .maps
    } else if let order = node.order {
      self = .permutation(order)
    } else if Self.reducing.contains(name) {
      self = node.integers(1, "dim").map(LayoutRule.reduction) ?? .unknown
    } else if Self.mixing.contains(name) {
      self = .mixing(axis: nil)
    } else if name.hasSuffix("softmax") {
      self = .mixing(axis: node.integer(1, "dim") ?? -1)
    } else {
      switch OperatorKind(operatorNamed: node.operation.name) {
      case .linear: self = .lastAxis
      case .concatenation: self = name == "stack" ? .unknown : .joining(axis: node.axis)
      case .rearrangement: self = Self.keeping.contains(name) ? .inPlace : .unknown
      default: self = Self.choosing.contains(name) ? .unknown : .inPlace
      }
    }
  }

  private static let channelwise: Set<String> = [
    "convolution", "_convolution", "batch_norm", "native_batch_norm", "cudnn_batch_norm",
    "_native_batch_norm_legit_no_training", "group_norm", "native_group_norm", "instance_norm",
    "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "native_channel_shuffle", "col2im",
    "grid_sampler",
  ]
  private static let reducing: Set<String> = ["mean", "sum", "amax", "amin", "logsumexp"]
  private static let mixing: Set<String> = [
    "scaled_dot_product_attention", "_scaled_dot_product_flash_attention_for_cpu", "bmm",
    "baddbmm", "einsum", "cdist", "linalg_matmul",
  ]
  private static let choosing: Set<String> = [
    "index", "gather", "scatter", "index_put", "take", "take_along_dim", "masked_select", "sort",
    "argsort", "topk",
  ]
  private static let keeping: Set<String> = [
    "contiguous", "clone", "alias", "detach", "dropout", "feature_dropout", "slice", "narrow",
    "constant_pad_nd", "pad", "roll", "flip", "to", "_to_copy", "identity", "lift_fresh_copy",
    "expand", "expand_as", "index_select",
  ]
}

extension Node {
  /// `aten::conv2d.padding` → `conv2d`.
  fileprivate var plainName: String {
    baseName.hasPrefix("aten::") ? String(baseName.dropFirst(6)) : baseName
  }

  /// Where a permutation of four axes takes each of the result's axes from.
  fileprivate var order: [Int]? {
    var order = [0, 1, 2, 3]
    switch plainName {
    case "permute":
      guard let dims = integers(1, "dims"), dims.count == 4 else { return nil }
      order = dims.map { $0 < 0 ? $0 + 4 : $0 }
    case "transpose", "swapaxes", "swapdims", "movedim", "moveaxis":
      let names = plainName == "transpose" ? ["dim0", "dim1"] : ["axis0", "axis1"]
      guard let first = integer(1, names[0]), let second = integer(2, names[1]) else { return nil }
      let (from, to) = (first < 0 ? first + 4 : first, second < 0 ? second + 4 : second)
      guard order.indices.contains(from), order.indices.contains(to) else { return nil }
      if plainName.hasPrefix("mov") {
        order.insert(order.remove(at: from), at: to)
      } else {
        order.swapAt(from, to)
      }
    default: return nil
    }
    return Set(order) == [0, 1, 2, 3] ? order : nil
  }

  /// The axis along which values are put side by side.
  fileprivate var axis: Int { integer(1, "dim") ?? 0 }

  fileprivate func integer(_ position: Int, _ name: String) -> Int? {
    if case .constant(.int(let value)) = argument(position, name) { return value }
    return integers(position, name).flatMap { $0.count == 1 ? $0[0] : nil }
  }

  fileprivate func integers(_ position: Int, _ name: String) -> [Int]? {
    switch argument(position, name) {
    case .constant(.ints(let values)): return values
    case .constant(.int(let value)): return [value]
    case .numbers(let numbers):
      let values = numbers.compactMap { number -> Int? in
        if case .constant(.int(let value)) = number { value } else { nil }
      }
      return values.count == numbers.count ? values : nil
    default: return nil
    }
  }
}
