internal import Tensors

extension Program {
  /// The same function without batch normalisation.
  ///
  ///     γ (W x + b − μ) / √(σ² + ε) + β  =  (s W) x + (s (b − μ) + β),   s = γ / √(σ² + ε)
  ///
  /// Where a convolution or linear layer feeds nothing but the normalisation, its weights take the
  /// factor and its bias the shift; elsewhere a depthwise convolution of one place takes the place of the
  /// normalisation of maps. Layers keep their places: what a folded convolution gives is what its
  /// normalisation gave. Normalisation by the batch's own statistics, or of rows `[N, K]` that no such
  /// layer feeds, stays.
  ///
  /// - Parameter intoLayersBehind: Whether rows that only a linear layer reads are folded into that; then
  ///   what the normalisation gave is found nowhere any more.
  /// - Complexity: a pass over the weights.
  public func foldingNormalization(
    intoLayersBehind: Bool = false
  ) throws(NetworkError) -> Program {
    var folding = Folding(of: self, isForward: intoLayersBehind)
    for index in nodes.indices { try folding.fold(index) }
    return folding.rewriting.result
  }
}

/// The state of one folding.
private struct Folding {
  var rewriting: Rewriting
  private let program: Program
  private let producers: [Int: Int]
  private let readers: [Int: [Int]]
  private let isForward: Bool
  /// Weights that were made on the way.
  private var added: [Int: Tensor] = [:]

  init(of program: Program, isForward: Bool) {
    self.program = program
    self.isForward = isForward
    rewriting = Rewriting(of: program)
    readers = rewriting.readers
    var producers: [Int: Int] = [:]
    for (index, node) in program.nodes.enumerated() {
      for slot in node.results.flatMap(\.slots) { producers[slot] = index }
    }
    self.producers = producers
  }

  mutating func fold(_ index: Int) throws(NetworkError) {
    guard var node = rewriting.nodes[index], let source = node.slot(0, "input"),
      program.written[source] == nil
    else { return }
    do {
      guard let affine = try affine(of: node) else { return }
      let isOnlyReader = readers[source]?.count == 1 && !program.returned.contains(source)
      if isOnlyReader, let producer = producers[source], try scale(producer, by: affine) {
        try becomeAlias(&node, source)
      } else if let rank = program.shape(of: source)?.count, (3...5).contains(rank) {
        try becomeConvolution(&node, source, affine, axes: rank - 2)
      } else if isForward, let result = node.results.first?.slots.first,
        let reader = linearReader(of: result), try absorb(affine, in: reader)
      {
        try becomeAlias(&node, source)
      } else {
        return
      }
    } catch { throw .node(node.label, error) }
    node.results = Array(node.results.prefix(1))
    rewriting.nodes[index] = node
  }

  /// The factor and the shift of each channel, in 64 bits.
  private struct Affine {
    let scale: Tensor
    let shift: Tensor
  }

  /// What a normalisation by stored statistics does; `nil` for any other node.
  private func affine(of node: Node) throws(TensorError) -> Affine? {
    let isPlain = node.operation.name == "aten::batch_norm"
    guard isPlain || node.operation.name == "aten::_native_batch_norm_legit_no_training",
      !isPlain || node.isFalse(5, "training"),
      let mean = try constant(node, 3, "running_mean"),
      let variance = try constant(node, 4, "running_var"),
      case .constant(.double(let epsilon))? = node.argument(isPlain ? 7 : 6, "eps")
    else { return nil }
    let gamma = try constant(node, 1, "weight")
    let beta = try constant(node, 2, "bias")
    // A factor or shift that the network computes cannot be folded.
    guard gamma != nil || node.slot(1, "weight") == nil, beta != nil || node.slot(2, "bias") == nil
    else { return nil }
    var scale = try (variance + Float(epsilon)).squareRoots().reciprocals()
    if let gamma { scale = try scale * gamma }
    var shift = try mean * scale * -1
    if let beta { shift = try shift + beta }
    return Affine(scale: scale, shift: shift)
  }

  private func constant(
    _ node: Node, _ position: Int, _ name: String
  ) throws(TensorError) -> Tensor? {
    guard let slot = node.slot(position, name), let tensor = tensor(in: slot)
    else { return nil }
    return try tensor.converted(to: .float64)
  }

