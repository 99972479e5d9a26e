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
  /// Why the output is no stack of maps over the picture, `[N, K, h, w]`; `nil` where it is one.
  public let mapFault: MapFault?

  /// Where the output's rows of channels are; `nil` where nothing says so, as inside an attention.
  public let layout: LayerLayout?

  /// Whether the output is a stack of maps over the picture, `[N, K, h, w]`.
  public var isSpatial: Bool { mapFault == nil }

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
