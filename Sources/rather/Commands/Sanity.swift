import ArgumentParser
import Contrast
import Faithfulness
import Files
import Foundation
import Imagery
import Networks
import Report
import Saliency
import Tensors
import Terms

/// Fast methods of different families.
enum SanityMethods: UsualMethods {
  static let names = "grad-cam,saliency,integrated-gradients,guided-backprop"
}

/// `rather sanity`: do a method's maps depend on the weights, on the fact and on the foil?
struct Sanity: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Tests whether maps depend on the network's weights, on the fact and on the foil.",
    discussion: """
      A map that stays the same when the network has forgotten what it learnt shows the picture's \
      edges, not the network; one that stays the same for another fact or foil does not answer the \
      question. Randomises weights from the output down (cascade) and one stage at a time \
      (independent), asks about other classes (logit), and puts other classes in the place of the \
      fact and of the foil. Without a question, the network's answer is set against its runner-up. \
      Writes a folder with index.html, manifest.json and maps.npz.

        rather sanity photo.jpg --model net.pt2
        rather sanity photo.jpg --model net.pt2 --why cello --rather-than violin
        rather sanity photo.jpg --model net.pt2 --explainers grad-cam,lrp,rise --settings rise:masks=500 --tests cascade,foil
      """)

  @Argument(help: "The picture: JPEG, PNG, WebP, BMP or GIF.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @OptionGroup(title: "Methods") var methods: MethodOptions<SanityMethods>

  @OptionGroup(title: "Tests") var choice: SanityOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: FolderOptions

  /// How the folder is called after the picture's name.
  var suffix: String { "sanity" }

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    let folder = try report.folder(
      about: picture, suffix: suffix,
      reading: network.inputs + Claim.files(namedIn: methods.settings))
    let list = try methods.list()
    let loaded = try network.load()
    if loaded.card.task == .regression { throw FaithfulnessError.regression }
    let photo = try Picture(contentsOf: picture)
    let input = try loaded.card.input.input(from: photo).on(network.chosenDevice())
    let prediction = try loaded.prediction(for: input)
    let asked = try asked(of: loaded, prediction)
    let questions = SanityQuestions(
      about: asked, classCount: loaded.classCount, draws: choice.draws, seed: Seed(report.seed))
    let check = try SanityCheck(
      of: loaded, asking: questions, tests: choice.tests(for: questions),
      stageCount: choice.stages, comparing: choice.signed ? .signed : .shown,
      seed: Seed(report.seed))
    var tested: [SanityReport.Tested] = []
    var leftOut: [(name: String, error: any Error)] = []
    for entry in list.entries {
      do {
        tested.append(
          try self.tested(entry, list.settings(of: entry), by: check, of: loaded, at: input))
      } catch  where Compare.isOfMethod(error) {
        Console.message("\(entry.name) is left out: \(error)")
        leftOut.append((entry.name, error))
      }
    }
    if tested.isEmpty, let failure = leftOut.first { throw failure.error }
    let written = try SanityReport(
      network: loaded, networkFile: network.file(of: loaded), picture: photo,
      file: Manifest.File(picture, showing: photo), prediction: prediction, question: asked,
      stages: check.stages, maps: check.maps, tested: tested,
      leftOut: leftOut.map { .init(explainer: $0.name, reason: "\($0.error)") },
      command: CommandLine.quoted, seed: report.seed, version: Rather.version
    ).write(to: folder, existing: report.existing)
    try show(written, in: folder)
  }

  /// The question; without one, why the answer rather than the runner-up.
  private func asked(of network: Network, _ prediction: Prediction) throws -> Question {
    let typed = try question.asked(of: network)
    let fact = try typed.fact ?? typed.answer(prediction, network.labels)
    let isOpen = typed.fact == nil && typed.foil == nil
    let second = prediction.classes.dropFirst().first.map { ClassSet($0.index) }
    guard let foil = typed.foil ?? (isOpen ? second : nil) else { return .why(fact) }
    let asked = Question.whyRatherThan(fact, foil)
    // A mistake in the question shows before any work is done.
    _ = try typed.inquiry(asked)
    return asked
  }

  private func tested(
    _ entry: ExplainerEntry, _ settings: String, by check: SanityCheck, of network: Network,
    at input: Tensor
  ) throws -> SanityReport.Tested {
    let method = try ChosenExplainer(
      named: entry.name, settings: settings, layer: methods.layer(of: entry),
      reduction: work.reduce, for: network, on: input.device, seed: Seed(report.seed))
    let typed = try question.asked(of: network, usual: method.usualScore)
    let asked = check.questions.asked
    let meter = Meter(entry.title)
    let found = try check.results(
      of: method.explainer, at: input, within: work.resources(beside: network),
      asking: { question in
        let isBare = asked.foil != nil && question.foil == nil
        return isBare ? try typed.alone(question) : try typed.inquiry(question)
      }, progress: { meter.show($0) })
    let inquiry = try typed.inquiry(asked)
    return .init(
      method: method.method, score: inquiry.kind.rawValue, contrast: inquiry.contrast?.rawValue,
      results: found.results)
  }

  private func show(_ manifest: SanityManifest, in folder: String) throws {
    if report.json { return try Console.json(text: manifest.json()) }
    Console.show(manifest.question, "")
    for line in SanityTable(manifest).lines { Console.show(line) }
    Console.show("", "Report: \(folder)/index.html")
  }
}
