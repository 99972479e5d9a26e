public import Tensors

/// A place in a network whose output can be looked at: a module, a node, or the input.
///
/// Only a program hands layers out, so holding one proves that it exists.
public struct Layer: Hashable, Sendable {
  /// The module's path, or the node's name.
  public let name: String
  /// What it is: the module's class, or the node's operator.
  public let type: String
  /// The declared shape of its output; `nil` where a length follows the input.
  public let shape: [Int?]
  let slot: Int
  /// How many nodes have run when the output is there.
  let position: Int
  /// Why the output is no stack of maps over the picture; `nil` where it is one.
  public let mapFault: MapFault?

  /// Where the output's rows of channels are; `nil` where nothing says so, as inside an attention.
  public let layout: LayerLayout?
  /// How the output becomes stacks of maps; `nil` where nothing says so.
  let arrangement: MapArrangement?

  /// Whether the output is a stack of maps over the picture, whatever the order of its axes: `[N, K, h, w]`,
  /// `[N, h, w, K]`, tokens `[N, r + hw, K]`.
  public var isSpatial: Bool { mapFault == nil }

  /// The rows and columns of its maps, `nil` for one that follows the input; empty where there are no maps.
  public var grid: [Int?] { isSpatial ? arrangement?.grid ?? [] : [] }

  /// The axis of the layer's own shape that counts its channels and nothing else, where there is one.
  public var channelAxis: Int? { arrangement?.channelAxis }

  /// Values of the layer's own shape, as stacks of maps `[…, N, K, h, w]`.
  ///
  /// Tokens that belong to no place, such as a class token, are left out.
  ///
  /// - Parameter values: `[…]` + ``shape``, such as its output, or gradients of several scores.
  /// - Returns: The values as they are, where no layout is known.
  public func stacked(_ values: Tensor) throws(TensorError) -> Tensor {
    guard let arrangement else { return values }
    return try arrangement.stacks(values)
  }

  /// Checks that the output is a stack of maps over the picture.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)``.
  public func checkMaps() throws(NetworkError) {
    if let mapFault { throw .notSpatial(name, mapFault) }
  }

  /// Whether a call comes after the layer's output is there.
  public func precedes(_ call: NodeCall) -> Bool { position <= call.index }

  /// The earliest of some layers of one network, by when their outputs are there.
  public static func first(of layers: [Layer]) -> Layer? {
    layers.min { $0.position < $1.position }
  }
}
