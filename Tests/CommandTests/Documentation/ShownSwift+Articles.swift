import Foundation
import Rather
import TestSupport

/// `ANewExplainer`, “From gradients”.
struct SquaredGradient: LocalGradientExplainer {
  func attributions(of gradients: Tensor, at inputs: Tensor) throws -> Tensor {
    try gradients.squared()
  }
}

/// `ANewExplainer`, “From scratch”.
struct LeaveOneOut: Explainer {
  func maps(for request: MapRequest) throws -> Explanation {
    let (network, input) = (request.network, request.input)
    let features = input.features
    let output = try network.program.output(for: input.tensor)
    let prediction = try network.prediction(from: output)
    let scores = try request.scores(prediction)
    let own = try network.values(of: scores, from: output)
    let ground = try Baseline.mean.input(for: network, at: input.tensor)
    var drops: [Tensor] = []
    for feature in 0..<features.count {
      let kept = (0..<features.count).map { $0 == feature ? Float(0) : 1 }
      let without = try features.inputs(
        keeping: Tensor(kept, shape: [1] + features.shape).on(input.device), of: input.tensor,
        over: ground)
      drops.append(try own - network.values(of: scores, from: network.program.output(for: without)))
      try request.progress(ProgressUpdate(completed: feature + 1, total: features.count))
    }
    let all = try Tensor.concatenated(drops, axis: 1)
    let maps = try scores.indices.map { i in
      let map = try all.select(axis: 0, index: i).reshaped(features.shape)
      return SaliencyMap(values: map, atLayer: map, rectification: .none, over: features)
    }
    return Explanation(prediction: prediction, scores: try own.floats(), maps: maps)
  }
}

/// `ANewInput`, “A text”.
struct Words: Tokenizer {
  let vocabulary: [String]
  let blank = 0

  func tokens(of text: String) throws(InputError) -> [Token] {
    let words = text.split(separator: " ").map(String.init)
    if words.isEmpty { throw .nothing("word") }
    return words.map { Token(number: vocabulary.firstIndex(of: $0) ?? blank, text: $0) }
  }
}

extension ShownSwift {
  /// `TheWayOfAQuestion`: the map by hand, and answers to several questions.
  static func byHand(_ network: Network, _ photo: Photo) throws -> (SaliencyMap, [Answer]) {
    let input = try network.input(from: photo.picture)
    let question = try network.question(why: "cello", ratherThan: "violin")
    let inquiry = try Inquiry(question, contrast: .inside, classCount: network.classCount)
    let layer = try network.pivot(named: nil).layer
    let explanation = try GradCAM().maps(of: inquiry.scores, in: network, at: input, layer: layer)
    print(explanation.scores[0], explanation.maps[0].values.shape)

    let answers = try GradCAM().at(layer).answers(about: network, at: input) { prediction in
      let likely = prediction.likeliest(limit: 3).map { ClassSet($0.index) }
      return try likely.dropFirst().map {
        try Inquiry(.whyRatherThan(likely[0], $0), classCount: network.classCount)
      }
    }
    return (explanation.maps[0], answers.all)
  }

  /// `ANewExplainer`, “From gradients”.
  static func squares(_ network: Network, _ photo: Photo, _ folder: URL) throws -> SaliencyMap {
    let squares = try network.explain(
      photo, why: "cello", ratherThan: "violin",
      by: .own(SquaredGradient(), titled: "Squared gradient"))
    try squares.save(to: folder)
    return squares.map
  }

  /// `ANewInput`, “A row of a table”.
  static func row(_ table: Network) throws -> SaliencyMap {
    let row = try table.input(from: [55, 2, 1])
    let found = try Occlusion().maps(of: [.logit(ClassSet(0))], in: table, at: row)
    print(row.features.names, try found.maps[0].values.floats())
    return found.maps[0]
  }

  /// `ANewInput`, “A text”.
  static func text(_ program: Program) throws -> SaliencyMap {
    let words = Words(vocabulary: ["…", "good", "bad", "very", "not", "so"])
    let card = Card(
      task: .classification, output: .logits, labels: .list(["calm", "loud"]), form: .tokens(words))
    let reader = try Network(program: program, card: card, cardPath: "a card made here")
    let text = try reader.input(from: "good very not bad")
    let map = try IntegratedGradients(baseline: .mean).maps(
      of: [.logOdds(ClassSet(1), against: ClassSet(0))], in: reader, at: text
    ).maps[0]
    print(map.features.names, try map.values.floats())
    return map
  }
}
