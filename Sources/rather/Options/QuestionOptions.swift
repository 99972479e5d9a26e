public import ArgumentParser
public import Contrast
public import Sessions

extension Contrast: ExpressibleByArgument {}
extension ScoreKind: ExpressibleByArgument {}

extension PicturePoint: ExpressibleByArgument {
  /// Reads `x,y`.
  public init?(argument: String) { self.init(argument) }
}

/// What is asked.
struct QuestionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The fact: one or more classes, each by its label, the beginning of its label, "
        + "or its index; write @3 for index 3 where labels are numbers themselves.",
      valueName: "class,…"))
  var why: String?

  @Option(
    help: ArgumentHelp(
      "The foil: one or more classes; for a regression, a value. Where each label has a sigmoid of its own, “not LABEL” "
        + "is one, too.", valueName: "class,…"))
  var ratherThan: String?

  @Option(
    help: ArgumentHelp(
      "Of a network that answers for each place of a picture: the photo's pixel that is asked about.",
      valueName: "x,y"))
  var at: PicturePoint?

  @Option(
    help: ArgumentHelp(
      "The same: a picture of the photo's size, bright where is asked. (default: where the network finds the fact)",
      valueName: "picture"))
  var within: String?

  @Option(
    help: ArgumentHelp(
      "How fact and foil meet: in one score (inside), as two maps subtracted "
        + "(outside, or outside-raw before any ReLU), as one map for each foil (pairwise, pairwise-raw), or as the fact's map where the "
        + "foil's is low (inverse). (default: inside; outside when a scheme is used)",
      valueName: "how"))
  var contrast: Contrast?

  @Option(
    help: ArgumentHelp(
      "The score. (default: log-odds inside, logit outside and without a foil)", valueName: "kind"))
  var score: ScoreKind?

  @Option(
    help: ArgumentHelp(
      "How much of the foil the finer score subtracts: 0…1, or more.", valueName: "γ"))
  var finerStrength = QuestionChoice().finerStrength

  func validate() throws { try usage { try choice.validate() } }

  /// The choice that the words make.
  var choice: QuestionChoice {
    var choice = QuestionChoice(why: why, ratherThan: ratherThan)
    (choice.at, choice.within) = (at, within)
    (choice.contrast, choice.score, choice.finerStrength) = (contrast, score, finerStrength)
    return choice
  }
}
