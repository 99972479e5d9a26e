internal import Terms

extension Program {
  /// Every module whose output is a tensor, in the order of their outputs, outermost first.
  public var moduleLayers: [Layer] {
    let ends = moduleEnds
    let finder = MapFinder(in: self)
    let repeated = Set(ends.filter { $0.call.name != $0.call.path }.map(\.call.path))
    return ends.map { call, end in
      let isFirst = call.name == call.path && repeated.contains(call.path)
      return layer(named: isFirst ? call.name + "@0" : call.name, type: call.type, at: end, finder)
    }
    .sorted {
      ($0.position, $0.name.split(separator: ".").count)
        < ($1.position, $1.name.split(separator: ".").count)
    }
  }

  /// Every node whose output is a tensor, in order.
  public var nodeLayers: [Layer] {
    let finder = MapFinder(in: self)
    return nodes.indices.compactMap { index in
      firstTensorSlot(of: index).map { slot in
        layer(
          named: nodes[index].name, type: nodes[index].operation.name, at: (index, slot), finder)
      }
    }
  }

  /// The input that is explained as a layer, for gradients with respect to it.
  public var inputLayer: Layer { inputLayer(named: "input", slot: input) }

  /// An input as a layer.
  ///
  /// - Throws: ``NetworkError/unknownInput(_:known:)``.
  public func inputLayer(of name: String) throws(NetworkError) -> Layer {
    guard let port = openInputs.first(where: { $0.name == name }) else {
      throw .unknownInput(name, known: openInputs.map(\.text))
    }
    return inputLayer(named: name, slot: port.slot)
  }

  private func inputLayer(named name: String, slot: Int) -> Layer {
    let finder = MapFinder(in: self)
    return Layer(
      name: name, type: "input", shape: shape(of: slot) ?? [], slot: slot, position: 0,
      mapFault: finder.fault(of: slot), layout: finder.layout(of: slot),
      arrangement: finder.arrangement(of: slot))
  }

  /// The layer of a name: a module's path, a call such as `relu@1` of one, or a node's name.
  ///
  /// A path that is called several times means its last call; `path@0` is the first.
  /// - Throws: ``NetworkError/unknownLayer(_:nearest:)``.
  public func layer(named name: String) throws(NetworkError) -> Layer {
    let ends = moduleEnds
    let calls = ends.filter { $0.call.path == name || $0.call.name == name }
    let first = name.hasSuffix("@0") ? String(name.dropLast(2)) : nil
    if let first, let match = ends.first(where: { $0.call.name == first }) {
      return layer(named: name, type: match.call.type, at: match.end, MapFinder(in: self))
    }
    if let match = calls.max(by: { $0.end.node < $1.end.node }) {
      return layer(named: name, type: match.call.type, at: match.end, MapFinder(in: self))
    }
    if let match = nodeLayers.first(where: { $0.name == name }) { return match }
    throw .unknownLayer(
      name, nearest: NearestNames.of(name, in: moduleLayers.map(\.name) + nodes.map(\.name)))
  }

  /// Whether what a layer gives flows into a later one.
  public func flows(from first: Layer, into second: Layer) -> Bool {
    guard first.position <= second.position else { return false }
    var flowing: Set<Int> = [first.slot]
    for node in nodes[first.position..<second.position]
    where node.arguments.contains(where: { $0.value.slots.contains(where: flowing.contains) }) {
      flowing.formUnion(node.results.flatMap(\.slots))
    }
    return flowing.contains(second.slot)
  }

  /// The last layer that is a stack of maps over the picture, and that weights or an attention read on the way to the
  /// output; where they read none, the last that the output is made of.
  ///
  /// Where it only moves numbers that modules gave, it is the output of the outermost of them, and of such the first.
  ///
  /// - Throws: ``NetworkError/noSpatialLayer`` where there is none, or where most of the network
  ///   comes behind it and works on places in another form.
  public func lastSpatialLayer() throws(NetworkError) -> Layer {
    let finder = MapFinder(in: self)
    let maps = nodeLayers.filter(\.isSpatial)
    guard let node = maps.last(where: { finder.isReadByWeights($0.slot) }) ?? maps.last,
      !finder.isLeftForTokens(node.slot)
    else { throw .noSpatialLayer }
    let modules = moduleLayers
    let sources = finder.sources(of: node.slot).compactMap { slot in
      modules.first { $0.slot == slot && $0.isSpatial }
    }
    func depth(_ layer: Layer) -> Int { layer.name.split(separator: ".").count }
    return sources.reversed().min { depth($0) < depth($1) } ?? node
  }

  /// The module calls with the node whose result is each one's output.
  ///
  /// That is the last of its nodes whose result something outside the module reads. Where the module
  /// goes on to write to that result, the output is there only when it has.
  private var moduleEnds: [(call: ModuleCall, end: (node: Int, slot: Int))] {
    var order: [ModuleCall] = []
    var ends: [ModuleCall: (node: Int, slot: Int)] = [:]
    let readers = readersBySlot
    for (index, node) in nodes.enumerated() {
      let slot = firstTensorSlot(of: index)
      for call in node.modules where !call.name.isEmpty {
        if let slot, leaves(slot, call, readers) {
          if ends[call] == nil { order.append(call) }
          ends[call] = (index, slot)
        } else if let target = node.written, let end = ends[call],
          written[end.slot] == written[target]
        {
          ends[call] = (index, end.slot)
        }
      }
    }
    return order.compactMap { call in ends[call].map { (call, $0) } }
  }

  private func leaves(_ slot: Int, _ call: ModuleCall, _ readers: [Int: [Int]]) -> Bool {
    slot == output || readers[slot, default: []].contains { !nodes[$0].modules.contains(call) }
  }

  private var readersBySlot: [Int: [Int]] {
    var readers: [Int: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      for slot in node.arguments.flatMap(\.value.slots) { readers[slot, default: []].append(index) }
    }
    return readers
  }

  private func firstTensorSlot(of index: Int) -> Int? {
    nodes[index].results.lazy.flatMap(\.slots).first { shape(of: $0) != nil }
  }

  private func layer(
    named name: String, type: String, at end: (node: Int, slot: Int), _ finder: MapFinder
  ) -> Layer {
    Layer(
      name: name, type: type, shape: shape(of: end.slot) ?? [], slot: end.slot,
      position: end.node + 1, mapFault: finder.fault(of: end.slot),
      layout: finder.layout(of: end.slot), arrangement: finder.arrangement(of: end.slot))
  }
}
