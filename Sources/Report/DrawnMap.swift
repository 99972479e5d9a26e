internal import Contrast
internal import Faithfulness
internal import Imagery
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// An answer's map as numbers and as pictures.
struct DrawnMap: Sendable {
  let answer: Answer
  let key: String
  let question: String
  let method: Method
  /// The stage of a scheme, and the place of its cluster.
  let stage: Stage?
  let cluster: Int?
  let values: Tensor
  let range: ClosedRange<Float>
  /// The value of a place that does not matter.
  let neutral: Float
  /// The range of values that the colours stand for, less the map's neutral value.
  let scale: ClosedRange<Float>
  /// The map over the picture; `nil` where only numbers are written.
  let overlay: Overlay?
  /// The map by a scale of its own, where the one that it shares hardly shows it and pages are drawn.
  var ownScale: OwnScale?
  /// What its check found.
  var check: CheckResult?

  /// The map over the picture, encoded.
  struct Overlay {
    /// At the picture's own resolution.
    let png: [UInt8]
    /// No larger than a page shows it.
    let pagePNG: [UInt8]
  }

  /// A stage of a scheme of two.
  enum Stage: String {
    case cluster
    case `class`
  }

  /// Whether the map was kept to a support that holds no place.
  var hasEmptySupport: Bool {
    guard let support = answer.map.support, let range = try? support.extremes() else {
      return false
    }
    return range.upperBound == 0
  }

  var fileName: String { key.replacing("/", with: "-") + ".png" }

