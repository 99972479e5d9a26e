internal import Confusion
internal import Files
internal import HTTPTypes
internal import Hummingbird

extension Routes {
  /// The latent tree, for the page to draw and to cut.
  func addTree(to router: Router<BasicRequestContext>) {
    let known = KnownTree()
    router.get("api/tree") { request, _ in
      guard let tree else {
        throw Refusal(.notFound, "the server was started without a latent tree (--tree)")
      }
      return try await known.body(of: tree).response(to: request)
    }
  }
}

/// A tree as it is sent: read once, and again where its file has been written anew.
private actor KnownTree {
  private var known: (stamp: String, body: Task<StandingBody, any Error>)?

  func body(of path: String) async throws -> StandingBody {
    let stamp = FileStamp.of(path)
    if let known, known.stamp == stamp { return try await known.body.value }
    let reading = Task {
      try await Blocking.run { try StandingBody(json: TreeFacts(TreeFile(contentsOf: path).tree)) }
    }
    known = (stamp, reading)
    return try await reading.value
  }
}
