internal import Files
internal import Foundation
public import Networks
internal import Terms

/// What is in a network's file, as `rather network inspect` prints it.
public struct Inspect: Request {
  /// What commands and manifests call it.
  public static let name = "inspect"

  /// The network, a `.pt2` archive of `torch.export`.
  public var model = ""
  /// The card; `NAME.json` next to `NAME.pt2` where none is named.
  public var card: String?
  /// Which of several outputs is explained; the one that the card names, or that alone fits.
  public var outputName: String?
  /// Whether every node is listed, not only modules.
  public var nodes = false
  /// Bytes for weights; half of the machine's memory where nothing is said.
  public var memory: Int?

  /// Asks nothing yet.
  public init() {}

  /// Fails where the memory is more than there is.
  public func validate() throws { try MemoryChoice.check(memory) }

  /// Reads the file and its card.
  public func answer(in session: Session, telling: Telling) throws -> NetworkFacts {
    let whole = try Program(contentsOf: model)
    let path = card ?? Card.path(besides: model)
    let hasCard = card != nil || FileManager.default.fileExists(atPath: path)
    let read = hasCard ? try Card(contentsOf: path) : nil
    let (program, explained) = try choice(whole, read, path)
    return NetworkFacts(
      path: model, sha256: try SHA256.hex(ofFile: model), input: program.inputShape,
      output: program.outputShape,
      inputs: program.openInputs.map(NetworkFacts.Value.init),
      outputs: program.outputs.map(NetworkFacts.Value.init), explained: explained,
      parameters: program.parameterCount,
      layers: (nodes ? program.nodeLayers : program.moduleLayers).map {
        .init(
          name: $0.name, type: $0.type, shape: $0.shape, spatial: $0.isSpatial,
          grid: $0.isSpatial ? $0.grid : nil)
      },
      lastSpatialLayer: (try? program.lastSpatialLayer())?.name, operators: program.operatorCounts,
      cardPath: path, card: read, missing: read.map(Self.missing) ?? ["the card"])
  }

  /// The program that answers with the output that is explained, and that output's name.
  private func choice(
    _ program: Program, _ card: Card?, _ path: String
  ) throws -> (Program, String?) {
    if var card {
      card.outputName = outputName ?? card.outputName
      let network = try Network(program: program, card: card, cardPath: path)
      return (network.program, network.explainedOutput?.name ?? program.answers.first?.name)
    }
    if let outputName { return (try program.answering(withOutputNamed: outputName), outputName) }
    return (program, program.answers.count == 1 ? program.answers[0].name : nil)
  }

  private static func missing(_ card: Card) -> [String] {
    [
      card.layers?.cluster == nil ? "layers.cluster" : nil,
      card.layers?.class == nil ? "layers.class" : nil,
    ].compactMap(\.self)
  }
}

/// What is told of a network; shapes hold `null` where a length follows the input.
public struct NetworkFacts: Encodable, Sendable {
  /// A layer that can be named.
  public struct Layer: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// What it is.
    public let type: String
    /// The shape of its output.
    public let shape: [Int?]
    /// Whether it can be drawn over a picture.
    public let spatial: Bool
    /// The rows and columns of its maps; left out where it has none.
    public let grid: [Int?]?
  }
  /// An input or an output.
  public struct Value: Encodable, Sendable {
    /// Its name.
    public let name: String
    /// Its shape.
    public let shape: [Int?]
    /// The type of its numbers.
    public let type: String?

    init(_ port: Networks.Port) {
      (name, shape, type) = (port.name, port.shape, port.type.map { "\($0)" })
    }
  }
  /// Its file.
  public let path: String
  /// Its checksum.
  public let sha256: String
  /// The shape of its first input.
  public let input: [Int?]
  /// The shape of the output that is explained.
  public let output: [Int?]
  /// What it takes.
  public let inputs: [Value]
  /// What it gives.
  public let outputs: [Value]
  /// The output that is explained; `null` where nothing says which of several.
  public let explained: String?
  /// How many numbers it learnt.
  public let parameters: Int
  /// Its layers.
  public let layers: [Layer]
  /// The last that can be drawn over a picture.
  public let lastSpatialLayer: String?
  /// How often each operator is called.
  public let operators: [String: Int]
  /// Where its card was looked for.
  public let cardPath: String
  /// Its card.
  public let card: Card?
  /// What the card does not say.
  public let missing: [String]
}
