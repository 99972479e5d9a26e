public import Tensors

/// A network as a straight-line list of operator calls on slots; immutable plain data.
///
/// Because it is data, a run can stop after any layer, resume from a replaced activation, and
/// differentiate from the output down to a layer only.
public struct Program: Sendable {
  let nodes: [Node]
  let slotCount: Int
  let input: Int
  let output: Int
  /// Parameters, buffers and constants with the slots that they fill before the first node.
  let weights: [Weight]
  /// Declared shapes of slots; `nil` where a length is symbolic.
  let shapes: [Int: [Int?]]
  let floating: Set<Int>
  /// Slots whose first axis counts pictures, as the input's does.
  var wholePictures: Set<Int> = []
  /// All that the network returns of numbers; ``output`` is one of them.
  public internal(set) var outputs: [ProgramOutput] = []
  /// Slots whose memory an operator of the program writes to, each with a number that slots with
  /// shared memory have in common.
  let written: [Int: Int]
  /// Inputs that the program writes to, copied before the first node.
  let copiedFirst: [Int]
  /// For each node the slots that nothing reads after it.
  let lastReads: [[Int]]
  let document: ExportDocument

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
    nodes: [Node], slotCount: Int, input: Int, output: Int, weights: [Weight],
    shapes: [Int: [Int?]], floating: Set<Int>, written: [Int: Int], copiedFirst: [Int],
    document: ExportDocument
  ) {
    self.nodes = nodes
    self.slotCount = slotCount
    self.input = input
    self.output = output
    self.weights = weights
    self.shapes = shapes
    self.floating = floating
    self.written = written
    self.copiedFirst = copiedFirst
    self.document = document
    lastReads = Self.lastReads(nodes, output: output)
  }

  /// The same program with other nodes or weights; what is left out stays.
  func replacing(
    nodes: [Node]? = nil, slotCount: Int? = nil, weights: [Weight]? = nil,
    shapes: [Int: [Int?]]? = nil, floating: Set<Int>? = nil, output: Int? = nil
  ) -> Program {
    var program = Program(
      nodes: nodes ?? self.nodes, slotCount: slotCount ?? self.slotCount, input: input,
      output: output ?? self.output, weights: weights ?? self.weights,
      shapes: shapes ?? self.shapes, floating: floating ?? self.floating, written: written,
      copiedFirst: copiedFirst, document: document)
    program.wholePictures = wholePictures
    program.outputs = outputs
    return program
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

  /// The shape that the network declares for its input; `nil` where any length will do.
  public var inputShape: [Int?] { shapes[input] ?? [] }

  /// The element type that the network declares for its input.
  var inputType: ElementType {
    for case .user(let name) in document.graph_module.signature.input_specs {
      let code = document.graph_module.graph.tensor_values[name]?.dtype
      return code.flatMap(ElementType.init(exportCode:)) ?? .float32
    }
    return .float32
  }

  /// The shape that the network declares for its output; `nil` where it follows the input.
  public var outputShape: [Int?] { shapes[output] ?? [] }

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
