internal import Networks
internal import Tensors
internal import Terms

/// The starting points of a picture's searches, and its problems in the order of foils and starts.
struct SearchStart {
  /// z₀ of each start.
  let codes: [[Float]]
  /// `G(z₀)` of each start, `[1, C, H, W]`.
  let drawn: [Tensor]
  let problems: [ContrastiveProblem]
  /// Δ of each start, `[starts, C, H, W]`.
  let residuals: Tensor
  /// Where each problem's search begins.
  let firstPoints: [[Double]]
}

extension ContrastiveSearch {
  /// How far from z₀ further searches begin where the generator draws too few of the foil, in standard
  /// deviations of codes.
  private static let spread: Float = 0.3

  func starts(
    of questions: [PreparedQuestion], _ context: SearchContext, _ progress: ProgressHandler
  ) throws -> [SearchStart] {
    let count = max(startCount, 1)
    let encoded = try encoded(questions, context, count)
    let codes = try encoded ?? searched(questions, context, count, progress)
    let foilCodes =
      encoded != nil && count > 1
      ? try FoilCodes(context, from: RandomStream(seed).stream(for: Self.foilStream)) : nil
    return try zip(questions, codes).enumerated().map { place, pair in
      let (question, codes) = pair
      let drawn = try context.space.picture(drawn: context.generator.pictures(for: codes))
      let residuals = try question.input - drawn
      let rows = 0..<count
      let values = try rows.map { try codes.select(axis: 0, index: $0).floats() }
      var problems: [ContrastiveProblem] = []
      var points: [[Double]] = []
      for foil in question.foils {
        let far = foilCodes?.nearest(to: values[0], among: foil, limit: count - 1) ?? []
        for row in rows {
          problems.append(
            ContrastiveProblem(
              code: values[row], residual: place * count + row, fact: question.fact, foil: foil))
          // Without an encoder each start has a code of its own to begin at.
          let start = encoded == nil ? 0 : row
          points.append(
            start > 0 && start <= far.count
              ? far[start - 1].map(Double.init) : firstPoint(values[row], question.stream, start))
        }
      }
      return SearchStart(
        codes: values, drawn: try rows.map { try drawn.slice(axis: 0, $0..<$0 + 1) },
        problems: problems, residuals: residuals, firstPoints: points)
    }
  }

  /// The stream of draws for all pictures; those of pictures are numbered from 0.
  private static let foilStream = -1

  /// z₀ itself for the first start, near it for others that share it.
  private func firstPoint(_ code: [Float], _ stream: Int, _ start: Int) -> [Double] {
    if start == 0 { return code.map(Double.init) }
    var stream = RandomStream(seed).stream(for: stream).stream(for: start)
    return code.map { Double($0 + Self.spread * stream.normal()) }
  }

  /// The encoder's code of each picture, once a start; `nil` without an encoder.
  private func encoded(_ questions: [PreparedQuestion], _ context: SearchContext, _ count: Int)
    throws -> [Tensor]?
  {
    let codes = try questions.compactMap { try context.generator.codes(of: $0.encoderInput) }
    guard codes.count == questions.count else { return nil }
    return try codes.map { code in try Tensor.concatenated((0..<count).map { _ in code }) }
  }

  private func searched(
    _ questions: [PreparedQuestion], _ context: SearchContext, _ count: Int,
    _ progress: ProgressHandler
  ) throws -> [Tensor] {
    let length = context.generator.card.latentLength
    let draws = questions.map { question in
      (0..<count).flatMap { start -> [Float] in
        var stream = RandomStream(seed).stream(for: question.stream).stream(for: start)
        return (0..<length).map { _ in stream.normal() }
      }
    }
    // Pictures whose starts fit a batch together.
    let share = max(1, context.batch / count)
    var found: [Tensor] = []
    for first in stride(from: 0, to: questions.count, by: share) {
      let chosen = first..<min(first + share, questions.count)
      let facts = chosen.flatMap { place in (0..<count).map { _ in questions[place].fact } }
      let masks = try ClassMasks(
        facts: facts, foils: facts, classCount: context.network.classCount, device: context.device)
      let start = try Tensor(
        chosen.flatMap { draws[$0] }, shape: [chosen.count * count, length]
      ).on(context.device)
      let pictures = try Tensor.concatenated(
        chosen.flatMap { place in (0..<count).map { _ in questions[place].input } })
      let codes = try codeSearch.codes(
        from: start, for: pictures, answering: masks, context.network, context.generator,
        context.space
      ) { update in
        let all = Double(questions.count)
        try progress(
          update.within(Double(chosen.lowerBound) / all...Double(chosen.upperBound) / all))
      }
      for place in 0..<chosen.count {
        found.append(try codes.slice(axis: 0, place * count..<(place + 1) * count))
      }
    }
    return found
  }
}
