import ArgumentParser
import Counterfactuals
import Files
import Foundation
import Imagery
import Networks
import Report
import Tensors
import Terms

/// `rather counterfactual`: the nearest picture that is as much Q as P.
struct Counterfactual: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the nearest picture that the network calls Q as readily as P.",
    discussion: """
      A generator draws the pictures: one trained by `rather train vae`, or any that PyTorch \
      exported. The difference from the input answers the question: it is P rather than Q because \
      what would have to be added is missing, and what would have to be taken away is there.

        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2
        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2 --rather-than all
        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2 --why 4 --rather-than 9 --method xgems
        rather counterfactual photos/ --model digits.pt2 --generator vae.pt2 --rather-than 8 --summary
      """)

  @Argument(help: "The picture; with --summary a folder of pictures, or a list, a path a line.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "The generator's decoder; its card, NAME.json beside NAME.pt2, names the encoder.",
      valueName: "file"))
  var generator: String

  @Option(
    help: ArgumentHelp("P; the network's answer otherwise.", valueName: "class,…"))
  var why: String?

  @Option(
    help: ArgumentHelp(
      "Q, or all for every other class; the likeliest other class otherwise.",
      valueName: "class,…|all"))
  var ratherThan: String?

  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Report") var place: FolderOptions

  func run() throws {
    let loaded = try network.load()
    let device = try network.chosenDevice()
    let drawing = try Generator(contentsOf: generator).on(device)
    let photo = try Picture(contentsOf: picture)
    let meter = Meter("searching", patience: 1)
    let answers = try search.search(seed: place.seed).answers(
      to: [
        AskedPicture(photo, why: try fact(loaded.labels), ratherThan: try foils(loaded.labels))
      ], of: loaded, drawnBy: drawing, on: device
    ) { meter.show($0) }
    for answer in answers[0] { print(CounterfactualText(labels: loaded.labels).line(answer)) }
  }

  private func fact(_ labels: ClassLabels) throws -> ClassSet? {
    try why.map { try QuestionOptions.classes($0, labels) }
  }

  private func foils(_ labels: ClassLabels) throws -> AskedPicture.Foils {
    guard let ratherThan else { return .closest }
    if ratherThan == "all", (try? labels.index(of: "all")) == nil { return .all }
    return .sets([try QuestionOptions.classes(ratherThan, labels)])
  }
}
