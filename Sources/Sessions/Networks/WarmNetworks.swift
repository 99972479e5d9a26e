internal import Files
internal import Foundation
package import Networks
package import Report
internal import Tensors

/// Networks that stay read between the jobs of one process.
///
/// A network is read again where its file or its card has another size or time of change. Sendable because every
/// access holds the lock; while one job reads a network, the others wait.
public final class WarmNetworks: @unchecked Sendable {
  private struct Warm {
    let stamps: [String]
    let network: Network
    let file: Manifest.File
  }

  private let lock = NSLock()
  private var warm: [NetworkChoice: Warm] = [:]

  /// Keeps none yet.
  public init() {}

  /// The network that was chosen, and its file for manifests.
  package func network(_ choice: NetworkChoice) throws -> (Network, Manifest.File) {
    var key = choice
    key.threads = nil
    return try lock.withLock {
      let stamps = key.inputs.map(FileStamp.of)
      if let known = warm[key], known.stamps == stamps { return (known.network, known.file) }
      let network = try key.read()
      let file = try key.file(of: network)
      warm[key] = Warm(stamps: stamps, network: network, file: file)
      return (network, file)
    }
  }
}
