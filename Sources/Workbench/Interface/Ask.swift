internal import Contrast
internal import Foundation
internal import HTTPTypes
internal import Networks
internal import Sessions

/// A question as a page asks it: what `rather explain`, `compare` or `counterfactual` asks, about an input and a network that
/// the server knows.
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
    /// Classes that are left out: labels or indices with commas between.
    var without: String?
    /// Where classes are explained, such as `percentile:50` or `range:0.2`.
    var support: Support?
    /// The explainer of clusters and that of classes, where they are others.
    var clusterStage = SchemeChoice.Stage()
    var classStage = SchemeChoice.Stage()

    init() {}
  }

  /// The request's name.
  var kind = Explain.name
  /// The network's place among the server's.
  var network = 0
  /// The input's name in this interface.
  var input = ""
  /// What the network is shown of it; what its card says where nothing is said.
  var region: SeenRegion?
  var question = QuestionChoice()
  var whole: Whole?
  var method = MethodChoice()
  /// For `compare`: the explainers.
  var methods = MethodsChoice()
  /// For `counterfactual`: how an example is searched for.
  var search = SearchChoice()
  var check = false
  var seed: UInt64 = 0
  /// Whether nobody waits for the answer yet; it comes after all that somebody waits for.
  var background = false

  init() {}

  /// The request of an explanation that it is.
  ///
  /// - Throws: ``Refusal`` where it names a file, or something that is not there.
  func request(of networks: [NetworkChoice], tree: String?, picture: String) throws -> Explain {
    var request = Explain(picture, of: try chosen(of: networks), asking: question)
    request.method = method
    (request.region, request.seed) = (region, seed)
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
      (request.whole.mass, request.whole.without) = (whole.mass, whole.without)
      request.whole.support = whole.support
      (request.whole.clusterStage, request.whole.classStage) = (
        whole.clusterStage, whole.classStage
      )
    }
    try request.validate()
    return request
  }

  /// The network that is asked.
  func chosen(of networks: [NetworkChoice]) throws -> NetworkChoice {
    guard networks.indices.contains(network) else {
      throw Refusal(.notFound, "there is no network \(network)")
    }
    return networks[network]
  }
}
