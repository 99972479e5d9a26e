public import Tensors
internal import Terms

/// What a network answers for one picture.
public struct Prediction: Sendable {
  /// One class of the answer.
  public struct Class: Hashable, Sendable, Codable {
    /// Its place among the network's outputs.
    public let index: Int
    /// What the card calls it.
    public let label: String
    /// Its probability, 0…1.
    public let probability: Float
    /// Its logit, or the logarithm of its probability where the network gives no logits.
    public let logit: Float

    /// Describes a class of an answer.
    public init(index: Int, label: String, probability: Float, logit: Float) {
      self.index = index
      self.label = label
      self.probability = probability
      self.logit = logit
    }
  }

  /// Every class, likeliest first, equal ones by index; empty for a regression.
  public let classes: [Class]
  /// The value of a regression.
  public let value: Float?

  /// Makes an answer of classes, likeliest first, or of a regression's value.
  public init(classes: [Class], value: Float?) {
    self.classes = classes
    self.value = value
  }

  /// The K likeliest classes, K being the smallest number whose probabilities sum to more than
  /// `mass`, and at most `limit` (CWOX: 0.95 and 5).
  public func likeliest(mass: Float = 0.95, limit: Int = 5) -> [Class] {
    var sum: Float = 0
    var chosen: [Class] = []
    for candidate in classes.prefix(limit) {
      chosen.append(candidate)
      sum += candidate.probability
      if sum > mass { break }
    }
    return chosen
  }
}

extension Network {
  /// Reads the answer off the network's output for one picture.
  ///
  /// - Throws: ``NetworkError/notFinite``, ``NetworkError/outputShape(_:task:)``.
  public func prediction(from output: Tensor) throws -> Prediction {
    let count = output.count
    let expected = card.task == .regression ? 1 : labels.names.count
    guard count == expected else {
      throw NetworkError.outputShape(output.shape, task: card.task.rawValue)
    }
    guard try output.isAllFinite() else { throw NetworkError.notFinite }
    let logits = try logits(of: output.detached().reshaped([1, -1])).reshaped([-1])
    if card.task == .regression {
      return Prediction(classes: [], value: try logits.number())
    }
    let values = try logits.floats()
    if card.output == .logits, Self.areProbabilities(values), program.canMakeProbabilities {
      throw NetworkError.probabilitiesCalledLogits
    }
    let probabilities = try logits.converted(to: .float64).softmax(axis: 0).floats()
    let names = labels.shownNames
    let classes = values.indices.sorted {
      (probabilities[$1], $0) < (probabilities[$0], $1)
    }.map {
      Prediction.Class(
        index: $0, label: $0 < names.count ? names[$0] : labels[$0], probability: probabilities[$0],
        logit: values[$0])
    }
    return Prediction(classes: classes, value: nil)
  }

  /// Whether numbers look like what a softmax gives; logits do so by chance alone.
  private static func areProbabilities(_ values: [Float]) -> Bool {
    values.count > 1 && values.allSatisfy { (0...1).contains($0) }
      && abs(values.reduce(0) { $0 + Double($1) } - 1) < 1e-4
  }

  /// The network's answer for an input.
  public func prediction(for input: Input) throws -> Prediction {
    try prediction(for: input.tensor)
  }

  /// The network's answer for numbers as it reads them, `[1, …]`.
  public func prediction(for input: Tensor) throws -> Prediction {
    let compute = { try prediction(from: program.output(for: input)) }
    guard let kept, kept.are(at: input) else { return try compute() }
    return try kept.prediction(compute)
  }
}

extension Program {
  /// Whether an operator could have made probabilities of logits.
  fileprivate var canMakeProbabilities: Bool {
    let makers = ["softmax", "_softmax", "special_softmax", "exp", "sigmoid", "div"]
    return nodes.contains { node in makers.contains { node.baseName == "aten::" + $0 } }
  }
}
