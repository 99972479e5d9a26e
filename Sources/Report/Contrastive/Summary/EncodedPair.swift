internal import Imagery

/// A pair with its drawings as files hold them.
struct EncodedPair: Sendable {
  let drawn: DrawnPair
  /// The drawing; `nil` where no picture had an answer.
  let png: [UInt8]?
  /// Those of the methods beside.
  let beside: [[UInt8]?]

  init(_ drawn: DrawnPair) throws {
    self.drawn = drawn
    png = try drawn.picture?.png()
    beside = try drawn.beside.map { try $0?.png() }
  }
}
