internal import Contrast
internal import Foundation
internal import HTTPTypes
internal import Networks
internal import Saliency
internal import Sessions
internal import Terms

/// A question as a page asks it: what `rather explain` asks, about an input and a network that the server knows.
struct Ask: Defaulted {
  /// How the whole answer is explained.
  struct Whole: Defaulted {
    /// Whether the server's tree puts classes in clusters.
    var tree = true
    /// The level at which to cut it.
    var level: Int?
    /// Clusters by hand: classes with commas between, clusters with semicolons.
    var clusters: String?
    var scheme: Scheme?
    var limit = SchemeChoice().limit
    var mass = SchemeChoice().mass

    init() {}
  }

  var kind = Explain.name
  /// The network's place among the server's.
  var network = 0
  /// The input's name in this interface.
  var input = ""
  var question = QuestionChoice()
  var whole: Whole?
  var method = MethodChoice()
  var check = false
  var seed: UInt64 = 0

  init() {}

  /// The request that it is.
  ///
  /// - Throws: ``Refusal`` where it names a file, or something that is not there.
  func request(of networks: [NetworkChoice], tree: String?, picture: String) throws -> Explain {
    guard kind == Explain.name else {
      throw Refusal(.badRequest, "this server answers questions of the kind explain")
    }
    guard networks.indices.contains(network) else {
      throw Refusal(.notFound, "there is no network \(network)")
    }
    var request = Explain(picture, of: networks[network], asking: question)
    request.method = method
    request.seed = seed
    if check { request.check = CheckChoice() }
    if let whole {
      if whole.tree, whole.clusters == nil {
        guard let tree else {
          throw Refusal(.badRequest, "the server was started without a latent tree (--tree)")
        }
        (request.whole.tree, request.whole.level) = (tree, whole.level)
      }
      request.whole.clusters = whole.clusters
      (request.whole.scheme, request.whole.limit) = (whole.scheme, whole.limit)
      request.whole.mass = whole.mass
    }
    try request.validate()
    return request
  }

  /// Fails where a setting names a file, which a baseline may be for a command and not for a page.
  func checkSettings(of network: Network) throws {
    let entry = try ExplainerMenu.entry(named: method.explainer)
    let context = ExplainerEntry.Context(network: network, seed: Seed(seed)) { _ in
      throw Refusal(.badRequest, "a setting may not name a file here")
    }
    _ = try entry.explainer(entry.values(method.settings), context)
  }
}
