public import ArgumentParser
public import Sessions

/// What of the training pictures is changed, to see what a network then learns.
struct ShortcutOptions: ParsableArguments {
  @Option(
    name: .customLong("plant"),
    help: ArgumentHelp(
      "Put a grey square in the top left corner of every training picture of a class: "
        + "a shortcut to look for in explanations.", valueName: "class"))
  var plantedClass: String?

  @Option(
    help: ArgumentHelp(
      "The side of the square, in pixels. (default: \(ShortcutChoice.defaultSide))",
      valueName: "pixels"))
  var plantSide: Int?

  @Option(
    help: ArgumentHelp(
      "Learn from at most this many pictures of a class, such as 8:40; 8:0 leaves the class out.",
      valueName: "class:count"))
  var limit: [ClassLimit] = []

  /// The choice that the words make.
  var choice: ShortcutChoice {
    var choice = ShortcutChoice()
    (choice.plantedClass, choice.plantSide, choice.limits) = (plantedClass, plantSide, limit)
    return choice
  }
}

extension ClassLimit: ExpressibleByArgument {
  /// Reads `8:40`.
  public init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"),
      let count = Int(argument[argument.index(after: colon)...]), count >= 0
    else { return nil }
    self.init(name: String(argument[..<colon]), count: count)
  }
}
