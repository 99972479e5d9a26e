internal import Tensors

extension Adam {
  /// Makes a step against the gradient of a loss.
  ///
  /// - Parameter loss: The loss at recorded copies of the parameters, by name.
  /// - Returns: The loss before the step.
  @discardableResult
  mutating func step(rate: Double, loss: ([String: Tensor]) throws -> Tensor) throws -> Float {
    let leaves = try parameters.mapValues { parameter in try parameter.leaf() }
    let value = try loss(leaves)
    let names = leaves.keys.sorted()
    let found = try value.gradient(withRespectTo: names.compactMap { leaves[$0] })
    let pairs = zip(names, found).compactMap { name, gradient in gradient.map { (name, $0) } }
    try update(Dictionary(uniqueKeysWithValues: pairs), rate: rate)
    return try value.detached().number()
  }
}
