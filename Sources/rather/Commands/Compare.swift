import ArgumentParser
import Contrast
import Files
import Foundation
import Imagery
import Networks
import Report
import Saliency
import Tensors
import Terms

/// `rather compare`: one question, answered by many methods side by side.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers one question by many methods, side by side.",
    discussion: """
      Writes the folder that `rather explain` writes, with one map a method. A method that this \
      network has no rules for is left out and named.

        rather compare photo.jpg --model net.pt2 --why cello --rather-than violin
        rather compare photo.jpg --model net.pt2 --explainers grad-cam,rise,lime --settings rise:masks=2000
      """)

  @Argument(help: "The picture: JPEG, PNG, WebP, BMP or GIF.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @Option(help: ArgumentHelp("The methods, or all.", valueName: "name,…"))
  var explainers = "all"

  @Option(
    help: ArgumentHelp(
      "A method's settings; may be given for several.", valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("The layer of methods that use one.", valueName: "name"))
  var layer: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    let folder = try report.folder(about: picture)
    let device = try work.chosenDevice()
    let loaded = try network.load().on(device)
    let methods = try chosen(for: loaded)
    let photo = try Picture(contentsOf: picture)
    let input = try loaded.card.input.input(from: photo).on(device)
    var prediction: Prediction?
    var groups: [ExplainedPicture.Group] = []
    var failures: [(name: String, error: any Error)] = []
    for method in methods {
      do {
        let answered = try answered(by: method, loaded, input)
        prediction = prediction ?? answered.prediction
        groups += answered.groups
      } catch let error as NetworkError {
        Console.message("\(method.entry.name) is left out: \(error)")
        failures.append((method.entry.name, error))
      }
    }
    guard let prediction else { throw failures.first?.error ?? NetworkError.noTensorOutput }
    try write(folder, loaded, photo, prediction, groups, failures.map(\.name))
  }

  private func chosen(for network: Network) throws -> [ChosenExplainer] {
    let names =
      explainers == "all"
      ? ExplainerMenu.entries.map(\.name) : explainers.split(separator: ",").map(String.init)
    var given: [String: String] = [:]
    for text in settings {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, names.contains(parts[0]) else {
        throw ValidationError(
          "--settings here is NAME:key=value,… with one of the methods compared, not “\(text)”")
      }
      given[parts[0]] = parts[1]
    }
    return try names.map { name in
      let usesLayer = try ExplainerMenu.entry(named: name).layerUse == .always
      return try ChosenExplainer(
        named: name, settings: given[name] ?? "", layer: usesLayer ? layer : nil,
        reduction: work.reduce, for: network, seed: .init(report.seed))
    }
  }

  private func answered(
    by method: ChosenExplainer, _ network: Network, _ input: Tensor
  ) throws -> AskedQuestion.Answered {
    var asked = try question.asked(of: network, usual: method.usualScore)
    asked.isBare = true
    let meter = Meter(method.entry.title, patience: 1)
    let start = Date()
    let answered = try asked.answered(
      by: method, about: network, at: input, prefix: method.entry.name + "/",
      within: work.resources
    ) { meter.show($0) }
    let seconds = String(format: "%.1f s", Date().timeIntervalSince(start))
    return .init(
      prediction: answered.prediction,
      groups: answered.groups.map { group in
        .init(
          title: method.entry.title, caption: "\(method.entry.summary) · \(seconds)",
          method: group.method, prefix: group.prefix, answers: group.answers)
      })
  }

  private func write(
    _ folder: String, _ network: Network, _ photo: Picture, _ prediction: Prediction,
    _ groups: [ExplainedPicture.Group], _ missing: [String]
  ) throws {
    let explained = ExplainedPicture(
      picture: photo,
      file: Manifest.File(
        path: picture, sha256: try SHA256.hex(ofFile: picture),
        size: .init(width: photo.width, height: photo.height)),
      prediction: prediction,
      note: missing.isEmpty
        ? ""
        : "Left out, for this network has operators they have no rule for: "
          + missing.joined(separator: ", ") + ".",
      groups: groups)
    let title =
      groups.first?.answers.first?.inquiry.question
      .text(network.labels, value: prediction.value) ?? "No answer"
    let written = try report.write(
      Report(
        title: title, network: network, networkFile: self.network.file(), pictures: [explained],
        drawing: report.drawing, command: CommandLine.quoted, seed: report.seed,
        version: Rather.version), to: folder)
    if report.json { return try Console.output(Data(written.manifest.json().utf8)) }
    for group in groups { print("\(group.title): \(group.caption)") }
    print("\nReport: \(written.path)/index.html")
  }
}
