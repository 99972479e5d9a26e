public import Tensors

/// One call of an operator in a trace, as a rule of a backward walk sees it.
///
/// Its inputs are those arguments that follow from the network's input; all others, weights and
/// numbers alike, are constants of the call.
public struct NodeCall: Sendable {
  /// The place of the call in the program.
  public let index: Int
  /// The module and node that make the call, for people.
  public let label: String
  /// The paths of the modules that the call is made in, outermost first.
  public let modules: [String]
  /// The operator's name in libtorch, such as `aten::conv2d`.
  public let operation: String
  /// What the operator does.
  public let kind: OperatorKind
  /// The tensors that follow from the network's input, in the order of the arguments; not recorded.
  public let inputs: [Tensor]
  /// What the call gave; `nil` where a result is no tensor.
  public let outputs: [Tensor?]

  let callee: Operator
  let arguments: [(name: String?, value: Value)]
  /// For each input the argument it stands in, and the place in its list where it is one.
  let places: [(argument: Int, element: Int?)]

  /// What the call gave, where it gives one tensor.
  public var output: Tensor {
    get throws(NetworkError) {
      guard outputs.count == 1, let output = outputs[0] else {
        throw .node(label, .unexpectedResult(operation: operation))
      }
      return output
    }
  }

  /// An argument by its position in the operator's schema or, where it was given so, by its name.
  ///
  /// - Returns: `nil` where it was left to its default.
  public func argument(_ position: Int, _ name: String) -> Value? {
    index(position, name).map { arguments[$0].value }
  }

  /// A tensor among the call's constants, such as a weight, by position and name.
  ///
  /// - Returns: `nil` where the argument is an input or no tensor.
  public func constant(_ position: Int, _ name: String) -> Tensor? {
    guard let index = index(position, name), !places.contains(where: { $0.argument == index })
    else { return nil }
    return arguments[index].value.tensor
  }

  /// Whether the same call of another run read the same tensors beside its inputs.
  public func hasConstants(of trace: Trace) -> Bool {
    guard let twin = trace.call(at: index), twin.arguments.count == arguments.count else {
      return false
    }
    return zip(constants, twin.constants).allSatisfy { mine, other in
      if mine.identity == other.identity { return true }
      guard mine.shape == other.shape, mine.elementType == other.elementType else { return false }
      return (try? mine.bytes() == other.bytes()) ?? false
    }
  }

  private var constants: [Tensor] {
    arguments.indices.flatMap { argument -> [Tensor] in
      switch arguments[argument].value {
      case .tensor(let tensor):
        places.contains { $0.argument == argument } ? [] : [tensor]
      case .tensors(let list):
        list.enumerated().compactMap { element, tensor in
          places.contains { $0.argument == argument && $0.element == element } ? nil : tensor
        }
      default: []
      }
    }
  }

  private func index(_ position: Int, _ name: String) -> Int? {
    if let index = arguments.firstIndex(where: { $0.name == name }) { return index }
    return arguments.indices.contains(position) && arguments[position].name == nil ? position : nil
  }

  /// The call made again, recorded, with other inputs and other constants.
  ///
  /// - Parameters:
  ///   - inputs: As many tensors as the call has inputs.
  ///   - constants: Arguments to replace, by position and name as in ``argument(_:_:)``.
  /// - Returns: The leaves that recording starts at, and the results.
  public func repeated(
    with inputs: [Tensor]? = nil, replacing constants: [(Int, String, Value)] = []
  ) throws(NetworkError) -> (leaves: [Tensor], outputs: [Tensor?]) {
    do {
      let leaves = try (inputs ?? self.inputs).map { tensor throws(TensorError) in
        try tensor.leaf()
      }
      var arguments = arguments
      for (position, name, value) in constants {
        if let index = index(position, name) {
          arguments[index].value = value
        } else {
          arguments.append((name, value))
        }
      }
      for (leaf, place) in zip(leaves, places) {
        arguments[place.argument].value = arguments[place.argument].value.replacing(
          place.element, with: leaf)
      }
      return (leaves, NodeCall.tensors(try callee(arguments, recording: .on)))
    } catch { throw .node(label, error) }
  }

  /// Vector-Jacobian products of the call, by libtorch.
  ///
  /// - Shapes: a row stack is `[R]` + the shape of the result; so are the products of the inputs.
  /// - Parameter outgoing: What arrived at each result; `nil` where nothing did.
  /// - Returns: A row stack for each input; `nil` where it has no part in what arrived.
  public func gradients(of outgoing: [Tensor?]) throws(NetworkError) -> [Tensor?] {
    try NodeCall.gradients(of: outgoing, through: repeated(), label)
  }

  /// Vector-Jacobian products of a call that was made again.
  public static func gradients(
    of outgoing: [Tensor?], through call: (leaves: [Tensor], outputs: [Tensor?]), _ label: String
  ) throws(NetworkError) -> [Tensor?] {
    do {
      var sums = [Tensor?](repeating: nil, count: call.leaves.count)
      for case (let output?, let rows?) in zip(call.outputs, outgoing) {
        // libtorch 2.13 gives batch normalisation other gradients where rows lie in memory as tokens do.
        let found = try output.gradients(
          withRespectTo: call.leaves, rows: rows.contiguous())
        for (i, gradient) in found.enumerated() {
          guard let gradient else { continue }
          sums[i] = try sums[i].map { sum throws(TensorError) in try sum + gradient } ?? gradient
        }
      }
      return sums
    } catch { throw .node(label, error) }
  }

  static func tensors(_ results: [Value]) -> [Tensor?] {
    results.flatMap { result -> [Tensor?] in
      if case .tensors(let list) = result { return list }
      return [result.tensor]
    }
  }
}

extension Value {
  fileprivate func replacing(_ element: Int?, with tensor: Tensor) -> Value {
    guard let element, case .tensors(var list) = self else { return .tensor(tensor) }
    list[element] = tensor
    return .tensors(list)
  }
}
