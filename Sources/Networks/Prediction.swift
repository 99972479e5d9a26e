internal import Foundation
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
    /// Of a network that answers for each place, the part of the picture that is of the class, 0…1.
    public let area: Float?

    /// Describes a class of an answer.
    public init(index: Int, label: String, probability: Float, logit: Float, area: Float? = nil) {
      self.index = index
      self.label = label
      self.probability = probability
      self.logit = logit
      self.area = area
    }
  }

  /// One of several values of a regression, or how alike a picture and a reference are.
  public struct Value: Hashable, Sendable, Codable {
    /// Its place among the network's outputs, or among the references.
    public let index: Int
    /// What the card calls it, or the reference's name.
    public let label: String
    /// What the network gives for it; of a reference the cosine, −1…1.
    public let value: Float

    /// Describes a value.
    public init(index: Int, label: String, value: Float) {
      (self.index, self.label, self.value) = (index, label, value)
    }
  }

  /// Every class, likeliest first, equal ones by index; those of a network that answers for each place by area;
  /// empty for a regression.
  public let classes: [Class]
  /// The value of a regression; the one that is asked about, of several.
  public let value: Float?
  /// All values of a regression that has several; of an embedding how alike it and each reference are, the nearest first.
  public let values: [Value]
  /// The probability above which a label is there, where each is there or not by itself and there are several.
  public let threshold: Float?

  /// Makes an answer of classes, likeliest first, or of a regression's value.
  public init(classes: [Class], value: Float?, values: [Value] = [], threshold: Float? = nil) {
    self.classes = classes
    self.value = value
    self.values = values
    self.threshold = threshold
  }

  /// The K likeliest classes, K being the smallest number whose probabilities sum to more than
  /// `mass`, and at most `limit` (CWOX: 0.95 and 5); of labels that are each there or not, those above the
  /// threshold.
  public func likeliest(mass: Float = 0.95, limit: Int = 5) -> [Class] {
    if let threshold { return classes.prefix(limit).filter { $0.probability > threshold } }
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
    let single = try output.detached().reshaped([1, -1])
    guard reading.isOfPlaces || single.count == reading.width else {
      throw NetworkError.outputShape(output.shape, task: card.task.rawValue)
    }
    guard try output.isAllFinite() else { throw NetworkError.notFinite }
    if case .values = head { return try valuePrediction(single) }
    let values = try logits(of: single).reshaped([-1]).floats()
    if case .similarities = head { return similarityPrediction(values) }
    if case .labels = head { return try labelPrediction(values, single) }
    if card.output == .logits, Self.areProbabilities(values), program.canMakeProbabilities {
      throw NetworkError.probabilitiesCalledLogits
    }
    let logits = try Tensor(values, shape: [values.count])
    let probabilities = try logits.converted(to: .float64).softmax(axis: 0).floats()
    let order = values.indices.sorted {
      (probabilities[$1], $0) < (probabilities[$0], $1)
    }
    return Prediction(
      classes: try classes(in: order, probabilities, values, single), value: nil)
  }

  private func valuePrediction(_ output: Tensor) throws -> Prediction {
    let all = try reading.means(of: output).floats()
    guard card.output == .values else { return Prediction(classes: [], value: all[0]) }
    let asked = all.count == 1 ? 0 : reading.value
    return Prediction(
      classes: [], value: asked.map { all[$0] },
      values: zip(reading.valueNames, all).enumerated().map { index, named in
        .init(index: index, label: named.0, value: named.1)
      })
  }

  private func similarityPrediction(_ values: [Float]) -> Prediction {
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    let names = labels.shownNames
    return Prediction(
      classes: [], value: nil,
      values: order.map { .init(index: $0, label: names[$0], value: values[$0]) })
  }

  private func labelPrediction(_ logits: [Float], _ output: Tensor) throws -> Prediction {
    if reading.form == .chances, Self.areProbabilities(try output.reshaped([-1]).floats()) {
      throw NetworkError.choiceCalledChances
    }
    let values = Array(logits.prefix(classCount))
    let probabilities = values.map { Float(1 / (1 + Foundation.exp(-Double($0)))) }
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    return Prediction(
      classes: try classes(in: order, probabilities, values, output), value: nil,
      threshold: threshold)
  }

  private func classes(
    in order: [Int], _ probabilities: [Float], _ logits: [Float], _ output: Tensor
  ) throws -> [Prediction.Class] {
    let areas = try reading.areas(of: output, threshold: card.threshold ?? Card.defaultThreshold)
    let sorted =
      areas.map { areas in
        reading.places == nil ? order.sorted { areas[$0] > areas[$1] } : order
      } ?? order
    let names = labels.shownNames
    return sorted.map {
      Prediction.Class(
        index: $0, label: $0 < names.count ? names[$0] : labels[$0], probability: probabilities[$0],
        logit: logits[$0],
        area: areas?[$0])
    }
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
    // What is kept is the answer of the whole network, whatever was asked of it.
    let isAsked = reading.value != nil || reading.places != nil || reading.references != nil
    guard !isAsked, let kept, kept.are(at: input) else { return try compute() }
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
