internal import HTTPTypes
internal import Hummingbird
internal import Sessions

extension Routes {
  /// The pictures that can be asked about, and what networks answer about those of the folder.
  func addInputs(to router: Router<BasicRequestContext>) {
    router.get("api/inputs") { request, _ in
      let query = try InputQuery(request.uri.queryParameters)
      var known: InputQuery.Known?
      if let network = query.network {
        known = InputQuery.Known(
          documents: await documents.documents(of: try checked(network)),
          labels: networks[network].facts.labels)
      }
      return Response.json(try await inputs.list(query, by: known))
    }
    router.post("api/inputs") { request, _ in
      let name = request.uri.queryParameters["name"].map(String.init) ?? "picture"
      let bytes = try await request.bytes(atMost: Inputs.limit)
      return Response.json(try await inputs.add(bytes, named: name), .created)
    }
    router.get("api/inputs/:id") { _, context in
      Response.json(try await inputs.item(context.parameters.require("id")))
    }
    router.get("api/inputs/:id/picture") { request, context in
      let path = try await inputs.path(of: context.parameters.require("id"))
      let side = request.uri.queryParameters["side"].flatMap { Int($0) }
      if let side, !(16...4096).contains(side) {
        throw Refusal(.badRequest, "side must be from 16 to 4096")
      }
      let (bytes, type) = try await thumbnails.picture(path, side: side)
      return Response.bytes(bytes, type, cache: "private, max-age=3600")
    }
    router.get("api/documents") { request, _ in
      let query = try InputQuery(request.uri.queryParameters)
      let network = try checked(query.network ?? 0)
      return Response.json(await documents.report(of: network, from: query.from))
    }
  }

  /// A network's place among the server's.
  func checked(_ network: Int) throws(Refusal) -> Int {
    guard networks.indices.contains(network) else {
      throw Refusal(.notFound, "there is no network \(network)")
    }
    return network
  }
}
