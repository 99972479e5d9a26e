internal import Foundation
public import Imagery
public import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// What a network answers about a picture of which some pixels are hidden: deletion by hand.
///
/// The network is asked in the form that is usually fastest (``Program/prepared(for:_:)``), whose outputs agree with
/// those of ``Predict`` within 1e-4 of the largest one.
public struct Probe: Request {
  /// What manifests call it.
  public static let name = "probe"

  /// The picture that is hidden in part.
  public var picture = ""
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// What the network is shown of the picture; what its card says where nothing is said.
  public var region: SeenRegion?
  /// Which pixels of the network's input are hidden: a bit each, row by row, the highest of a byte first, in Base64.
  /// Nothing hides none.
  public var mask = ""
  /// What hidden pixels become: a baseline that names no file.
  public var fill = "mean"

  /// Asks nothing yet.
  public init() {}

  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// Fails where its parts do not go together.
  public func validate() throws { try network.validate() }

  /// What is answered with the pixels and without them.
  public struct Answer: Sendable {
    /// About the picture as it is.
    public let before: Prediction
    /// About what is left of it.
    public let after: Prediction
    /// How many pixels are hidden.
    public let hidden: Int
    /// The part of the picture that the network saw, in the picture's pixels.
    public let seen: Region
  }

  /// Hides the pixels and asks.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let loaded = try network.load(in: session).seeing(region)
    let picture = try session.picture(self.picture)
    let asked = try session.input(of: picture, for: network, seeing: region, by: loaded)
    // A brush asks many times a second, and both answers must come of one form for their difference to be the pixels'.
    let (program, before) = try session.warmInputs.ready(seeing: region, of: picture, asked)
    let seen = try loaded.preprocessing.region(of: picture.picture)
    guard !mask.isEmpty else {
      return Answer(before: before, after: before, hidden: 0, seen: seen)
    }
    let (input, features) = (asked.input, asked.input.features)
    let kept = try keptPixels(count: features.count)
    let ground = try session.warmInputs.ground(fill, of: picture, seeing: region, asked)
    let rest = try features.inputs(
      keeping: Tensor(kept, shape: [1] + features.shape).on(input.device), of: input.tensor,
      over: ground)
    return Answer(
      before: before, after: try loaded.prediction(from: program.output(for: rest)),
      hidden: kept.count { $0 == 0 },
      seen: seen)
  }

  /// 1 for each pixel that is kept, 0 for each that is hidden.
  private func keptPixels(count: Int) throws -> [Float] {
    guard let bytes = Data(base64Encoded: mask), bytes.count == (count + 7) / 8 else {
      throw RequestFault.unfit(
        "mask must be \((count + 7) / 8) bytes in Base64, a bit for each pixel of the input")
    }
    var kept = [Float](repeating: 1, count: count)
    for place in kept.indices {
      let bit: UInt8 = 128 >> UInt8(place % 8)
      if bytes[place / 8] & bit != 0 { kept[place] = 0 }
    }
    return kept
  }
}
