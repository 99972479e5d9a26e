import ArgumentParser
import Counterfactuals
import Files
import Foundation
import Imagery
import Networks
import Report
import Sessions
import Tensors
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
        rather counterfactual digit.png --model digits.pt2 --generator vae.pt2 --why 4 --rather-than 9 --beside lime,xgems
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
  @OptionGroup(title: "Beside") var beside: BesideOptions
  @OptionGroup(title: "Report") var place: FolderOptions

  /// How the folder is called after the picture's name.
  var suffix: String { summary ? "summary" : "rather" }

  var memoryBytes: Int { search.memory.bytes }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
    if keep && !summary { throw ValidationError("--keep goes with --summary") }
    if limit != nil && !summary { throw ValidationError("--limit goes with --summary") }
  }

  func run() throws {
    let network = try self.network.choice()
    if let threads = network.threads { try LibTorch.setThreadCount(threads) }
    let folder = place.place(about: [picture], suffix: suffix).folder ?? ""
    try Claim.outputs(
      folders: [folder], existing: place.existing,
      reading: [picture] + network.inputs + Claim.files(ofGenerator: generator))
    let device = try network.chosenDevice()
    let loaded = try network.load()
    let work = ContrastiveWork(
      network: loaded, networkFile: try network.file(of: loaded),
      generator: try Generator(contentsOf: generator).on(device),
      generatorFiles: try Self.files(of: generator), fact: try fact(loaded.labels),
      foils: try foils(loaded.labels), search: search.search(beside: loaded, seed: place.seed),
      beside: try beside.chosen(), device: device, place: place)
    if summary {
      try work.summarise(picture, limit: limit, keep: keep, to: folder)
    } else {
      try work.explain(picture, to: folder)
    }
  }

  private func fact(_ labels: ClassLabels) throws -> ClassSet? {
    try why.map { try QuestionChoice.classes($0, labels) }
  }

  private func foils(_ labels: ClassLabels) throws -> AskedPicture.Foils {
    guard let ratherThan else { return .closest }
    if ratherThan == "all", (try? labels.index(of: "all")) == nil { return .all }
    return .sets([try QuestionChoice.classes(ratherThan, labels)])
  }

  /// The generator's files for a manifest.
  private static func files(of path: String) throws -> [Manifest.File] {
    let card = try GeneratorCard(contentsOf: Card.path(besides: path))
    let folder = URL(filePath: path).deletingLastPathComponent().relativePath
    let encoder = card.encoder.map { name in
      name.hasPrefix("/") || !path.contains("/") ? name : "\(folder)/\(name)"
    }
    return try [path, encoder].compactMap(\.self).map {
      Manifest.File(path: $0, sha256: try SHA256.hex(ofFile: $0))
    }
  }
}
