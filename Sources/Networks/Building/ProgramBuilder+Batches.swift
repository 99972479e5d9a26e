/// Programs of one batch of numbers in and one out, as small networks are.
extension ProgramBuilder {
  /// Begins a program with one input, `x`, of this shape, the batch axis left out.
  public init(inputShape: [Int]) {
    self.init()
    _ = addInput("x", shape: [nil] + inputShape)
  }

  /// The first input.
  public var input: Reference {
    Reference(slot: 0, lengths: slots.first?.shape ?? [])
  }

  /// Adds a call of an operator whose result is a batch.
  ///
  /// - Parameters:
  ///   - operation: The operator's name in ATen, with its overload where it has one: `mean.dim`.
  ///   - module: The path of the module that makes the call.
  ///   - type: The module's class in Python.
  ///   - arguments: Each by the schema's name; a weight is stored as `module.name`.
  ///   - shape: The result's shape without the batch axis.
  public mutating func call(
    _ operation: String, in module: String, type: String, _ arguments: [(String, Argument)],
    shape: [Int]
  ) -> Reference {
    call(operation, in: module, type: type, arguments, results: [.tensor([nil] + shape)])[0]
  }

  /// Finishes a program that gives one value.
  ///
  /// - Throws: ``NetworkError/unknownOperator(_:at:)`` for an operator that libtorch does not have.
  public func program(output: Reference) throws(NetworkError) -> Program {
    var builder = self
    builder.addOutput("0", output)
    return try builder.program()
  }
}
