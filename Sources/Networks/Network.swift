internal import Synchronization
public import Tensors
public import Terms

/// A trained network, ready to be asked: its program, its card and its classes' labels.
public struct Network: Sendable {
  /// The operators and weights; where the card says that the output is probabilities and it is a
  /// softmax, up to that softmax's argument.
  public let program: Program
  /// What the program does not say itself.
  public let card: Card
  /// The names of the classes; empty for a regression.
  public let labels: ClassLabels
  /// The file that it was read from; `nil` for one that was made.
  public let path: String?
  /// What makes rows of numbers, which ``program`` reads, of tokens' numbers; `nil` where nothing has to.
  let embedding: Program?
  /// Another each time that a network is read or made in this process; what was made of one (other forms, other regions,
  /// shuffled weights) has the same.
  package let number: Int
  private static let count = Atomic<Int>(0)
  /// What it has computed at one input; `nil` where nothing is kept.
  let kept: KeptPasses?
  /// Whether what the program gives is probabilities whose logits have to be taken back.
  private let givesProbabilities: Bool

  /// Joins a program to its card.
  ///
  /// Of a network that ends in a softmax, as its card says, the softmax is left out: its argument is
  /// the logits, of which a probability that is 0 in a float would say nothing.
  ///
  /// - Parameters:
  ///   - cardPath: Where the card lies; a labels file is looked for beside it.
  ///   - path: The file that the program was read from, if any.
  /// - Throws: ``CardError/labelCount(_:expected:source:)``, ``CardError/inputSize(_:network:)``,
  ///   ``CardError/labelsFile(_:reason:)``, ``CardError/layer(_:in:reason:)``,
  ///   ``CardError/softmaxCalledLogits(_:node:)``; ``UnsuitedNetwork`` for a network that asks for or
  ///   answers something that Rather does not explain.
  public init(program: Program, card: Card, cardPath: String, path: String? = nil) throws {
    (self.path, kept) = (path, nil)
    number = Self.count.add(1, ordering: .relaxed).newValue
    let (embedding, entered) = try program.entered(as: card.form)
    self.embedding = embedding
    labels = ClassLabels(try card.labelList(relativeTo: cardPath))
    let program = try entered.answering(card, labelCount: labels.names.count)
    self.card = card
    let softmax = try program.softmax(under: card, cardPath)
    if let softmax, let bare = try? program.undoingSoftmax(at: softmax) {
      (self.program, givesProbabilities) = (bare, false)
    } else {
      (self.program, givesProbabilities) = (program, card.output == .probabilities)
    }
    try checkInput()
    try self.program.checkAnswers(card.task)
    try checkLabels(cardPath)
    for name in [card.layers?.cluster, card.layers?.class].compactMap(\.self) {
      do { _ = try program.layer(named: name) } catch {
        throw CardError.layer(name, in: cardPath, reason: error.description)
      }
    }
  }

  /// A network whose program computes the same in another way, to whose input something else is brought, or which
  /// keeps what it computes.
  init(
    _ network: Network, program: Program? = nil, embedding: Program? = nil, card: Card? = nil,
    keeping kept: KeptPasses? = nil
  ) {
    (self.kept, number) = (kept, network.number)
    self.program = program ?? network.program
    self.embedding = embedding ?? network.embedding
    self.card = card ?? network.card
    path = network.path
    labels = network.labels
    givesProbabilities = network.givesProbabilities
  }

  /// The same network, to whose input something else is brought.
  func replacing(form: InputForm) -> Network {
    var card = card
    if let name = card.inputs.min(by: { $0.key < $1.key })?.key { card.inputs[name] = form }
    return Network(self, card: card)
  }

  /// Reads a network and the card beside it.
  public init(contentsOf path: String) throws {
    let cardPath = Card.path(besides: path)
    try self.init(
      program: Program(contentsOf: path), card: Card(contentsOf: cardPath), cardPath: cardPath,
      path: path)
  }

  /// The output that is explained; `nil` for a network that returns only one.
  public var explainedOutput: Port? {
    program.answers.count > 1 ? program.answers.first { $0.slot == program.output } : nil
  }

  /// The number of classes, or 1 for a regression.
  public var classCount: Int {
    if card.task == .regression { return 1 }
    if case .row(let count?) = program.answerForm { return count }
    return max(labels.names.count, 1)
  }

