internal import Faithfulness
internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Report
internal import Sessions

/// Two maps, of which it is asked how alike they are.
struct AgreementAsk: Defaulted {
  /// A map of an answer.
  struct Map: Defaulted {
    var answer = ""
    var key = ""

    init() {}
  }

  var first = Map()
  var second = Map()

  init() {}
}

extension Routes {
  /// How far maps agree, and the pictures of an answer.
  func addComparing(to router: Router<BasicRequestContext>) {
    router.post("api/agreement") { request, _ in
      let asked = try await request.read(AgreementAsk.self)
      let folders = [
        try await answers.folder(ofDone: asked.first.answer),
        try await answers.folder(ofDone: asked.second.answer),
      ]
      return try await Blocking.run { Response.json(try Self.agreement(asked, folders)) }
    }
    router.get("api/answers/:id/files/:file") { _, context in
      let folder = try await answers.folder(ofDone: context.parameters.require("id"))
      let file = try context.parameters.require("file")
      return try await Blocking.run {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard names.contains(file), !file.hasPrefix("."), file.hasSuffix(".png") else {
          throw Refusal(.notFound, "the answer has no such picture")
        }
        return Response.bytes(
          try ByteStream.bytes("\(folder)/\(file)", atMost: 1 << 28), "image/png",
          cache: "private, max-age=3600")
      }
    }
  }

  private static func agreement(
    _ asked: AgreementAsk, _ folders: [String]
  ) throws -> Manifest.Agreement {
    let maps = try zip([asked.first, asked.second], folders).map { map, folder in
      try (NumberArray(map.key, of: folder + "/maps.npz"), neutral(of: map.key, in: folder))
    }
    let (height, width) = (maps[0].0.height, maps[0].0.width)
    guard (maps[1].0.height, maps[1].0.width) == (height, width) else {
      throw Refusal(.badRequest, "the maps are of different sizes, so they cannot be compared")
    }
    let found = try MapSimilarity.ofPairs(
      maps.map { map, neutral in map.floats.map { $0 - neutral } }, height: height, width: width)
    return Manifest.Agreement(asked.first.key, asked.second.key, found.first ?? nil)
  }

  /// The value of a place of a map that does not matter.
  private static func neutral(of key: String, in folder: String) throws -> Float {
    let bytes = try ByteStream.bytes(folder + "/manifest.json", atMost: 1 << 28)
    let manifest = try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    return manifest.maps.first { $0.key == key }?.neutral ?? 0
  }
}