  /// What the method reports, by name; what is not a number has none.
  var measurements: [String: Float] {
    Dictionary(
      answer.map.measurements.filter(\.value.isFinite).map { ($0.key.rawValue, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Adds what the map was made of.
  func addSources(to archive: inout MapArchive) throws {
    if case .layer = method.place { try archive.add(key + "/layer", answer.map.atLayer) }
    if let attribution = answer.map.attribution { try archive.add(key + "/input", attribution) }
    if let support = answer.map.support { try archive.add(key + "/support", support) }
  }
}

/// Draws the maps of one picture.
struct MapDrawer: Sendable {
  let network: Network
  var drawing: Drawing
  var contents = ReportContents.pages
  /// The longest side of a picture in the page.
  var pageSide = MapDrawer.sharpSide

  /// Enough for the sharpest screens.
  static let sharpSide = 640

  /// What is known of a map before it is drawn.
  private struct Plan: Sendable {
    let answer: Answer
    let key: String
    let question: String
    let method: Method
    let stage: DrawnMap.Stage?
    let cluster: Int?
    let numbers: Numbers
    let scale: ClosedRange<Float>
  }

  /// A map's numbers, and those of them that are drawn.
  private struct Numbers: Sendable {
    let values: Tensor
    let range: ClosedRange<Float>
    let neutral: Float
    /// Less the neutral value.
    let drawn: Tensor
    /// The values that colours are needed for.
    let reach: ClosedRange<Float>

    init(
      values: Tensor, range: ClosedRange<Float>, neutral: Float, drawn: Tensor, isOfPixels: Bool
    ) throws {
      self.values = values
      self.range = range
      self.neutral = neutral
      self.drawn = drawn
      let numbers = try drawn.floats()
      reach = isOfPixels ? Self.central(numbers) : Self.extremes(numbers)
    }

    private static func extremes(_ values: [Float]) -> ClosedRange<Float> {
      (values.min() ?? 0)...(values.max() ?? 0)
    }

    /// Where all but one in 200 values at either end lie: a few attributions of single pixels are so
    /// large that beside them nothing else would be seen.
    private static func central(_ values: [Float]) -> ClosedRange<Float> {
      let sorted = values.sorted()
      let outer = sorted.count / 200
      let (low, high) = (sorted[outer], sorted[sorted.count - 1 - outer])
      return low < 0 || high > 0 ? min(low, 0)...max(high, 0) : extremes(values)
    }
  }

  func drawn(_ explained: ExplainedPicture) throws -> [[DrawnMap]] {
    var keys: Set<String> = []
    let leads = try explained.groups.map { group in
      try group.lead.map { try numbers(of: $0.answer) }
    }
    // What supports one cluster is set beside what supports the others.
    let scale = scale(over: leads.compactMap { $0?.reach })
    let plans = try explained.groups.indices.map { place in
      try plan(place, of: explained, lead: leads[place].map { ($0, scale) }, &keys)
    }
    let ground = contents == .numbers ? nil : try Ground(explained.picture, side: pageSide)
    var all = try plans.flatMap(\.self).concurrentMap { try draw($0, over: ground) }
    if let results = explained.checks?.results {
      guard results.count == all.count else {
        throw Miscount(expected: all.count, found: results.count)
      }
      for (i, result) in results.enumerated() { all[i].check = result }
    }
    return try all.parted(like: plans)
  }

  /// The picture as the page shows it.
  static func small(_ picture: Picture, side: Int = sharpSide) throws -> Picture {
    let longest = max(picture.width, picture.height)
    guard longest > side else { return picture }
    return try picture.resized(
      width: max(1, picture.width * side / longest),
      height: max(1, picture.height * side / longest))
  }

  private func plan(
    _ place: Int, of explained: ExplainedPicture, lead: (Numbers, scale: ClosedRange<Float>)?,
    _ keys: inout Set<String>
  ) throws -> [Plan] {
    let group = explained.groups[place]
    let maps = try group.answers.map { try numbers(of: $0) }
    let shared = scale(over: maps.map(\.reach))
    var shown = zip(group.answers, maps).map { ($0, $1, shared, group.method) }
    if let lead, let first = group.lead {
      shown.insert((first.answer, lead.0, lead.scale, first.method), at: 0)
    }
    return shown.enumerated().map { i, item in
      let (answer, map, scale, method) = item
      let question = answer.inquiry.question
      return Plan(
        answer: answer,
        key: Self.unused(explained.prefix + group.prefix + question.key(network.labels), &keys),
        question: question.text(network.labels, value: explained.prediction.value),
        method: method, stage: lead == nil ? nil : i == 0 ? .cluster : .class,
        cluster: explained.clusters == nil ? nil : place, numbers: map,
        scale: drawing.scale == .own ? self.scale(over: [map.reach]) : scale)
    }
  }

  /// What the maps of a picture are drawn over.
  private struct Ground: Sendable {
    /// The picture at its own resolution, muted.
    let picture: Picture
    /// As the page shows it; `nil` where that is the same.
    let small: Picture?

    init(_ picture: Picture, side: Int) throws {
      let small = try MapDrawer.small(picture, side: side)
      self.picture = picture.muted
      self.small = small == picture ? nil : small.muted
    }
  }

  private func draw(_ plan: Plan, over ground: Ground?) throws -> DrawnMap {
    var drawn = DrawnMap(
      answer: plan.answer, key: plan.key, question: plan.question, method: plan.method,
      stage: plan.stage, cluster: plan.cluster, values: plan.numbers.values,
      range: plan.numbers.range, neutral: plan.numbers.neutral, scale: plan.scale,
      overlay: try ground.map { try overlay(plan, over: $0) })
    if let ground {
      drawn.ownScale = try ownScale(of: plan, over: ground.small ?? ground.picture)
    }
    return drawn
  }

  /// The map as something is to be seen of it, where its scale shows next to nothing: by a scale of its own, and where
  /// it is zero everywhere what speaks against the fact.
  private func ownScale(of plan: Plan, over picture: Picture) throws -> DrawnMap.OwnScale? {
    let own = scale(over: [plan.numbers.reach])
    if let part = DrawnMap.OwnScale.part(of: plan.scale, filledBy: own) {
      return .init(
        scale: own, part: part, colors: drawing.colorMap,
        pagePNG: try overlay(plan.numbers, by: own, over: picture))
    }
    guard own.upperBound <= 0, own.lowerBound >= 0, drawing.sign == .positive else { return nil }
    var signed = self
    signed.drawing = Drawing(scale: .own, sign: .both)
    let numbers = try signed.numbers(of: plan.answer)
    let scale = signed.scale(over: [numbers.reach])
    guard scale.upperBound > 0 else { return nil }
    return .init(
      scale: scale, part: 0, colors: signed.drawing.colorMap,
      pagePNG: try signed.overlay(numbers, by: scale, over: picture))
  }

  private func overlay(_ plan: Plan, over ground: Ground) throws -> DrawnMap.Overlay {
    let own = try overlay(plan.numbers, by: plan.scale, over: ground.picture)
    return .init(
      png: own,
      pagePNG: try ground.small.map { try overlay(plan.numbers, by: plan.scale, over: $0) } ?? own)
  }

  private func overlay(
    _ numbers: Numbers, by scale: ClosedRange<Float>, over picture: Picture
  ) throws -> [UInt8] {
    let shape = numbers.drawn.shape
    let heat = try HeatMap(
      values: numbers.drawn.floats(), width: shape[1], height: shape[0], range: scale,
      colors: drawing.colorMap)
    return try heat.overlay(onMuted: picture, covering: network.card.input.region(of: picture))
      .png()
  }

  private func numbers(of answer: Answer) throws -> Numbers {
    let map = answer.map
    var values = map.values
    if drawing.sign == .both {
      let size = values.shape
      values = try map.atLayer.withAxis(at: 0).withAxis(at: 0)
        .resizedBilinearly(height: size[0], width: size[1]).reshaped(size)
      if let support = map.support { values = try values * support }
    }
    // A place outside of the support is neutral, whatever the value of that is.
    let isRectified = drawing.sign == .positive && map.rectification == .relu
    let neutral = isRectified ? max(0, map.neutral) : map.neutral
    var heat = try values - neutral
    if let support = map.support { heat = try heat * support }
    return try Numbers(
      values: values, range: try values.extremes(), neutral: neutral,
      drawn: map.attribution == nil ? heat : try Self.coarse(heat, sign: drawing.sign),
      isOfPixels: map.attribution != nil)
  }

  private func scale(over ranges: [ClosedRange<Float>]) -> ClosedRange<Float> {
    let high = ranges.map(\.upperBound).reduce(0, max)
    let low = ranges.map(\.lowerBound).reduce(0, min)
    if drawing.colorMap == .diverging {
      let reach = max(high, -low)
      return -reach...reach
    }
    return drawing.sign == .both ? low...high : 0...max(high, 0)
  }

  private static func unused(_ wanted: String, _ taken: inout Set<String>) -> String {
    var key = wanted
    var count = 2
    while !taken.insert(key).inserted {
      key = "\(wanted)-\(count)"
      count += 1
    }
    return key
  }

  /// Attributions of single pixels as means over small squares, which eyes can follow; where only
  /// what speaks for the fact is drawn, the mean of that.
  static func coarse(_ map: Tensor, sign: Drawing.Sign) throws -> Tensor {
    let shape = map.shape
    let size = shape.map { min($0, max(1, $0 * coarseSide / max(shape[0], shape[1], coarseSide))) }
    return try (sign == .positive ? map.relu() : map).withAxis(at: 0).withAxis(at: 0)
      .resizedAntialiased(height: size[0], width: size[1]).reshaped(size)
  }

  /// The squares along the longer side.
  private static let coarseSide = 75
}
