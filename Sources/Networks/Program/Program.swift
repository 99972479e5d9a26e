public import Tensors

/// A network as a straight-line list of operator calls on slots; immutable plain data, free of the
/// format that it was read from.
///
/// Because it is data, a run can stop after any layer, resume from a replaced activation, and
/// differentiate from the output down to a layer only. Values travel by the names of ports; where a
/// program has one open input, its tensor alone will do.
public struct Program: Sendable {
  /// What `forward` takes, in order.
  public let inputs: [Port]
  /// All tensors that `forward` returns, in order.
  public let outputs: [Port]
  let nodes: [Node]
  let slots: [Slot]
  /// Parameters, buffers and constants with the slots that they fill before the first node.
  let weights: [Weight]
  /// The slot of the input that is explained.
  let input: Int
  /// The slot of the output that is explained.
  let output: Int
  /// Slots whose memory an operator of the program writes to, each with a number that slots with
  /// shared memory have in common.
  let written: [Int: Int]
  /// By their symbols.
  let freeLengths: [String: LengthRange]
  /// For each node the slots that nothing reads after it.
  let lastReads: [[Int]]
  /// What its operators say of places, which every layer is asked about.
  let mapFacts: Once<MapFacts>
  /// The declared shapes by slot, which are asked for more often than anything else.
  private let shapes: [[Int?]?]

  /// A tensor that came with the network.
  struct Weight: Sendable {
    let slot: Int
    let name: String
    let kind: Kind
    let tensor: Tensor

    enum Kind: String, Sendable {
      case parameter
      case buffer
      case constant
    }
  }

  init(
    inputs: [Port], outputs: [Port], nodes: [Node], slots: [Slot], weights: [Weight], input: Int,
    output: Int, written: [Int: Int], freeLengths: [String: LengthRange]
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.nodes = nodes
    self.slots = slots
    self.weights = weights
    self.input = input
    self.output = output
    self.written = written
    self.freeLengths = freeLengths
    lastReads = Self.lastReads(nodes, output: output)
    mapFacts = Once()
    shapes = slots.map(\.shape)
  }

  /// The same program with other nodes or weights; what is left out stays.
  func replacing(
    nodes: [Node]? = nil, slots: [Slot]? = nil, weights: [Weight]? = nil, output: Int? = nil,
    outputs: [Port]? = nil
  ) -> Program {
    Program(
      inputs: inputs, outputs: outputs ?? self.outputs, nodes: nodes ?? self.nodes,
      slots: slots ?? self.slots, weights: weights ?? self.weights, input: input,
      output: output ?? self.output, written: written, freeLengths: freeLengths)
  }

  private static func lastReads(_ nodes: [Node], output: Int) -> [[Int]] {
    var seen: Set<Int> = [output]
    var reads: [[Int]] = []
    for node in nodes.reversed() {
      let touched = Set(node.arguments.flatMap(\.value.slots) + node.results.flatMap(\.slots))
      reads.append(touched.filter { seen.insert($0).inserted }.sorted())
    }
    return reads.reversed()
  }

  /// Weights and inputs that the program writes to, copied before the first node.
  var copiedFirst: [Int] {
    (weights.map(\.slot) + openInputs.map(\.slot)).filter { written[$0] != nil }
  }

  /// The slots that are read behind all nodes.
  var returned: Set<Int> { Set(outputs.map(\.slot) + [output]) }

  /// The inputs that a run is given.
  public var openInputs: [Port] { inputs.filter { $0.fixed == nil } }

  /// The shape that the network declares for the input that is explained; `nil` where any length
  /// will do.
  public var inputShape: [Int?] { shape(of: input) ?? [] }

  /// The element type that the network declares for the input that is explained.
  var inputType: ElementType { slots[input].type ?? .float32 }

  /// The shape that the network declares for its output; `nil` where it follows the input.
  public var outputShape: [Int?] { shape(of: output) ?? [] }

  /// The declared shape of a slot; `nil` for one that is no tensor.
  func shape(of slot: Int) -> [Int?]? { shapes[slot] }

  /// Whether a slot holds a tensor of floating numbers.
  func isFloating(_ slot: Int) -> Bool { slots[slot].type?.isFloating == true }

  /// Whether a slot's first axis counts pictures, as the input's does.
  func isOfWholePictures(_ slot: Int) -> Bool {
    slots[slot].firstLength != nil && slots[slot].firstLength == slots[input].firstLength
  }

  /// The number of learnt numbers.
  public var parameterCount: Int {
    weights.filter { $0.kind == .parameter }.reduce(0) { $0 + $1.tensor.count }
  }

  /// How often each operator is called, by its name in libtorch.
  public var operatorCounts: [String: Int] {
    nodes.reduce(into: [:]) { $0[$1.operation.name, default: 0] += 1 }
  }

  /// The types of the weights' elements.
  public var weightTypes: Set<ElementType> { Set(weights.compactMap(\.tensor.elementType)) }

  /// The learnt tensors by name.
  public var parameters: [String: Tensor] {
    Dictionary(
      weights.filter { $0.kind == .parameter }.map { ($0.name, $0.tensor) },
      uniquingKeysWith: { first, _ in first })
  }
}
