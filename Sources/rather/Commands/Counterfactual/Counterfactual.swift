import ArgumentParser
import Counterfactuals
import Report
import Sessions
import Terms

/// `rather counterfactual`: the nearest picture that is as much Q as P.
struct Counterfactual: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Shows the nearest picture that the network calls Q as readily as P.",
    discussion: """
      A generator draws the pictures: one trained by `rather train vae`, or any other that PyTorch \
      exported. The difference from the input answers the question: it is P rather than Q because \
      what would have to be added is missing, and what would have to be taken away is there. \
      Writes a folder with index.html, manifest.json, maps.npz, pictures and animations.

        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2
        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2 --rather-than all
        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2 --why 4 --rather-than 9 --compare lime,xgems
        rather counterfactual digits/ --model digits.pt2 --generator vae.pt2 --rather-than 8 --summary

      With --summary, it asks about every picture in a folder and shows the mean change for each \
      pair of classes, and where that change lies: what the network always looks for remains, and \
      a shortcut shows as one spot. A search that fails is reported as failed, and its picture is \
      not shown.
      """)

  @Argument(
    help: ArgumentHelp(
      "The picture; with --summary, a folder of pictures, or a list with one path per "
        + "line."))
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "The generator's decoder; its card, NAME.json next to NAME.pt2, names the encoder.",
      valueName: "file"))
  var generator: String

  @Option(
    help: ArgumentHelp("P. (default: the network's answer)", valueName: "class,…"))
  var why: String?

  @Option(
    help: ArgumentHelp(
      "Q, or all for every other class. (default: the likeliest other class)",
      valueName: "class,…|all"))
  var ratherThan: String?

  @Flag(help: "Ask about every picture of a folder, and show mean changes.")
  var summary = false

  @Option(
    help: ArgumentHelp("With --summary: ask about only this many pictures.", valueName: "count"))
  var limit: Int?

  @Flag(
    help: ArgumentHelp(
      "With --summary: also write every example and its difference from the input, to "
        + "examples.npz."))
  var keep = false

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Comparison") var compared: ComparedMethodOptions
  @OptionGroup(title: "Report") var place: FolderOptions

  /// How the folder is called after the picture's name.
  var suffix: String { summary ? "summary" : "rather" }

  var memoryBytes: Int { search.memory.bytes }

  func validate() throws {
    if keep && !summary { throw ValidationError("--keep goes with --summary") }
    if limit != nil && !summary { throw ValidationError("--limit goes with --summary") }
    try usage {
      var request = Sessions.CounterfactualSummary()
      request.limit = limit
      try request.validate()
    }
  }

  func run() throws { if summary { try summarise() } else { try explain() } }

  private func explain() throws {
    var request = Sessions.Counterfactual()
    (request.picture, request.generator) = (picture, generator)
    request.network = try network.choice()
    (request.why, request.ratherThan) = (why, ratherThan)
    (request.search, request.comparisons) = (search.choice, try compared.chosen())
    (request.memory, request.seed) = (search.memory.allowance, place.seed)
    request.place = place.place(about: [picture], suffix: suffix)
    let answer = try request.answered()
    if place.json { return try Console.json(text: answer.manifest.json()) }
    for line in answer.lines { Console.show(line) }
    Console.show("", "Report: \(answer.folder)/index.html")
  }

  private func summarise() throws {
    var request = Sessions.CounterfactualSummary()
    (request.picture, request.generator) = (picture, generator)
    request.network = try network.choice()
    (request.why, request.ratherThan) = (why, ratherThan)
    (request.limit, request.keep) = (limit, keep)
    (request.search, request.comparisons) = (search.choice, try compared.chosen())
    (request.memory, request.seed) = (search.memory.allowance, place.seed)
    request.place = place.place(about: [picture], suffix: suffix)
    let answer = try request.answered()
    if place.json {
      try Console.json(text: answer.manifest.json())
    } else {
      show(answer)
    }
    if answer.failed > 0 {
      throw PartlyFailed(failed: answer.failed, total: answer.pictureCount)
    }
  }

  private func show(_ answer: CounterfactualSummary.Answer) {
    for pair in answer.manifest.foils + answer.manifest.pairs {
      let failures = pair.failedCount > 0 ? ", \(pair.failedCount) failed" : ""
      Console.show("\(pair.question) \(Counted.text(pair.count, "picture"))\(failures)")
      if let spot = pair.spot { Console.show("    \(spot.sentence)") }
      for other in pair.beside {
        Console.show("    \(other.name): \(other.spot?.sentence ?? "no change")")
      }
    }
    Console.show(
      "",
      "\(Counted.text(answer.questionCount, "question")), \(answer.unanswered) failed, "
        + "\(answer.thirdClassCount) with a third class likelier at the end")
    Console.show("", "Report: \(answer.folder)/index.html")
  }
}
