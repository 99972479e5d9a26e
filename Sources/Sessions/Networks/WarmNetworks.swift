internal import Files
internal import Foundation
internal import Networks
internal import Report
internal import Tensors

/// Networks that stay read between the jobs of one process.
///
/// A network is read again where its file or its card has another size or time of change. Sendable because every
/// access holds the lock; one job reads while others that want the same wait for it.
public final class WarmNetworks: @unchecked Sendable {
  private struct Warm {
    let stamps: [Stamp?]
    let network: Network
    let file: Manifest.File
  }

  /// What of a file changes where its contents do.
  private struct Stamp: Equatable {
    let byteCount: Int64
    let seconds: Int
    let nanoseconds: Int

    init?(_ path: String) {
      var facts = stat()
      guard stat(path, &facts) == 0 else { return nil }
      byteCount = Int64(facts.st_size)
      #if os(Linux)
        (seconds, nanoseconds) = (facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)
      #else
        (seconds, nanoseconds) = (facts.st_mtimespec.tv_sec, facts.st_mtimespec.tv_nsec)
      #endif
    }
  }

  private let lock = NSLock()
  private var warm: [NetworkChoice: Warm] = [:]

  /// Keeps none yet.
  public init() {}

  /// The network that was chosen, and its file for manifests.
  func network(_ choice: NetworkChoice) throws -> (Network, Manifest.File) {
    var key = choice
    key.threads = nil
    return try lock.withLock {
      let stamps = key.inputs.map(Stamp.init)
      if let known = warm[key], known.stamps == stamps { return (known.network, known.file) }
      let network = try key.read()
      let file = try key.file(of: network)
      warm[key] = Warm(stamps: stamps, network: network, file: file)
      return (network, file)
    }
  }
}
