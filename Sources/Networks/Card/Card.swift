/// What a network's file does not say itself: labels, how a picture, a text or a row becomes its input, and
/// the layers to explain at.
///
/// Stored as `NAME.json` beside `NAME.pt2`.
public struct Card: Hashable, Sendable {
  /// What the network answers.
  public enum Task: String, Hashable, Sendable, Codable, CaseIterable {
    case classification
    case regression
  }

  /// The names of the classes in order of their indices.
  public enum Labels: Hashable, Sendable {
    /// One label a line, in a file beside the card.
    case file(String)
    case list([String])
  }

  /// The layers to explain at.
  public struct Layers: Hashable, Sendable {
    /// Where clusters of classes are explained, usually the last spatial layer.
    public var cluster: String?
    /// Where single classes are explained.
    public var `class`: String?

    /// Names the layers; one that is left out is chosen as if no card named it.
    public init(cluster: String? = nil, class: String? = nil) {
      self.cluster = cluster
      self.class = `class`
    }
  }

  /// What the network answers.
  public var task: Task
  /// What its output is.
  public var output: Output
  /// The classes' names; `nil` for a regression of one value.
  public var labels: Labels?
  /// The probability above which a label is there, where each has a sigmoid of its own; ``defaultThreshold`` where
  /// nothing is said.
  public var threshold: Float?
  /// What an embedding is compared with: pictures, folders of pictures, and files of vectors, named as from the card.
  public var references: [String] = []
  /// What is brought to each of its inputs, by the input's name; under ``onlyInput`` for a network that
  /// takes one.
  public var inputs: [String: InputForm]
  /// The layers to explain at, where they are known.
  public var layers: Layers?
  /// Which of several outputs is meant: a dictionary's key, or a place in a tuple from 0.
  public var outputName: String?

  /// Makes a card of a network that takes one input.
  public init(
    task: Task, output: Output, labels: Labels?, form: InputForm, layers: Layers? = nil,
    outputName: String? = nil
  ) {
    self.task = task
    self.output = output
    self.labels = labels
    inputs = [Self.onlyInput: form]
    self.layers = layers
    self.outputName = outputName
  }

  /// Makes a card of a network that takes one input, a picture.
  public init(
    task: Task, output: Output, labels: Labels?, input: Preprocessing, layers: Layers? = nil,
    outputName: String? = nil
  ) {
    self.init(
      task: task, output: output, labels: labels, form: .image(input), layers: layers,
      outputName: outputName)
  }

  /// The probability above which a label is there where nothing is said.
  public static let defaultThreshold: Float = 0.5

  /// The name of the input where a network takes one and the card does not name it.
  public static let onlyInput = "input"

  /// What is brought to the input that is explained: the only one, or the first by name.
  public var form: InputForm {
    inputs.min { $0.key < $1.key }?.value ?? .table([])
  }

  /// The same for a network that is fed bytes, 0…255, whatever mean and std say.
  var takingBytes: Card {
    var card = self
    for (name, form) in inputs {
      guard case .image(var image) = form else { continue }
      image.mean = image.mean.map { _ in 0 }
      image.std = image.std.map { _ in 1 / 255 }
      card.inputs[name] = .image(image)
    }
    return card
  }

  /// How a picture becomes the input.
  ///
  /// - Throws: ``UnsuitedNetwork/takes(_:)`` for a network that takes something else.
  public var input: Preprocessing {
    get throws(UnsuitedNetwork) {
      guard case .image(let preprocessing) = form else { throw .takes(form.noun) }
      return preprocessing
    }
  }
}
