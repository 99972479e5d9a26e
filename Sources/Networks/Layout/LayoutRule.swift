internal import Tensors

/// What an operator does to the axes of a value.
enum LayoutRule {
  /// It takes maps and gives maps: convolutions, pooling and resizing in two dimensions, and what
  /// normalises channel by channel.
  case maps
  /// It takes maps and gives their windows as rows, of which there are so many down and across.
  case patches([Int])
  /// A convolution in one dimension.
  case convolution1d
  /// The axes change places.
  case permutation([Int])
  /// The same numbers, in order, under another shape.
  case view
  /// Weights sum over the last axis.
  case linear
  /// Two values that follow from the input are multiplied as matrices.
  case product
  /// Tokens look at each other: queries, keys and values.
  case attention
  /// The same in a form whose axes nothing says.
  case mixing
  /// Values are put side by side along an axis.
  case joining(Int)
  /// Values are put side by side along an axis of their own.
  case stacking(Int)
  /// The result is a mean, a sum or the largest over some axes.
  case reduction([Int])
  /// One entry of an axis is taken, or each as a result of its own.
  case selection(Int, entry: Int?)
  /// A run of entries of an axis.
  case part(Int, start: Int, end: Int?, step: Int)
  /// Runs of entries of an axis, one after another.
  case parts(Int)
  /// Entries go around along axes.
  case roll([(axis: Int, by: Int)])
  /// Entries are added at the ends of axes.
  case padding
  /// Numbers are repeated along axes of length 1.
  case expansion
  /// The numbers are laid out anew, or are chosen by others: what the axes meant is lost.
  case unknown
  /// Numbers stay in their places.
  case inPlace

  /// - Parameters:
  ///   - shape: That of what the node reads.
  ///   - flowing: Which of its tensors follow from the input.
  init(_ node: Node, shape: [Int?], flowing: Set<Int>) {
    let (name, rank) = (node.plainName, shape.count)
    if let order = node.order(of: rank) {
      self = .permutation(order)
    } else if Self.views.contains(name) {
      self = .view
    } else if Self.reducing.contains(name) {
      self = node.integers(1, "dim").map(LayoutRule.reduction) ?? .unknown
    } else if Self.products.contains(name) || Self.mixers.contains(name) {
      self = .product(node, flowing)
    } else if node.isFusedAttention {
      self = .attention
    } else if name == "im2col" {
      self = node.windows(in: shape).map(LayoutRule.patches) ?? .unknown
    } else if let moved = Self.moving(name, node) {
      self = moved
    } else if name.contains("1d") {
      self = name.hasPrefix("conv") ? .convolution1d : .unknown
    } else if name.contains("2d") || Self.channelwise.contains(name) {
      self =
        rank == 4 ? .maps : rank == 3 && name.hasSuffix("convolution") ? .convolution1d : .inPlace
    } else {
      switch OperatorKind(operatorNamed: node.operation.name) {
      case .linear: self = .linear
      case .concatenation: self = name == "stack" ? .stacking(node.axis) : .joining(node.axis)
      case .rearrangement: self = Self.keeping.contains(name) ? .inPlace : .unknown
      default: self = Self.choosing.contains(name) ? .unknown : .inPlace
      }
    }
  }

  /// Whether it multiplies values that follow from the input, as an attention does.
  var isOfAttention: Bool {
    switch self {
    case .product, .attention, .mixing: true
    default: false
    }
  }

  /// Whether numbers are only moved, or left out.
  func moves(_ node: Node) -> Bool {
    switch self {
    case .permutation, .view, .part: true
    case .inPlace: Self.keeping.contains(node.plainName)
    default: false
    }
  }

  private static func product(_ node: Node, _ flowing: Set<Int>) -> LayoutRule {
    let slots = node.arguments.flatMap(\.value.slots)
    let own = slots.filter(flowing.contains)
    if Self.mixers.contains(node.plainName) { return own.count > 1 ? .mixing : .unknown }
    if own.count > 1 { return .product }
    // Weights on the left sum over another axis than the last.
    return own.first == slots.first ? .linear : .unknown
  }

  private static func moving(_ name: String, _ node: Node) -> LayoutRule? {
    switch name {
    case "select": node.integer(1, "dim").map { .selection($0, entry: node.integer(2, "index")) }
    case "unbind": .selection(node.integer(1, "dim") ?? 0, entry: nil)
    case "slice", "narrow": node.run
    case "split", "split_with_sizes", "chunk", "tensor_split": .parts(node.integer(2, "dim") ?? 0)
    case "roll": node.rolled
    case "constant_pad_nd", "pad": .padding
    case "expand", "expand_as": .expansion
    default: nil
    }
  }

