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
    router.get("reports/:id/:file") { request, context in
      let (id, file) = try (context.parameters.require("id"), context.parameters.require("file"))
      return try await Blocking.run { try report(id, file, request) }
    }
  }

  struct Saved: Encodable {
    let url: String
    let folder: String
  }

  /// A file of a report; its name is looked for, and is never a path.
  private func report(_ id: String, _ file: String, _ request: Hummingbird.Request) throws
    -> Response
  {
    let missing = Refusal(.notFound, "there is no such report; save it again")
    guard !id.isEmpty, id.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { throw missing }
    let folder = "\(reports)/\(id)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.contains(file), !file.hasPrefix(".") else { throw missing }
    return try reportFiles.file("\(folder)/\(file)").response(to: request)
  }
}