  /// The output of a batch as logits, `[N, classes]`.
  ///
  /// Where the output is probabilities, these are their logarithms; for a regression, its value.
  ///
  /// - Shapes: `output` may lack the batch's axis, and a regression's the last one too, as where a
  ///   network ends in `squeeze`, or have axes of length 1 behind the classes; the classes alone say
  ///   where one picture's numbers end.
  /// - Throws: ``NetworkError/outputShape(_:task:)``, ``NetworkError/outputType``,
  ///   ``NetworkError/notProbabilities(sum:)``.
  public func logits(of output: Tensor) throws -> Tensor {
    let classes = classCount
    guard output.elementType?.isFloating == true else { throw NetworkError.outputType }
    guard output.count.isMultiple(of: classes) else {
      throw NetworkError.outputShape(output.shape, task: card.task.rawValue)
    }
    let flat = try output.reshaped([-1, classes])
    guard givesProbabilities else { return try flat.converted(to: .float32) }
    let range = try flat.detached().extremes()
    let sums = try flat.detached().sum(axes: [1]).floats()
    // A softmax in half precision sums to 1 within a few thousandths.
    guard range.lowerBound >= -0.01, range.upperBound <= 1.01,
      sums.allSatisfy({ abs($0 - 1) < 0.02 })
    else {
      throw NetworkError.notProbabilities(sum: sums.first { abs($0 - 1) >= 0.02 } ?? sums[0])
    }
    // A probability of 0 has no logarithm; the smallest number stands for it, and scores that would
    // read it are refused.
    let least = try Tensor([Self.leastProbability(flat.elementType)], shape: [1])
    let one = try Tensor([1.0], shape: [1])
    return try flat.converted(to: .float64)
      .clamped(from: least.on(flat.device), to: one.on(flat.device)).log().converted(to: .float32)
  }

  /// Makes sure that logits of some sets of classes can be known.
  ///
  /// - Throws: ``NetworkError/vanished(_:)`` where the output is probabilities that no softmax made,
  ///   and that of a set is 0 in its numbers.
  public func checkLogits(of sets: [ClassSet], in output: Tensor) throws {
    guard givesProbabilities else { return }
    let flat = try output.detached().reshaped([-1, classCount]).converted(to: .float64)
    let least = Self.leastProbability(output.elementType)
    for set in sets {
      let sums = try flat.gather(axis: 1, set.indices).sum(axes: [1]).on(.cpu)
      if try sums.elements(as: Double.self).contains(where: { $0 < least }) {
        throw NetworkError.vanished(labels.text(set))
      }
    }
  }

  /// The smallest probability that numbers of a type hold with all their digits.
  private static func leastProbability(_ type: ElementType?) -> Double {
    switch type {
    case .float64: .leastNormalMagnitude
    case .float16: 0x1p-14
    default: 0x1p-126
    }
  }

  /// The layer to explain at, and how it was chosen.
  ///
  /// - Parameter name: A layer's name, or `nil` for the card's, and failing that the last one that
  ///   can be drawn over a picture.
  public func pivot(
    named name: String?, for role: LayerRole = .clusters
  ) throws(NetworkError) -> (layer: Layer, choice: LayerChoice) {
    if let name { return (try program.layer(named: name), .named) }
    if role == .classes, let name = card.layers?.class {
      return (try program.layer(named: name), .card)
    }
    if let name = card.layers?.cluster { return (try program.layer(named: name), .card) }
    return (try program.lastSpatialLayer(), .lastSpatial)
  }

  private func checkInput() throws(CardError) {
    guard case .image(let image) = card.form else { return }
    let shape = [image.channels, image.height, image.width]
    let declared = program.inputShape
    for (own, network) in zip(shape, declared.dropFirst()) where network != nil && network != own {
      throw .inputSize(shape, network: Array(declared.dropFirst()))
    }
  }

  private func checkLabels(_ cardPath: String) throws(CardError) {
    guard card.task == .classification, case .row(let expected?) = program.answerForm
    else { return }
    if labels.names.count != expected {
      let source = if case .file(let name) = card.labels { name } else { cardPath }
      throw .labelCount(labels.names.count, expected: expected, source: source)
    }
  }
}

extension Program {
  /// The place of the softmax that a card's probabilities come of; `nil` where there is none.
  ///
  /// - Throws: ``CardError/softmaxCalledLogits(_:node:)``.
  fileprivate func softmax(under card: Card, _ cardPath: String) throws(CardError) -> Int? {
    guard card.task == .classification, let classes = outputShape.last.flatMap(\.self) else {
      return nil
    }
    if card.output == .probabilities { return lastSoftmax(over: classes, isReadAlone: true) }
    guard classes > 1, let place = lastSoftmax(over: classes, isReadAlone: false) else {
      return nil
    }
    throw .softmaxCalledLogits(cardPath, node: nodes[place].label)
  }
}

/// What a layer is to tell apart.
public enum LayerRole: Sendable {
  /// Clusters of classes, or whatever one question asks: usually the last spatial layer.
  case clusters
  /// The classes of a cluster: an earlier layer, whose maps are finer.
  case classes
}

/// How the layer to explain at was chosen.
public enum LayerChoice: String, Sendable, Codable {
  /// By the person who asked.
  case named = "named by --layer"
  /// By the card.
  case card = "named by the card"
  /// As the last one whose output is a stack of maps.
  case lastSpatial = "the last spatial layer"
}
