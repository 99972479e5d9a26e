internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Files of reports, of which those that were read last stay in memory: what many read is read and packed once.
///
/// Sendable because every access to what is kept holds the lock.
final class ReportFiles: @unchecked Sendable {
  /// A file as it was when it had that stamp.
  struct File: Sendable {
    fileprivate let stamp: String
    fileprivate let policy: String
    fileprivate let body: StandingBody
    fileprivate var use = 0

    func response(to request: Request) -> Response {
      var response = body.response(to: request)
      response.headers[.contentSecurityPolicy] = policy
      return response
    }
  }

  private let lock = NSLock()
  private let mostBytes: Int
  private var kept: [String: File] = [:]
  private var bytes = 0
  private var clock = 0

  /// - Parameter mostBytes: The most bytes of files that are kept, counted as they are before they are packed.
  init(mostBytes: Int = 32 << 20) { self.mostBytes = mostBytes }

  /// Reads a file, unless it is kept and was not written since.
  func file(_ path: String) throws -> File {
    let stamp = FileStamp.of(path)
    let known = lock.withLock {
      clock += 1
      kept[path]?.use = clock
      return kept[path]
    }
    if let known, known.stamp == stamp { return known }
    let bytes = try ByteStream.bytes(path, atMost: 1 << 28)
    let ending = String(path.split(separator: ".").last ?? "")
    let isText = ["html", "json", "svg"].contains(ending)
    let file = File(
      stamp: stamp, policy: Self.policy(ofPage: ending == "html" ? bytes : []),
      body: StandingBody(
        bytes, Self.types[ending] ?? "application/octet-stream", canShrink: isText))
    keep(file, path)
    return file
  }

  private func keep(_ file: File, _ path: String) {
    let size = file.body.bytes.count
    if size > mostBytes / 4 { return }
    lock.withLock {
      clock += 1
      bytes += size - (kept[path]?.body.bytes.count ?? 0)
      kept[path] = file
      kept[path]?.use = clock
      while bytes > mostBytes, let oldest = kept.min(by: { $0.value.use < $1.value.use }) {
        bytes -= oldest.value.body.bytes.count
        kept[oldest.key] = nil
      }
    }
  }

  private static let types = [
    "html": "text/html; charset=utf-8", "json": "application/json", "png": "image/png",
    "gif": "image/gif", "npz": "application/octet-stream", "svg": "image/svg+xml",
  ]

  /// A report may run the scripts that are written in it and use its styles, in an origin that is nobody's.
  static func policy(ofPage bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let scripts = text.components(separatedBy: "<script>").dropFirst().compactMap { part in
      part.components(separatedBy: "</script>").first
    }
    let hashes = scripts.map { script in
      "'sha256-\(Data(SHA256.bytes(of: Array(script.utf8))).base64EncodedString())'"
    }
    return "sandbox allow-scripts; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
      + "script-src \(hashes.isEmpty ? "'none'" : hashes.joined(separator: " ")); "
      + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
  }
}
