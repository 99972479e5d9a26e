internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Report

extension Routes {
  /// The maps so far of answers that are worked on. Who asks for some by their number is given the newest.
  func addPartials(to router: Router<BasicRequestContext>) {
    router.get("api/answers/:id/partial/:number") { _, context in
      let partial = try await answers.partial(of: context.parameters.require("id"))
      return Response.json(partial.maps.manifest)
    }
    router.get("api/answers/:id/partial/:number/maps") { _, context in
      let partial = try await answers.partial(of: context.parameters.require("id"))
      return try Response.maps(partial.maps.manifest.maps.map { try partial.array($0.key) })
    }
    router.get("api/answers/:id/partial/:number/maps/**") { _, context in
      let partial = try await answers.partial(of: context.parameters.require("id"))
      return try Response.map(partial.array(Self.mapKey(context)))
    }
  }

  /// The key of a map at the end of a path.
  static func mapKey(_ context: BasicRequestContext) -> String {
    context.parameters.getCatchAll().joined(separator: "/").removingPercentEncoding ?? ""
  }
}

extension Response {
  /// A map as numbers, with its size in the headers.
  static func map(_ map: NumberArray) -> Response {
    var response = Response.bytes(map.bytes, "application/octet-stream")
    response.headers[.mapHeight] = "\(map.height)"
    response.headers[.mapWidth] = "\(map.width)"
    return response
  }

  /// Maps as numbers one behind another, with their sizes in a header.
  static func maps(_ maps: [NumberArray]) -> Response {
    var response = Response.bytes(maps.flatMap(\.bytes), "application/octet-stream")
    response.headers[.mapSizes] = maps.map { "\($0.height)x\($0.width)" }.joined(separator: " ")
    return response
  }
}
