internal import Networks
internal import Saliency
internal import Tensors
package import Terms

/// Why one method has no map, where others may.
package struct MethodFailure: Fault {
  let reason: any Error

  package var kind: FaultKind { (reason as? any Fault)?.kind ?? .defect }

  package var description: String { "\(reason)" }

  /// Whether another method may do where this one cannot: it does not fit the network, needs more
  /// memory, or an operator failed on its numbers.
  package static func isOfMethod(_ error: any Error) -> Bool {
    switch error {
    case NetworkError.noRule, NetworkError.noSpatialLayer, NetworkError.notSpatial,
      NetworkError.layerDoesNotReachOutput, SettingError.needsClasses,
      SettingError.noWeightsBehind, SettingError.hasNoClass, NetworkError.node,
      NetworkError.vanished,
      NetworkError.noGradient:
      true
    case is SampleError, is TensorError, is AttentionFault: true
    default: false
    }
  }
}
