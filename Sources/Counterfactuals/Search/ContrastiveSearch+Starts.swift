internal import Networks
internal import Tensors
internal import Terms

/// The starting points of a picture's searches, and its problems in the order of foils and starts.
struct SceneStart {
  /// z₀ of each start.
  let codes: [[Float]]
  /// `G(z₀)` of each start, `[1, C, H, W]`.
  let drawn: [Tensor]
  let problems: [ContrastiveProblem]
  /// Where each problem's search begins.
  let firstPoints: [[Double]]
}

extension ContrastiveSearch {
  /// How far from the code of an encoder further searches begin, in standard deviations of codes.
  private static let spread: Float = 0.3

  func starts(
    of scenes: [Scene], _ easel: Easel, _ progress: ProgressHandler
  ) throws -> [SceneStart] {
    let hasEncoder = easel.generator.encoder != nil
    let count = starts(hasEncoder: hasEncoder)
    let codes =
      try hasEncoder
      ? encoded(scenes, easel, count) : searched(scenes, easel, count, progress)
    return try zip(scenes, codes).map { scene, codes in
      let drawn = try easel.canvas.picture(drawn: easel.generator.pictures(for: codes))
      let residuals = try scene.input - drawn
      let rows = 0..<count
      let values = try rows.map { try codes.select(axis: 0, index: $0).floats() }
      var problems: [ContrastiveProblem] = []
      var points: [[Double]] = []
      for foil in scene.foils {
        for row in rows {
          problems.append(
            ContrastiveProblem(
              code: try codes.slice(axis: 0, row..<row + 1),
              residual: try residuals.slice(axis: 0, row..<row + 1), fact: scene.fact, foil: foil))
          points.append(firstPoint(values[row], scene.place, hasEncoder ? row : 0))
        }
      }
      return SceneStart(
        codes: values, drawn: try rows.map { try drawn.slice(axis: 0, $0..<$0 + 1) },
        problems: problems, firstPoints: points)
    }
  }

  /// z₀ itself for the first start, near it for others that share it.
  private func firstPoint(_ code: [Float], _ place: Int, _ start: Int) -> [Double] {
    if start == 0 { return code.map(Double.init) }
    var stream = RandomStream(seed).stream(for: place).stream(for: start)
    return code.map { Double($0 + Self.spread * stream.normal()) }
  }

  private func encoded(_ scenes: [Scene], _ easel: Easel, _ count: Int) throws -> [Tensor] {
    try scenes.map { scene in
      guard let code = try easel.generator.codes(of: scene.encoderInput) else {
        throw CounterfactualError.codeDoesNotMatter
      }
      return try Tensor.concatenated((0..<count).map { _ in code })
    }
  }

  private func searched(
    _ scenes: [Scene], _ easel: Easel, _ count: Int, _ progress: ProgressHandler
  ) throws -> [Tensor] {
    let length = easel.generator.card.latentLength
    let draws = scenes.map { scene in
      (0..<count).flatMap { start -> [Float] in
        var stream = RandomStream(seed).stream(for: scene.place).stream(for: start)
        return (0..<length).map { _ in stream.normal() }
      }
    }
    // Pictures whose starts fit a batch together.
    let share = max(1, easel.batch / count)
    var found: [Tensor] = []
    for first in stride(from: 0, to: scenes.count, by: share) {
      let chosen = first..<min(first + share, scenes.count)
      let facts = chosen.flatMap { place in (0..<count).map { _ in scenes[place].fact } }
      let masks = try ClassMasks(
        facts: facts, foils: facts, classCount: easel.network.classCount, device: easel.device)
      let start = try Tensor(
        chosen.flatMap { draws[$0] }, shape: [chosen.count * count, length]
      ).on(easel.device)
      let pictures = try Tensor.concatenated(
        chosen.flatMap { place in (0..<count).map { _ in scenes[place].input } })
      let codes = try codeSearch.codes(
        from: start, for: pictures, answering: masks, easel.network, easel.generator,
        easel.canvas, progress: progress)
      for place in 0..<chosen.count {
        found.append(try codes.slice(axis: 0, place * count..<(place + 1) * count))
      }
    }
    return found
  }
}
