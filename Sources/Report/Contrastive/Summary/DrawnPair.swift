internal import Contrast
internal import Counterfactuals
internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// A pair with its name in files and its drawing.
struct DrawnPair: Sendable {
  let pair: MeanDifference
  /// `8-rather-than-3`.
  let key: String
  /// The largest mean change.
  let scale: Float
  /// The mean change over the mean input, enlarged, its spot outlined; `nil` where no picture had an
  /// answer.
  let picture: Picture?
  /// What the methods beside find, drawn alike, in their order; `nil` where no picture had an answer.
  var beside: [Picture?] = []

  var file: String { key + "-mean.png" }

  /// Draws pairs, the most surprising spot first; each in its own scale, for it is the shares of one
  /// map that are set against each other.
  static func drawn(
    _ pairs: [MeanDifference], beside: [ContrastiveSummaryReport.Beside],
    over inputs: [ClassSet: Tensor], of network: Network,
    keyed key: ([MeanDifference]) -> [String]
  ) throws -> [DrawnPair] {
    let ranks = pairs.map { ($0.spot?.logLikelihoodRatio ?? -1, $0.count) }
    let sorted = pairs.indices.sorted {
      (ranks[$0].0, ranks[$0].1, $1) > (ranks[$1].0, ranks[$1].1, $0)
    }.map { pairs[$0] }
    return try zip(sorted, key(sorted)).map { pair, key in
      let input = inputs[pair.fact]
      let others = try beside.map {
        try $0.pair(like: pair).flatMap { try draw($0, input, network) }
      }
      let scale = pair.count > 0 ? try DifferencePicture(pair.mean).reach : 0
      return DrawnPair(
        pair: pair, key: key, scale: scale, picture: try draw(pair, input, network),
        beside: others)
    }
  }

  private static func draw(
    _ pair: MeanDifference, _ input: Tensor?, _ network: Network
  ) throws -> Picture? {
    guard pair.count > 0 else { return nil }
    return try draw(pair, DifferencePicture(pair.mean), over: input, of: network)
  }

  private static func draw(
    _ pair: MeanDifference, _ difference: DifferencePicture, over input: Tensor?,
    of network: Network
  ) throws -> Picture {
    let ground =
      try input.map { try network.card.input.channelOrder.picture(of: $0) }
      ?? Picture(
        width: difference.width, height: difference.height,
        filledWith: Color(red: 0, green: 0, blue: 0))
    let small = try difference.over(ground, reach: difference.reach)
    let factor = small.factorForEyes
    let large = try small.enlarged(by: factor)
    guard let spot = pair.spot else { return large }
    return large.outlined(
      x: spot.left * factor, y: spot.top * factor, width: spot.side * factor,
      height: spot.side * factor, thickness: 4, color: outline)
  }

  /// Yellow, which neither what is added nor what is taken away has.
  static let outline = Color(red: 0xFF, green: 0xD2, blue: 0x3F)
}

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
