internal import Counterfactuals
internal import Imagery
internal import Networks
public import Tensors
internal import Terms

/// An answer with its name in files and its pictures.
struct DrawnContrast: Sendable {
  let answer: ContrastiveAnswer
  /// `4-rather-than-9`.
  let key: String
  /// What is drawn; `nil` where every search failed.
  let drawing: Drawing?
  let beside: [Beside]

  /// The pictures of an example, at the network's size.
  struct Drawing: Sendable {
    let example: ContrastiveExample
    let attempt: ContrastiveAttempt
    let picture: Picture
    let difference: Picture
    /// The largest change of what is drawn: of colours, their mean.
    let reach: Float
    /// The largest change of a single colour; `nil` of grey.
    let colourReach: Float?
    let frames: [Picture]

    /// The frames forward and back, with a rest at both ends.
    func animation(enlarged: Bool) throws -> [UInt8] {
      let way = try enlarged ? frames.map { try $0.enlarged(by: $0.factorForEyes) } : frames
      let last = way.count - 1
      return try Picture.animation(way + way.dropFirst().dropLast().reversed()) { place in
        place == 0 || place == last ? Self.rest : Self.step
      }
    }

    /// The frames side by side, from the input to the example.
    func way() throws -> [UInt8] {
      let (width, height) = (picture.width, picture.height)
      var pixels: [UInt8] = []
      pixels.reserveCapacity(frames.count * width * height * 3)
      for row in 0..<height {
        for frame in frames { pixels += frame.pixels[row * width * 3..<(row + 1) * width * 3] }
      }
      return try Picture(width: frames.count * width, height: height, pixels: pixels).png()
    }

    private static let rest = 110
    private static let step = 9
  }

  /// A map of another method, and its drawing.
  struct Beside: Sendable {
    let map: ComparedMethodMap
    let picture: Picture?
  }

  var exampleFile: String { key + "-example.png" }
  var differenceFile: String { key + "-difference.png" }
  var animationFile: String { key + ".gif" }
  var wayFile: String { key + "-way.png" }
}

/// Draws the answers about one picture with one scale.
struct ContrastDrawer {
  let network: Network
  let answers: [ContrastiveAnswer]
  let beside: [[ComparedMethodMap]]

  /// The change that is drawn in full colour.
  func scale() throws -> Float {
    try answers.compactMap { try $0.example.map { try DifferencePicture($0.difference).reach } }
      .reduce(0, max)
  }

  func drawn(scale: Float) throws -> [DrawnContrast] {
    let keys = keys
    let input = try answers.first.map { try order.picture(of: $0.input) }
    return try answers.indices.map { place in
      let answer = answers[place]
      return DrawnContrast(
        answer: answer, key: keys[place],
        drawing: try answer.example.flatMap { try draw($0, of: answer, scale: scale) },
        beside: try (beside.indices.contains(place) ? beside[place] : []).map {
          try draw($0, over: input)
        })
    }
  }

  var order: Preprocessing.ChannelOrder {
    get throws { try network.preprocessing.channelOrder }
  }

  private func draw(
    _ example: ContrastiveExample, of answer: ContrastiveAnswer, scale: Float
  ) throws -> DrawnContrast.Drawing? {
    guard answer.attempts.indices.contains(example.attempt) else { return nil }
    let difference = try DifferencePicture(example.difference)
    let picture = try order.picture(of: example.picture)
    let path = try example.path.map { try order.picture(of: $0.picture) }
    return DrawnContrast.Drawing(
      example: example, attempt: answer.attempts[example.attempt], picture: picture,
      difference: try difference.over(order.picture(of: answer.input), reach: scale),
      reach: difference.reach,
      colourReach: example.difference.shape[0] > 1
        ? try example.difference.magnitudes().extremes().upperBound : nil,
      frames: path.count > 1 ? path : [try order.picture(of: answer.input), picture])
  }

  /// In a scale of its own, for methods count in units of their own.
  private func draw(_ map: ComparedMethodMap, over input: Picture?) throws -> DrawnContrast.Beside {
    guard let values = map.map, let input else { return .init(map: map, picture: nil) }
    let difference = try DifferencePicture(values)
    return .init(map: map, picture: try difference.over(input, reach: difference.reach))
  }

  private var keys: [String] {
    let hasBoth = Set(answers.map(\.method)).count > 1
    return FileKeys.unique(
      answers.map { Question.whyRatherThan($0.fact, $0.foil) }, network.labels
    ) { hasBoth ? "-\(answers[$0].method.rawValue)" : "" }
  }
}

/// What another method answers to the same question about the same picture.
public struct ComparedMethodMap: Sendable {
  /// The method, as people write it.
  public let title: String
  /// A line about how it was asked.
  public let note: String
  /// Its signed map `[H, W]`, of the input's size: more than zero speaks for Q and is drawn as what to
  /// add is, so of `H_P − w · H_Q` the negative; `nil` where there is none.
  public let map: Tensor?
  /// Why there is none.
  public let failure: String?

  /// Joins a method and its map.
  public init(title: String, note: String, map: Tensor?, failure: String? = nil) {
    self.title = title
    self.note = note
    self.map = map
    self.failure = failure
  }
}
