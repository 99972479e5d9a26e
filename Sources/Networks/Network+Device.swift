public import Tensors

extension Network {
  /// The same network with its weights on a device, which its inputs must be on as well.
  ///
  /// - Throws: ``TensorError`` when the device's memory is too small.
  public func on(_ device: Device) throws -> Network {
    Network(self, program: try program.on(device), embedding: try embedding?.on(device))
  }
}

extension Program {
  /// The same program with its weights on a device; what modules share stays shared.
  public func on(_ device: Device) throws(TensorError) -> Program {
    var moved: [ObjectIdentifier: Tensor] = [:]
    return replacing(
      weights: try weights.map { weight throws(TensorError) in
        let known = moved[weight.tensor.identity]
        let tensor = if let known { known } else { try weight.tensor.on(device) }
        moved[weight.tensor.identity] = tensor
        return Weight(slot: weight.slot, name: weight.name, kind: weight.kind, tensor: tensor)
      })
  }
}
