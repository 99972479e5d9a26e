internal import Foundation
public import Imagery
public import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// What a network answers about a picture of which some pixels are hidden: deletion by hand.
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
    let warm = try session.inputs.input(of: self, by: loaded, on: network.chosenDevice())
    guard !mask.isEmpty else {
      return Answer(before: warm.prediction, after: warm.prediction, hidden: 0, seen: warm.seen)
    }
    let features = warm.input.features
    let kept = try keptPixels(count: features.count)
    let ground = try session.inputs.ground(fill, of: warm, by: loaded)
    let rest = try features.inputs(
      keeping: Tensor(kept, shape: [1] + features.shape).on(warm.input.device),
      of: warm.input.tensor, over: ground)
    return Answer(
      before: warm.prediction, after: try loaded.prediction(for: rest),
      hidden: kept.count { $0 == 0 }, seen: warm.seen)
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
