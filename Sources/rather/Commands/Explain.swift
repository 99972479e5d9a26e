public import ArgumentParser
import Contrast
import Files
import Foundation
public import Imagery
import Networks
import Report
import Saliency
import Terms

extension ColorMap: ExpressibleByArgument {}

/// `rather explain`: why P, rather than Q?
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explains a picture: why this class, rather than that?",
    discussion: """
      Without a question, each of the likeliest classes is set against the others. Writes a folder \
      with index.html, manifest.json, maps.npz and one picture a map.

        rather explain photo.jpg --model net.pt2
        rather explain photo.jpg --model net.pt2 --why cello --rather-than violin
      """)

  @Argument(help: "The picture: JPEG, PNG, WebP, BMP or GIF.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @Option(
    help: ArgumentHelp(
      "The layer to explain at; the card's, or else the last spatial one.", valueName: "name"))
  var layer: String?

  @OptionGroup(title: "Report") var report: ReportOptions

  func run() throws {
    let loaded = try network.load()
    let pivot = try loaded.pivot(named: layer)
    let explainer = try GradCAM(at: pivot.layer)
    let asked = try question.asked(of: loaded)
    let photo = try Picture(contentsOf: picture)
    var groups: [AskedQuestion.Group] = []
    let answers = try explainer.answers(about: loaded, at: loaded.card.input.input(from: photo)) {
      groups = try asked.groups($0, loaded.labels)
      return groups.flatMap(\.inquiries)
    }
    let explained = ExplainedPicture(
      picture: photo,
      file: Manifest.File(
        path: picture, sha256: try SHA256.hex(ofFile: picture),
        size: .init(width: photo.width, height: photo.height)),
      prediction: answers.prediction, groups: Self.grouped(answers.all, as: groups))
    let title = Self.title(groups, asked, loaded.labels, answers.prediction)
    let written = try report.write(
      Report(
        title: title, network: loaded, networkFile: network.file(),
        pictures: [explained],
        method: Method(
          explainer: "grad-cam", layer: pivot.layer.name, layerChoice: pivot.choice),
        drawing: report.drawing, command: CommandLine.quoted, seed: report.seed,
        version: Rather.version), about: picture)
    try show(written, answers.prediction)
  }

  private static func title(
    _ groups: [AskedQuestion.Group], _ asked: AskedQuestion, _ labels: ClassLabels,
    _ prediction: Prediction
  ) -> String {
    guard let question = groups.first?.inquiries.first?.question else { return "No answer" }
    if asked.isWholeOutput, let rivals = question.foil?.indices.count, rivals > 1 {
      return "Why \(prediction.classes[0].label), rather than its \(rivals) closest rivals?"
    }
    return question.text(labels, value: prediction.value)
  }

  private static func grouped(
    _ answers: [Answer], as groups: [AskedQuestion.Group]
  ) -> [ExplainedPicture.Group] {
    var rest = answers[...]
    return groups.map { group in
      defer { rest = rest.dropFirst(group.inquiries.count) }
      return .init(title: group.title, answers: Array(rest.prefix(group.inquiries.count)))
    }
  }

  private func show(_ written: (path: String, manifest: Manifest), _ prediction: Prediction) throws
  {
    if report.json {
      try Console.output(Data(written.manifest.json().utf8))
      return
    }
    for row in written.manifest.prediction {
      print("\(Console.percent(row.probability))  \(row.label)")
    }
    if let value = prediction.value { print("value \(value)") }
    print("")
    for map in written.manifest.maps { print("\(map.question)\n    \(written.path)/\(map.png)") }
    print("\nReport: \(written.path)/index.html")
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
