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

/// Every method on the menu.
enum AllMethods: UsualMethods {
  static let names = "all"
}

/// `rather compare`: one question, answered by many methods side by side.
struct Compare: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Answers one question by many methods, side by side.",
    discussion: """
      Writes the same folder as `rather explain`, with one map per method. A method that fails, \
      for example because it has no rule for one of the network's operators, is left out and \
      named.

        rather compare photo.jpg --model net.pt2 --why cello --rather-than violin
        rather compare photo.jpg --model net.pt2 --explainers grad-cam,rise,lime --settings rise:masks=2000
      """)

  @Argument(help: "The picture: JPEG, PNG, WebP, BMP or GIF.")
  var picture: String

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Question") var question: QuestionOptions

  @OptionGroup(title: "Methods") var methods: MethodOptions<AllMethods>

  @OptionGroup(title: "Check") var check: CheckOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Report") var report: ReportOptions

  var memoryBytes: Int { work.memory.bytes }

  func run() throws {
    let folder = try report.folder(
      about: picture,
      reading: network.inputs + Claim.files(namedIn: methods.settings + [check.fill]))
    let device = try network.chosenDevice()
    let loaded = try network.load()
    let checking = try check.checking(for: loaded, seed: report.seed)
    let list = try methods.list()
    let photo = try Picture(contentsOf: picture)
    let input = try loaded.card.input.input(from: photo).on(device)
    // What no method could answer ends the command before any of them works.
    let prediction = try loaded.prediction(for: input)
    var groups: [ExplainedPicture.Group] = []
    var failures: [(name: String, error: any Error)] = []
    for entry in list.entries {
      do {
        groups += try answered(by: entry, of: list, loaded, input, prediction)
      } catch let failure as MethodFailure {
        Console.message("\(entry.name) is left out: \(failure.reason)")
        failures.append((entry.name, failure.reason))
      }
    }
    if groups.isEmpty, let first = failures.first { throw first.error }
    let explained = ExplainedPicture(
      picture: photo, file: try Manifest.File(picture, showing: photo), prediction: prediction,
      note: failures.map { "Left out: \($0.name), because \($0.error)." }.joined(separator: " "),
      groups: groups)
    let checked = try checking?.checked(
      explained, loaded, at: input, within: work.resources(beside: loaded))
    try write(checked ?? explained, loaded, to: folder)
  }

  /// Why one method has no map, where others may.
  private struct MethodFailure: Fault {
    let reason: any Error

    var kind: FaultKind { (reason as? any Fault)?.kind ?? .defect }

    var description: String { "\(reason)" }
  }

  /// What one method answers.
  ///
  /// - Throws: ``MethodFailure`` where it does not fit this network or fails on this picture, whatever
  ///   the reason: hours of other methods' work are worth keeping.
  private func answered(
    by entry: ExplainerEntry, of list: MethodList, _ network: Network, _ input: Tensor,
    _ prediction: Prediction
  ) throws -> [ExplainedPicture.Group] {
    let method: ChosenExplainer
    do {
      method = try ChosenExplainer(
        named: entry.name, settings: list.settings(of: entry), layer: methods.layer(of: entry),
        reduction: work.reduce, for: network, on: input.device, seed: Seed(report.seed))
    } catch  where Self.isOfMethod(error) {
      throw MethodFailure(reason: error)
    }
    var asked = try question.asked(of: network, usual: method.usualScore)
    asked.isBare = true
    _ = try asked.groups(prediction, network.labels)
    let meter = Meter(method.entry.title)
    let start = Date()
    let answered: AskedQuestion.Answered
    do {
      answered = try asked.answered(
        by: method, about: network, at: input, prefix: method.entry.name + "/",
        within: work.resources(beside: network)
      ) { meter.show($0) }
    } catch { throw MethodFailure(reason: error) }
    let seconds = String(format: "%.1f", Date().timeIntervalSince(start))
    Console.message("\(method.entry.name)  \(seconds) s")
    return answered.groups.map { group in
      .init(
        title: method.entry.title, caption: method.entry.summary,
        method: group.method, prefix: group.prefix, answers: group.answers)
    }
  }

  private func write(
    _ explained: ExplainedPicture, _ network: Network, to folder: String
  ) throws {
    let title =
      explained.groups.first?.answers.first?.inquiry.question
      .text(network.labels, value: explained.prediction.value) ?? "No answer"
    let written = try report.write(
      Report(
        title: title, network: network, networkFile: self.network.file(of: network),
        pictures: [explained],
        drawing: report.drawing, command: CommandLine.quoted, seed: report.seed,
        version: Rather.version), to: folder)
    if report.json { return try Console.json(text: written.manifest.json()) }
    for map in written.manifest.maps {
      Console.show("\(map.explainer)  \(written.path)/\(map.png)")
      if let check = map.check { Console.show("    \(check.text)") }
    }
    Console.show("", "Report: \(written.path)/index.html")
  }

  /// Whether another method may do where this one cannot: it does not fit the network, needs more
  /// memory, or an operator failed on its numbers.
  static func isOfMethod(_ error: any Error) -> Bool {
    switch error {
    case NetworkError.noRule, NetworkError.noSpatialLayer, NetworkError.notSpatial,
      NetworkError.layerDoesNotReachOutput, SettingError.needsClasses,
      SettingError.noWeightsBehind, NetworkError.node, NetworkError.vanished,
      NetworkError.noGradient:
      true
    case is SampleError, is TensorError: true
    default: false
    }
  }
}
