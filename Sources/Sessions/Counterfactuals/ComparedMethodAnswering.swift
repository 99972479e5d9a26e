internal import Counterfactuals
internal import Imagery
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// Answers of the methods beside.
struct ComparedMethodAnswering {
  let search: ContrastiveSearch
  let network: Network
  let generator: Generator
  let device: Device

  /// What one method answers.
  struct Found {
    /// `[H, W]`, of xGEMs `[C, H, W]`; `nil` where it failed.
    let map: Tensor?
    /// Why there is none, or what is to be said of the map.
    let remark: String?
  }

  /// What a method answers to questions that have been answered about a picture, in their order.
  ///
  /// A method that this network has no rules for fails, and so says why.
  func found(
    by method: ComparedMethod, to answers: [ContrastiveAnswer], about picture: Picture,
    stream: Int = 0,
    progress: ProgressHandler = { _ in }
  ) throws -> [Found] {
    do {
      return try attempted(method, answers, picture, stream, progress)
    } catch  where MethodFailure.isOfMethod(error) {
      return answers.map { _ in Found(map: nil, remark: "\(error)") }
    }
  }

  private func attempted(
    _ method: ComparedMethod, _ answers: [ContrastiveAnswer], _ picture: Picture, _ stream: Int,
    _ progress: ProgressHandler
  ) throws -> [Found] {
    switch method {
    case .xgems:
      var search = search
      search.method = .xgems
      search.frameCount = 0
      guard let fact = answers.first?.fact else { return [] }
      let asked = ContrastiveQuestion(
        picture, why: fact, ratherThan: .sets(answers.map(\.foil)), stream: stream)
      return try search.answers(
        to: [asked], of: network, drawnBy: generator, on: device, progress: progress
      )[0].map(found)
    case .baseline(let baseline):
      let input = try network.input(from: picture, on: device).tensor
      return try answers.map { answer in
        let found = try baseline.answer(
          why: answer.fact, ratherThan: answer.foil, by: network, at: input, seed: search.seed,
          within: search.resources, progress: progress)
        guard case .noneKept(let count) = found.outcome else {
          return Found(map: found.map, remark: nil)
        }
        return Found(
          map: nil, remark: "none of \(count) weights makes the fact less likely and the foil more")
      }
    }
  }

  private func found(_ answer: ContrastiveAnswer) throws -> Found {
    guard let example = answer.example else {
      return Found(map: nil, remark: "no picture is as much one as the other")
    }
    let found = answer.attempts[example.attempt].likelihoods
    let remark = found.excess > 0 ? found.other : nil
    return Found(
      map: example.difference,
      remark: remark.map { "a third class, \(network.labels[$0.index]), is likelier here" })
  }
}
