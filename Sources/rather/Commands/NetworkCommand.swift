import ArgumentParser
import Files
import Foundation
import Networks
import Terms

/// `rather network`: what is in a network's file.
struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "Describes a network file.",
    subcommands: [Inspect.self])
}

/// `rather network inspect`: layers, operators, parameters, card.
struct Inspect: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Lists layers with their output shapes, operators, parameters, and what the card "
      + "says.",
    discussion: "Layers marked * can be drawn over a picture: name one with `explain --layer`.")

  @Argument(help: "The network, a .pt2 archive of torch.export.")
  var model: String

  @Option(help: ArgumentHelp("The card. (default: NAME.json next to NAME.pt2)", valueName: "file"))
  var card: String?

  @Option(
    help: ArgumentHelp(
      "Which of several outputs is explained (default: the one that the card names, or that alone fits).",
      valueName: "name"))
  var outputName: String?

  @Flag(help: "List every node, not only modules.")
  var nodes = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var memory: MemoryOption

  var memoryBytes: Int { memory.bytes }

  /// What is told; shapes hold `null` where a length follows the input.
  struct Facts: Encodable {
    struct Layer: Encodable {
      let name: String
      let type: String
      let shape: [Int?]
      let spatial: Bool
    }
    /// An input or an output.
    struct Value: Encodable {
      let name: String
      let shape: [Int?]
      let type: String?

      init(_ port: Networks.Port) {
        (name, shape, type) = (port.name, port.shape, port.type.map { "\($0)" })
      }
    }
    let path: String
    let sha256: String
    let input: [Int?]
    let output: [Int?]
    let inputs: [Value]
    let outputs: [Value]
    /// The output that is explained; `null` where nothing says which of several.
    let explained: String?
    let parameters: Int
    let layers: [Layer]
    let lastSpatialLayer: String?
    let operators: [String: Int]
    let cardPath: String
    let card: Card?
    let missing: [String]
  }

  func run() throws {
    let whole = try Program(contentsOf: model)
    let path = card ?? Card.path(besides: model)
    let hasCard = card != nil || FileManager.default.fileExists(atPath: path)
    let read = hasCard ? try Card(contentsOf: path) : nil
    let (program, explained) = try choice(whole, read, path)
    let facts = Facts(
      path: model, sha256: try SHA256.hex(ofFile: model), input: program.inputShape,
      output: program.outputShape,
      inputs: program.openInputs.map(Facts.Value.init),
      outputs: program.outputs.map(Facts.Value.init), explained: explained,
      parameters: program.parameterCount,
      layers: (nodes ? program.nodeLayers : program.moduleLayers).map {
        .init(name: $0.name, type: $0.type, shape: $0.shape, spatial: $0.isSpatial)
      },
      lastSpatialLayer: (try? program.lastSpatialLayer())?.name, operators: program.operatorCounts,
      cardPath: path, card: read, missing: read.map(Self.missing) ?? ["the card"])
    if json { try Console.json(facts) } else { show(facts) }
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

  private func show(_ facts: Facts) {
    Console.show(facts.path, "")
    if facts.inputs.count > 1 {
      Console.show("inputs      " + Self.text(facts.inputs))
    } else {
      Console.show("input       \(Self.text(facts.input))")
    }
    if facts.outputs.count > 1 {
      Console.show("outputs     " + Self.text(facts.outputs))
      Console.show(
        "explained   " + (facts.explained ?? "nothing says which; name one by --output-name"))
    } else {
      Console.show("output      \(Self.text(facts.output))")
    }
    Console.show("parameters  \(facts.parameters)", "")
    let width = facts.layers.map { VisibleText.of($0.name).count }.max() ?? 0
    Console.show("Layers (* spatial)")
    for layer in facts.layers {
      let name = Self.column(VisibleText.of(layer.name), width)
      Console.show(
        "  \(layer.spatial ? "*" : " ") \(name)  \(Self.text(layer.shape))  \(layer.type)")
    }
    Console.show("", "Operators")
    for (name, count) in facts.operators.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      Console.show("  \(Self.column(String(count), 5)) \(name)")
    }
    Console.show("", "Card \(facts.cardPath)\(facts.card == nil ? " (there is none)" : "")")
    if let card = facts.card {
      for line in card.json.split(separator: "\n") { Console.show("  " + line) }
    }
    for item in facts.missing { Console.show("  missing: \(item)") }
    Console.show(
      "",
      "Last spatial layer: \(facts.lastSpatialLayer ?? "none (\(NetworkError.noSpatialLayer))")")
  }

  /// Text in a column; one that is longer pushes what follows, and is not cut.
  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func text(_ values: [Facts.Value]) -> String {
    values.map { "\($0.name) \(text($0.shape))\($0.type.map { " " + $0 } ?? "")" }
      .joined(separator: ", ")
  }

  private static func text(_ shape: [Int?]) -> String {
    "[" + shape.map { $0.map(String.init) ?? "N" }.joined(separator: ", ") + "]"
  }
}