  /// Lets a convolution or linear layer take a factor and a shift; `false` for any other node.
  private mutating func scale(_ index: Int, by affine: Affine) throws(TensorError) -> Bool {
    guard var node = rewriting.nodes[index] else { return false }
    let name = node.operation.name.split(separator: ".").first.map(String.init) ?? ""
    // The channels of a linear layer are those of a normalisation only in a matrix [N, channels].
    let isMatrix = node.results.first?.slots.first.flatMap { program.shape(of: $0)?.count } == 2
    guard
      ["aten::conv1d", "aten::conv2d", "aten::conv3d"].contains(name)
        || name == "aten::linear" && isMatrix,
      let slot = node.slot(1, "weight"), let weight = tensor(in: slot)
    else { return false }
    let type = weight.elementType ?? .float32
    let rest = [Int](repeating: 1, count: weight.rank - 1)
    let scaled = try weight.converted(to: .float64) * affine.scale.reshaped([-1] + rest)
    var shift = affine.shift
    if node.slot(2, "bias") != nil {
      guard let bias = try constant(node, 2, "bias") else { return false }
      shift = try shift + bias * affine.scale
    }
    node.set(1, "weight", .slot(add(try scaled.converted(to: type), node, "weight")))
    node.set(2, "bias", .slot(add(try shift.converted(to: type), node, "bias")))
    rewriting.nodes[index] = node
    return true
  }

  /// The linear layer that alone reads a slot, passed on at most; `nil` where there is none.
  private func linearReader(of slot: Int) -> Int? {
    guard !program.returned.contains(slot), program.written[slot] == nil,
      let found = readers[slot], found.count == 1, let node = rewriting.nodes[found[0]]
    else { return nil }
    switch node.baseName {
    case "aten::linear": return node.slot(0, "input") == slot ? found[0] : nil
    case "aten::dropout", "aten::alias", "aten::clone", "aten::contiguous":
      return node.resultSlot.flatMap { linearReader(of: $0) }
    default: return nil
    }
  }

  /// Lets a linear layer take a factor and a shift of what it reads: `W (s x + t) = (W s) x + W t`.
  private mutating func absorb(_ affine: Affine, in index: Int) throws(TensorError) -> Bool {
    guard var node = rewriting.nodes[index], let slot = node.slot(1, "weight"),
      let weight = tensor(in: slot), weight.rank == 2, weight.shape[1] == affine.scale.count
    else { return false }
    let type = weight.elementType ?? .float32
    let exact = try weight.converted(to: .float64)
    var shift = try exact.matrixProduct(affine.shift.reshaped([-1, 1])).reshaped([-1])
    if node.slot(2, "bias") != nil {
      guard let bias = try constant(node, 2, "bias") else { return false }
      shift = try shift + bias
    }
    let scaled = try exact * affine.scale.reshaped([1, -1])
    node.set(1, "weight", .slot(add(try scaled.converted(to: type), node, "weight")))
    node.set(2, "bias", .slot(add(try shift.converted(to: type), node, "bias")))
    rewriting.nodes[index] = node
    return true
  }

  private func becomeAlias(_ node: inout Node, _ source: Int) throws(TensorError) {
    node.operation = .tensor(try Operator("aten::alias"))
    node.arguments = [("self", .slot(source))]
  }

  private mutating func becomeConvolution(
    _ node: inout Node, _ source: Int, _ affine: Affine, axes: Int
  ) throws(TensorError) {
    let count = affine.scale.count
    let statistics = node.slot(3, "running_mean").flatMap { rewriting.tensors[$0] }
    let type = statistics?.elementType ?? .float32
    let weight = try affine.scale.converted(to: type).reshaped(
      [count, 1] + [Int](repeating: 1, count: axes))
    let bias = try affine.shift.converted(to: type)
    node.operation = .tensor(try Operator("aten::conv\(axes)d"))
    node.arguments = [
      ("input", .slot(source)), ("weight", .slot(add(weight, node, "weight"))),
      ("bias", .slot(add(bias, node, "bias"))), ("groups", .constant(.int(count))),
    ]
  }

  private mutating func add(_ tensor: Tensor, _ node: Node, _ name: String) -> Int {
    let slot = rewriting.add(tensor, named: "\(node.name).\(name) (folded)")
    added[slot] = tensor
    return slot
  }

  private func tensor(in slot: Int) -> Tensor? { added[slot] ?? rewriting.tensors[slot] }
}

extension Node {
  /// An argument by its position in the schema, or by its name where it was written so.
  func argument(_ position: Int, _ name: String) -> NodeArgument? {
    if !name.isEmpty, let named = arguments.first(where: { $0.name == name }) {
      return named.value
    }
    guard arguments.indices.contains(position), arguments[position].name.isEmpty else { return nil }
    return arguments[position].value
  }

  /// The slot of an argument that is a single tensor.
  func slot(_ position: Int, _ name: String) -> Int? {
    if case .slot(let slot)? = argument(position, name) { slot } else { nil }
  }

  fileprivate func isFalse(_ position: Int, _ name: String) -> Bool {
    if case .constant(.bool(false))? = argument(position, name) { true } else { false }
  }

  /// Puts another value where an argument is, or adds it by name.
  mutating func set(_ position: Int, _ name: String, _ value: NodeArgument) {
    if !name.isEmpty, let index = arguments.firstIndex(where: { $0.name == name }) {
      arguments[index].value = value
    } else if arguments.indices.contains(position), arguments[position].name.isEmpty {
      arguments[position].value = value
    } else {
      arguments.append((name, value))
    }
  }
}
