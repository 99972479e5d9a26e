public import ArgumentParser
import Contrast
import Files
import Foundation
public import Imagery
import Networks
import Report
import Saliency
import Tensors
import Terms

extension ColorMap: ExpressibleByArgument {}

/// `rather explain`: why P, rather than Q?
struct Explain: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Explains a picture: why this class, rather than that?",
    discussion: """
      Without a question, the whole output is explained. With a latent tree (--tree), the \
      likeliest classes are put in confusion clusters; each cluster is set against the others, and \
      each class against the rest of its cluster (CWOX-2s). Without a tree, each class is set \
      against the others. `rather documents` and `rather tree learn` make the tree. Writes a \
      folder with index.html, manifest.json, maps.npz and one picture per map.

        rather explain photo.jpg --model net.pt2
        rather explain photo.jpg --model net.pt2 --tree tree.json
        rather explain photo.jpg --model net.pt2 --why cello --rather-than violin
        rather explain photo.jpg --model net.pt2 --explainer rise --settings masks=2000
        rather explain photo.jpg --model net.pt2 --tree tree.json --check
      """)

  @Argument(help: "The picture: JPEG, PNG, WebP, BMP or GIF.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @OptionGroup(title: "Whole output") var whole: SchemeOptions
  @OptionGroup(title: "Method") var method: ExplainerOptions
  @OptionGroup(title: "Check") var check: CheckOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    let settings = [method.settings, whole.clusterSettings, whole.classSettings, check.fill]
    let folder = try report.folder(
      about: picture, reading: network.inputs + [whole.tree] + Claim.files(namedIn: settings))
    let device = try network.chosenDevice()
    let loaded = try network.load()
    let resources = work.resources(beside: loaded)
    let checking = try check.checking(for: loaded, seed: report.seed)
    if whole.isAsked {
      try whole.check(besides: question, of: loaded)
      return try explainWhole(loaded, on: device, checking, folder)
    }
    let chosen = try method.chosen(for: loaded, on: device, work, seed: report.seed)
    var asked = try question.asked(of: loaded, usual: chosen.usualScore)
    asked.mass = whole.mass
    asked.limit = whole.top
    let photo = try Picture(contentsOf: picture)
    let input = try loaded.card.input.input(from: photo).on(device)
    let meter = Meter(chosen.entry.title)
    let answered = try asked.answered(
      by: chosen, about: loaded, at: input, within: resources
    ) { meter.show($0) }
    let explained = ExplainedPicture(
      picture: photo,
      file: try Manifest.File(picture, showing: photo),
      prediction: answered.prediction, note: Self.note(asked, answered), groups: answered.groups)
    let checked = try checking?.checked(explained, loaded, at: input, within: resources)
    try show(
      write(checked ?? explained, Self.title(answered, asked, loaded.labels), loaded, to: folder))
  }

  private func explainWhole(
    _ loaded: Network, on device: Device, _ checking: MapChecking?, _ folder: String
  ) throws {
    let resources = work.resources(beside: loaded)
    let scheme = try SchemeAnswering(
      whole, question, method, work, for: loaded, on: device, seed: report.seed)
    let photo = try Picture(contentsOf: picture)
    let input = try loaded.card.input.input(from: photo).on(device)
    let meter = Meter(scheme.plan.scheme.title)
    let answered = try scheme.answered(about: loaded, at: input, within: resources) {
      meter.show($0)
    }
    if !answered.note.isEmpty { Console.message(answered.note) }
    let explained = ExplainedPicture(
      picture: photo, file: try Manifest.File(picture, showing: photo),
      prediction: answered.answer.prediction, note: answered.note, scheme: answered.scheme,
      clusters: answered.clusters, groups: answered.groups)
    let checked = try checking?.checked(explained, loaded, at: input, within: resources)
    let first = answered.groups.first
    let question = (first?.lead?.answer ?? first?.answers.first)?.inquiry.question
    try show(
      write(checked ?? explained, question?.text(loaded.labels) ?? "No answer", loaded, to: folder))
  }

  private func write(
    _ explained: ExplainedPicture, _ title: String, _ network: Network, to folder: String
  ) throws -> (path: String, manifest: Manifest) {
    try report.write(
      Report(
        title: title, network: network, networkFile: self.network.file(of: network),
        pictures: [explained],
        drawing: report.drawing, command: CommandLine.quoted, seed: report.seed,
        version: Rather.version), to: folder)
  }

  /// Why a whole output is explained without clusters.
  private static func note(
    _ asked: AskedQuestion, _ answered: AskedQuestion.Answered
  ) -> String {
    guard asked.isWholeOutput, (answered.groups.first?.answers.count ?? 0) > 2 else { return "" }
    return "No tree says which of these classes the network confuses (--tree), so each is set "
      + "against all others."
  }

  private static func title(
    _ answered: AskedQuestion.Answered, _ asked: AskedQuestion, _ labels: ClassLabels
  ) -> String {
    let prediction = answered.prediction
    guard let question = answered.groups.first?.answers.first?.inquiry.question else {
      return "No answer"
    }
    if asked.isWholeOutput, let rivals = question.foil?.indices.count, rivals > 1 {
      return "Why \(prediction.classes[0].label), rather than its \(rivals) closest rivals?"
    }
    return question.text(labels, value: prediction.value)
  }

  private func show(_ written: (path: String, manifest: Manifest)) throws {
    if report.json {
      try Console.json(text: written.manifest.json())
      return
    }
    for row in written.manifest.prediction {
      Console.show("\(Console.percent(row.probability))  \(row.label)")
    }
    if let value = written.manifest.value { Console.show("value \(value)") }
    Console.show("")
    for map in written.manifest.maps {
      let isInside = map.stage == "class"
      let indent = isInside ? "  " : ""
      Console.show("\(indent)\(map.question)", "\(indent)    \(written.path)/\(map.png)")
      if let check = map.check { Console.show("\(indent)    \(check.text)") }
    }
    Console.show("", "Report: \(written.path)/index.html")
  }
}

extension CommandLine {
  /// The command as one could type it again.
  static var quoted: String {
    (["rather"] + arguments.dropFirst()).map { word in
      let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_./,=:@+".contains($0) }
      return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}
