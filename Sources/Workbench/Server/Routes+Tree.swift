internal import Confusion
internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

extension Routes {
  /// The latent tree, for the page to draw and to cut.
  func addTree(to router: Router<BasicRequestContext>) {
    let known = KnownTree()
    router.get("api/tree") { _, _ in
      guard let tree else {
        throw Refusal(.notFound, "the server was started without a latent tree (--tree)")
      }
      return Response.bytes(try await known.bytes(of: tree), "application/json", cache: "no-cache")
    }
  }
}

/// A tree as it is sent: read once, and again where its file has been written anew.
private actor KnownTree {
  private var known: (stamp: String, bytes: Task<[UInt8], any Error>)?

  func bytes(of path: String) async throws -> [UInt8] {
    let stamp = FileStamp.of(path)
    if let known, known.stamp == stamp { return try await known.bytes.value }
    let reading = Task {
      try await Blocking.run {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(TreeFacts(TreeFile(contentsOf: path).tree)))
      }
    }
    known = (stamp, reading)
    return try await reading.value
  }
}