  private static let views: Set<String> = [
    "view", "_unsafe_view", "reshape", "flatten", "unflatten", "squeeze", "unsqueeze", "view_as",
    "reshape_as",
  ]
  private static let channelwise: Set<String> = [
    "convolution", "_convolution", "batch_norm", "native_batch_norm", "cudnn_batch_norm",
    "_native_batch_norm_legit_no_training", "group_norm", "native_group_norm", "instance_norm",
    "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "native_channel_shuffle", "col2im",
    "grid_sampler",
  ]
  private static let reducing: Set<String> = [
    "mean", "sum", "amax", "amin", "logsumexp", "max", "min",
  ]
  private static let products: Set<String> = ["matmul", "bmm", "mm", "linalg_matmul"]
  private static let mixers: Set<String> = ["einsum", "baddbmm", "cdist"]
  private static let choosing: Set<String> = [
    "index", "gather", "scatter", "index_put", "take", "take_along_dim", "masked_select", "sort",
    "argsort", "topk", "gru", "lstm", "rnn_tanh", "rnn_relu",
    "fold", "unfold", "repeat", "repeat_interleave", "embedding", "cumsum", "fft_rfft2",
    "fft_irfft2",
  ]
  private static let keeping: Set<String> = [
    "contiguous", "clone", "alias", "detach", "dropout", "feature_dropout", "to", "_to_copy",
    "identity", "lift_fresh_copy",
  ]
}

extension Node {
  /// `aten::conv2d.padding` → `conv2d`.
  var plainName: String {
    baseName.hasPrefix("aten::") ? String(baseName.dropFirst(6)) : baseName
  }

  /// Whether it is an attention as one operator.
  var isFusedAttention: Bool {
    plainName == "scaled_dot_product_attention" || plainName.hasPrefix("_scaled_dot_product")
  }

  /// Where a permutation takes each of the result's axes from.
  fileprivate func order(of rank: Int) -> [Int]? {
    var order = Array(0..<rank)
    func place(_ axis: Int) -> Int { axis < 0 ? axis + rank : axis }
    switch plainName {
    case "permute":
      guard let dims = integers(1, "dims"), dims.count == rank else { return nil }
      order = dims.map(place)
    case "t", "numpy_T", "T": order.reverse()
    case "mT", "adjoint", "mH", "matrix_H": if rank > 1 { order.swapAt(rank - 2, rank - 1) }
    case "transpose", "swapaxes", "swapdims", "movedim", "moveaxis":
      let names = plainName == "transpose" ? ["dim0", "dim1"] : ["axis0", "axis1"]
      guard let first = integer(1, names[0]), let second = integer(2, names[1]) else { return nil }
      let (from, to) = (place(first), place(second))
      guard order.indices.contains(from), order.indices.contains(to) else { return nil }
      if plainName.hasPrefix("mov") {
        order.insert(order.remove(at: from), at: to)
      } else {
        order.swapAt(from, to)
      }
    default: return nil
    }
    return Set(order) == Set(0..<rank) ? order : nil
  }

  /// The axis along which values are put side by side.
  fileprivate var axis: Int { integer(1, "dim") ?? 0 }

  /// What a slice takes.
  fileprivate var run: LayoutRule {
    let axis = integer(1, "dim") ?? 0
    guard let start = isOpen(2, "start") ? 0 : integer(2, "start") else { return .unknown }
    if plainName == "narrow" {
      return integer(3, "length").map { .part(axis, start: start, end: start + $0, step: 1) }
        ?? .unknown
    }
    guard isOpen(3, "end") || integer(3, "end") != nil else { return .unknown }
    return .part(axis, start: start, end: integer(3, "end"), step: integer(4, "step") ?? 1)
  }

  /// Whether a bound of a slice is left out.
  private func isOpen(_ position: Int, _ name: String) -> Bool {
    switch argument(position, name) {
    case nil, .constant(.none): true
    default: false
    }
  }

  /// How many windows of maps there are, down and across.
  fileprivate func windows(in shape: [Int?]) -> [Int]? {
    guard shape.count == 4, let sides = integers(1, "kernel_size"),
      let gaps = integers(2, "dilation"),
      let margins = integers(3, "padding"), let steps = integers(4, "stride"),
      [sides, gaps, margins, steps].allSatisfy({ $0.count == 2 }), steps.allSatisfy({ $0 > 0 })
    else { return nil }
    return (0..<2).compactMap { i in
      shape[2 + i].map { ($0 + 2 * margins[i] - gaps[i] * (sides[i] - 1) - 1) / steps[i] + 1 }
    }
  }

  fileprivate var rolled: LayoutRule {
    guard let shifts = integers(1, "shifts"), let axes = integers(2, "dims"),
      shifts.count == axes.count
    else { return .unknown }
    return .roll(zip(axes, shifts).map { (axis: $0, by: $1) })
  }

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
