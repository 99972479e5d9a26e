import ArgumentParser
import Networks
import Sessions
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

  func run() throws {
    var request = Sessions.Inspect()
    (request.model, request.card, request.outputName) = (model, card, outputName)
    (request.nodes, request.memory) = (nodes, memory.allowance)
    let facts = try request.answered()
    if json { try Console.json(facts) } else { show(facts) }
  }

  private func show(_ facts: NetworkFacts) {
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
    Console.show("Layers (* can be drawn over a picture, with the rows × columns of the maps)")
    for layer in facts.layers {
      let name = Self.column(VisibleText.of(layer.name), width)
      Console.show(
        "  \(layer.spatial ? "*" : " ") \(name)  \(Self.text(layer.shape))  "
          + (layer.grid.map { Self.sizes($0) + "  " } ?? "") + layer.type)
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

  /// Rows and columns; N for one that follows the input.
  private static func sizes(_ grid: [Int?]) -> String {
    grid.map { $0.map(String.init) ?? "N" }.joined(separator: " × ")
  }

  /// Text in a column; one that is longer pushes what follows, and is not cut.
  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func text(_ values: [NetworkFacts.Value]) -> String {
    values.map { "\($0.name) \(text($0.shape))\($0.type.map { " " + $0 } ?? "")" }
      .joined(separator: ", ")
  }

  private static func text(_ shape: [Int?]) -> String {
    "[" + shape.map { $0.map(String.init) ?? "N" }.joined(separator: ", ") + "]"
  }
}
