internal import Synchronization
public import Tensors
public import Terms

/// A trained network, ready to be asked: its program, its card and its classes' labels.
public struct Network: Sendable {
  /// The operators and weights; where the card says that the output is probabilities and it is a
  /// softmax, or sigmoids, up to their argument.
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
  /// How what the program gives becomes logits.
  let reading: OutputReading

  /// Joins a program to its card.
  ///
  /// Of a network that ends in a softmax or in sigmoids, as its card says, these are left out: their argument
  /// is the logits, of which a probability that is 0 or 1 in a float would say nothing.
  ///
  /// - Parameters:
  ///   - cardPath: Where the card lies; a labels file is looked for beside it.
  ///   - path: The file that the program was read from, if any.
  /// - Throws: ``CardError/labelCount(_:expected:source:)``, ``CardError/inputSize(_:network:)``,
  ///   ``CardError/labelsFile(_:reason:)``, ``CardError/layer(_:in:reason:)``,
  ///   ``CardError/softmaxCalled(_:in:node:)``, ``CardError/sigmoidsCalled(_:output:node:)``;
  ///   ``UnsuitedNetwork`` for a network that asks for or
  ///   answers something that Rather does not explain.
  public init(program: Program, card: Card, cardPath: String, path: String? = nil) throws {
    (self.path, kept) = (path, nil)
    number = Self.count.add(1, ordering: .relaxed).newValue
    let (embedding, entered) = try program.entered(as: card.form)
    self.embedding = embedding
    let given = try card.labelList(relativeTo: cardPath)
    let read = try ReadProgram(
      entered.answering(card, labelCount: given.count), as: card, naming: given, cardPath)
    // A network that takes bytes makes numbers of them itself.
    let bytes = card.takingBytes
    self.card = program.inputType.isFloating ? card : bytes
    self.program = read.program
    reading = read.reading
    labels = ClassLabels(read.names, head: reading.head)
    try checkInput()
    if card.threshold != nil, threshold == nil {
      throw CardError.value(
        key: "threshold", found: "given",
        expected: "left out where not several labels have a sigmoid each",
        in: cardPath)
    }
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
    reading: OutputReading? = nil, labels: ClassLabels? = nil, keeping kept: KeptPasses? = nil
  ) {
    (self.kept, number) = (kept, network.number)
    self.program = program ?? network.program
    self.embedding = embedding ?? network.embedding
    self.card = card ?? network.card
    path = network.path
    self.labels = labels ?? network.labels
    self.reading = reading ?? network.reading
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

  /// Whether each place of a picture has numbers of its own, `[N, C, h, w]`, as in segmentation.
  public var isOfPlaces: Bool { reading.isOfPlaces }

  /// The names of a regression's values, where it has several.
  public var valueNames: [String] { reading.valueNames }

  /// The same network, asked about one of several values of a regression.
  ///
  /// - Parameter index: Its place among ``valueNames``.
  public func asked(aboutValue index: Int) -> Network {
    guard reading.valueNames.indices.contains(index) else { return self }
    var reading = reading
    reading.value = index
    return Network(
      self, reading: reading, labels: ClassLabels([reading.valueNames[index]], head: .values))
  }

  /// How the outputs belong together.
  public var head: Head { reading.head }

  /// The probability above which a label is there, where several have a sigmoid each; `nil` where classes exclude
  /// each other.
  public var threshold: Float? {
    guard case .labels(let count) = head, count > 1 else { return nil }
    return card.threshold ?? Card.defaultThreshold
  }

  /// The number of classes, or 1 for a regression.
  public var classCount: Int {
    switch head {
    case .choice: reading.width
    case .labels(let count): max(count, labels.names.count)
    case .values: 1
    case .similarities: labels.names.count
    }
  }

  /// The output of a batch as logits, `[N, classes]`.
  ///
  /// Where the output is probabilities, these are their logarithms, or of labels `log(p/(1 − p))`; of labels
  /// those of their absences follow, `[y, −y]`; for a regression, its value.
  ///
  /// - Shapes: `output` may lack the batch's axis, and a regression's the last one too, as where a
  ///   network ends in `squeeze`, or have axes of length 1 behind the classes; the classes alone say
  ///   where one picture's numbers end. Of an output for each place, `[N, C, h, w]`, it is the mean over the places.
  /// - Throws: ``NetworkError/outputShape(_:task:)``, ``NetworkError/outputType``,
  ///   ``NetworkError/notProbabilities(sum:)``, ``NetworkError/notChances(_:)``,
  ///   ``NetworkError/notLogProbabilities(logarithm:)``.
  public func logits(of output: Tensor) throws -> Tensor { try reading.logits(of: output) }

  /// Makes sure that logits of some sets of classes can be known.
  ///
  /// - Throws: ``NetworkError/vanished(_:)`` where the output is probabilities that no softmax and no sigmoid
  ///   made, and that of a set is 0 in its numbers, or that of a label 1.
  public func checkLogits(of sets: [ClassSet], in output: Tensor) throws {
    if let set = try reading.vanished(among: sets, in: output) {
      throw NetworkError.vanished(labels.text(set))
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
