internal import Files
internal import Foundation
internal import Imagery
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// Pictures that stay read as inputs, with what a network answers about them, while somebody hides pixels of them.
///
/// Sendable because every access holds the lock.
final class WarmInputs: @unchecked Sendable {
  /// An input and what is known of it.
  final class Warm: @unchecked Sendable {
    fileprivate let key: Key
    let input: Input
    let prediction: Prediction
    let seen: Region
    fileprivate var grounds: [String: Tensor] = [:]

    fileprivate init(_ key: Key, _ picture: Picture, by network: Network, on device: Device) throws
    {
      self.key = key
      input = try network.input(from: picture, on: device)
      prediction = try network.prediction(for: input)
      seen = try network.preprocessing.region(of: picture)
    }
  }

  fileprivate struct Key: Hashable {
    let network: NetworkChoice
    let picture: String
    let region: SeenRegion?
    let stamps: [String]
  }

  private let lock = NSLock()
  /// The one that was wanted last is last.
  private var warm: [Warm] = []
  private static let most = 4

  /// The input of a request's picture.
  func input(of probe: Probe, by network: Network, on device: Device) throws -> Warm {
    let key = Key(
      network: probe.network, picture: probe.picture, region: probe.region,
      stamps: ([probe.picture] + probe.network.inputs).map(FileStamp.of))
    let known = lock.withLock { () -> Warm? in
      guard let place = warm.firstIndex(where: { $0.key == key }) else { return nil }
      let one = warm.remove(at: place)
      warm.append(one)
      return one
    }
    if let known { return known }
    let made = try Warm(key, Picture(contentsOf: probe.picture), by: network, on: device)
    lock.withLock {
      warm.append(made)
      if warm.count > Self.most { warm.removeFirst() }
    }
    return made
  }

  /// What hidden pixels of an input become.
  func ground(_ text: String, of one: Warm, by network: Network) throws -> Tensor {
    if let known = lock.withLock({ one.grounds[text] }) { return known }
    let baseline = try Baseline(text, for: "fill", seed: Seed(0)) { _ in
      throw RequestFault.unfit("fill may not name a file")
    }
    let made = try baseline.input(for: network, at: one.input.tensor)
    lock.withLock { if one.grounds.count < 8 { one.grounds[text] = made } }
    return made
  }
}
