internal import Tensors

/// What one run of a program shows of it: the shape and type of every value, and the memory it takes.
struct RunProfile: Sendable {
  /// By slot.
  private(set) var shapes: [Int: [Int]] = [:]
  private(set) var types: [Int: ElementType] = [:]
  /// The most bytes that values took together, weights not counted; views count as copies.
  private(set) var peakBytes = 0
  /// How many pictures were run.
  let pictures: Int
  /// The network's output.
  let output: Tensor

  /// The memory that a picture of a pass takes: kernels work on copies of their own, and as much again
  /// is ample for them.
  var bytesPerPicture: Int { 2 * peakBytes / pictures }

  init(of program: Program, at input: Tensor) throws(NetworkError) {
    pictures = input.shape.first ?? 1
    var run = try Run(of: program, input: input, keeping: [])
    var live: [Int: Int] = [program.input: Self.bytes(input)]
    shapes[program.input] = input.shape
    types[program.input] = input.elementType
    for weight in program.weights {
      shapes[weight.slot] = weight.tensor.shape
      types[weight.slot] = weight.tensor.elementType
    }
    for (index, node) in program.nodes.enumerated() {
      let observed = try run.observe()
      for (place, result) in zip(node.results, observed.results) {
        for (slot, tensor) in Self.tensors(result, in: place) {
          shapes[slot] = tensor.shape
          types[slot] = tensor.elementType
          live[slot] = Self.bytes(tensor)
        }
      }
      peakBytes = max(peakBytes, live.values.reduce(0, +))
      for slot in program.lastReads[index] { live[slot] = nil }
    }
    output = try run.tensor(in: program.output)
  }

  private static func bytes(_ tensor: Tensor) -> Int {
    tensor.count * (tensor.elementType?.byteCount ?? 8)
  }

  private static func tensors(_ value: Value, in place: NodeResult) -> [(Int, Tensor)] {
    switch (place, value) {
    case (.slot(let slot), .tensor(let tensor)): [(slot, tensor)]
    case (.list(let slots), .tensors(let list)):
      zip(slots, list).compactMap { slot, tensor in tensor.map { (slot, $0) } }
    default: []
    }
  }
}
