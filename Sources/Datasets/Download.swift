internal import Foundation
internal import Terms

#if canImport(FoundationNetworking)
  internal import FoundationNetworking
#endif

/// A download into memory that ends where a server sends more than it may.
///
/// Sendable because what it found is written on the session's own queue and read once that has said that it
/// is done.
final class Download: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  /// Why nothing was downloaded.
  struct Failure: Fault {
    let reason: String

    var kind: FaultKind { .data }

    var description: String { reason }
  }

  private let limit: Int
  private let done = DispatchSemaphore(value: 0)
  private var data = Data()
  private var failure: Failure?

  /// - Parameter limit: The most bytes.
  init(atMost limit: Int) { self.limit = limit }

  /// What lies at an address.
  func data(from url: URL) throws(Failure) -> Data {
    let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    session.dataTask(with: url).resume()
    done.wait()
    session.invalidateAndCancel()
    if let failure { throw failure }
    return data
  }

  func urlSession(_: URLSession, dataTask task: URLSessionDataTask, didReceive piece: Data) {
    if failure != nil { return }
    data += piece
    if data.count > limit {
      failure = Failure(reason: "it sends more than the \(limit >> 20) MiB that it may")
      data = Data()
      task.cancel()
    }
  }

  func urlSession(
    _: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let status = (task.response as? HTTPURLResponse)?.statusCode ?? 200
    if failure == nil, let error { failure = Failure(reason: error.localizedDescription) }
    if failure == nil, status >= 300 { failure = Failure(reason: "the server said \(status)") }
    done.signal()
  }
}
