internal import Tensors

extension Program {
  /// One tensor as the value of the only input that is open.
  ///
  /// - Throws: ``NetworkError/severalInputs(_:)``.
  func values(_ input: Tensor) throws(NetworkError) -> [String: Tensor] {
    let ports = openInputs
    guard ports.count == 1 else { throw .severalInputs(ports.map(\.text)) }
    return [ports[0].name: input]
  }

  /// Checks that every input is given, in its declared shape, and that lengths that have one symbol
  /// are equal.
  func check(_ inputs: [String: Tensor]) throws(NetworkError) {
    let ports = openInputs
    if let name = inputs.keys.sorted().first(where: { name in !ports.contains { $0.name == name } })
    {
      throw .unknownInput(name, known: ports.map(\.text))
    }
    var lengths: [Length: Int] = [:]
    for port in ports {
      guard let tensor = inputs[port.name] else { throw .missingInput(port.text) }
      try check(tensor, at: port, &lengths)
    }
  }

  private func check(
    _ tensor: Tensor, at port: Port, _ lengths: inout [Length: Int]
  ) throws(NetworkError) {
    let (shape, expected) = (tensor.shape, port.shape)
    if let wanted = port.type, let given = tensor.elementType, given.isFloating, !wanted.isFloating
    {
      throw .inputType(port.text, wanted)
    }
    // A file that declares nothing is asked when it runs.
    if expected.isEmpty { return }
    let fits =
      expected.count == shape.count && zip(expected, shape).allSatisfy { $0 == nil || $0 == $1 }
    if let length = expected[0], length > 1, shape.first != length { throw .batchLength(length) }
    if !fits { throw .inputShape(shape, expected: expected) }
    guard case .tensor(_, let declared) = slots[port.slot] else { return }
    for (length, actual) in zip(declared, shape) where length.fixed == nil {
      let known = lengths.updateValue(actual, forKey: length) ?? actual
      if known != actual { throw .inputLengths(port.text, known, actual) }
    }
  }
}
