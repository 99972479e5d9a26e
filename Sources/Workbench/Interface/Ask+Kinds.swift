internal import Contrast
internal import HTTPTypes
internal import Networks
internal import Saliency
internal import Sessions
internal import Terms

extension Ask {
  /// The request that it is, of whichever kind.
  ///
  /// - Throws: ``Refusal`` where it names a file, or something that is not there.
  func kept(
    of networks: [NetworkChoice], tree: String?, generator: String?, picture: String
  ) throws -> any KeptRequest {
    switch kind {
    case Explain.name: try request(of: networks, tree: tree, picture: picture)
    case Compare.name: try comparison(of: networks, picture: picture)
    case Counterfactual.name: try example(of: networks, by: generator, picture: picture)
    default:
      throw Refusal(
        .badRequest,
        "this server answers questions of the kind explain, compare or counterfactual")
    }
  }

  private func comparison(of networks: [NetworkChoice], picture: String) throws -> Compare {
    var request = Compare()
    request.pictures = [picture]
    request.network = try chosen(of: networks)
    (request.question, request.methods, request.seed) = (question, methods, seed)
    request.region = region
    if check { request.check = CheckChoice() }
    try request.validate()
    return request
  }

  private func example(
    of networks: [NetworkChoice], by generator: String?, picture: String
  ) throws -> Counterfactual {
    guard let generator else {
      throw Refusal(.badRequest, "the server was started without a generator (--generator)")
    }
    var request = Counterfactual()
    (request.picture, request.generator) = (picture, generator)
    request.network = try chosen(of: networks)
    (request.why, request.ratherThan) = (question.why, question.ratherThan)
    (request.search, request.seed) = (search, seed)
    try request.validate()
    return request
  }

  /// The explainers of an explanation, with the settings that are theirs.
  private var explainers: [(String, String)] {
    var found = [(method.explainer, method.settings)]
    for stage in [whole?.clusterStage, whole?.classStage].compactMap(\.self) {
      guard let settings = stage.settings else { continue }
      found.append((stage.explainer ?? method.explainer, settings))
    }
    return found
  }

  /// Fails where it asks for more than is allowed.
  func check(_ limits: Limits) throws {
    switch kind {
    case Explain.name:
      for (explainer, settings) in explainers {
        try limits.check(ExplainerMenu.entry(named: explainer).values(settings))
      }
    case Compare.name:
      let list = try MethodList(methods.explainers, settings: methods.settings)
      for entry in list.entries {
        // A method whose settings are wrong is left out of the comparison.
        if let values = try? entry.values(list.settings(of: entry)) { try limits.check(values) }
      }
    default: break
    }
  }

  /// Fails where a setting names a file, which a baseline may be for a command and not for a page.
  func checkSettings(of network: Network) throws {
    let context = ExplainerEntry.Context(network: network, seed: Seed(seed)) { _ in
      throw Refusal(.badRequest, "a setting may not name a file here")
    }
    switch kind {
    case Explain.name:
      for (explainer, settings) in explainers {
        let entry = try ExplainerMenu.entry(named: explainer)
        _ = try entry.explainer(entry.values(settings), context)
      }
    case Compare.name:
      let list = try MethodList(methods.explainers, settings: methods.settings)
      for entry in list.entries {
        do {
          _ = try entry.explainer(entry.values(list.settings(of: entry)), context)
        } catch  where MethodFailure.isOfMethod(error) {
          // It is left out of the comparison, which says why.
        }
      }
    default: break
    }
  }
}
