internal import Evaluation
internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Report
internal import Sessions

extension Routes {
  /// Evaluation runs as tables and curves.
  func addRuns(to router: Router<BasicRequestContext>) {
    router.get("api/runs") { _, _ in
      Response.json(try await runs.read(in: session).tables)
    }
    router.get("api/runs/:run/curves") { _, context in
      let source = try await runs.run(try place("run", of: context), in: session)
      return try await Blocking.run { Response.json(try RunCurves(source)) }
    }
    router.get("api/runs/:run/pictures/:picture") { _, context in
      let source = try await runs.run(try place("run", of: context), in: session)
      let picture = try place("picture", of: context)
      var curves = try await Blocking.run { try PictureCurves(source, at: picture) }
      curves.input = try await input(of: source, at: picture)
      return Response.json(curves)
    }
    router.post("api/runs/report") { _, _ in
      let id = SHA256.hex(of: Array(runs.folders.joined(separator: "\n").utf8)).prefix(32)
      let folder = "\(reports)/\(id)"
      let request = runs.request(writing: folder, pictures: inputs.folder.ownRoot)
      var session = session
      session.command = try await runs.read(in: session).tables.command
      _ = try await session.run(request).answer
      return Response.json(Saved(url: "/reports/\(id)/index.html", folder: folder), .created)
    }
  }

  private func place(_ name: String, of context: BasicRequestContext) throws -> Int {
    guard let place = Int(try context.parameters.require(name)) else {
      throw Refusal(.notFound, "runs and their pictures are called by numbers")
    }
    return place
  }

  /// The input that is the same picture as one of a run: of the same name, and the same to the byte.
  private func input(of source: EvaluationReport.Source, at place: Int) async throws -> String? {
    let picture = source.run.pictures[place]
    let name = URL(filePath: picture.name).lastPathComponent
    var query = InputQuery()
    query.find = name
    let alike = try await inputs.list(query, by: nil).inputs.filter {
      $0.problem == nil && URL(filePath: $0.name).lastPathComponent == name
    }
    for item in alike {
      let path = try await inputs.path(of: item.id)
      let hash = try await Blocking.run { try SHA256.hex(ofFile: path) }
      if hash == picture.sha256 { return item.id }
    }
    return nil
  }
}
