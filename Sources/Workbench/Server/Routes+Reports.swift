internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Sessions

extension Routes {
  /// Reports as the command writes them, each shown in a sandbox of its own.
  func addReports(to router: Router<BasicRequestContext>) {
    router.post("api/answers/:id/report") { _, context in
      let id = try context.parameters.require("id")
      var request = try await answers.entry(id).request
      let folder = "\(reports)/\(id)"
      request.place = PlaceChoice(folder, force: true)
      // The command of the page's line, for the report to name.
      var session = session
      session.command = commandText(request)
      try await request.begun(in: session).wait { _ in }
      return Response.json(Saved(url: "/reports/\(id)/index.html", folder: folder), .created)
    }
    router.get("reports/:id/:file") { _, context in
      let (id, file) = try (context.parameters.require("id"), context.parameters.require("file"))
      return try await Blocking.run { try report(id, file) }
    }
  }

  struct Saved: Encodable {
    let url: String
    let folder: String
  }

  /// A file of a report; its name is looked for, and is never a path.
  private func report(_ id: String, _ file: String) throws -> Response {
    let missing = Refusal(.notFound, "there is no such report; save it again")
    guard !id.isEmpty, id.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { throw missing }
    let folder = "\(reports)/\(id)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.contains(file), !file.hasPrefix(".") else { throw missing }
    let bytes = try ByteStream.bytes("\(folder)/\(file)", atMost: 1 << 28)
    let type = Self.types[String(file.split(separator: ".").last ?? "")]
    var response = Response.bytes(bytes, type ?? "application/octet-stream")
    response.headers[.contentSecurityPolicy] = Self.policy(ofPage: bytes)
    return response
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
