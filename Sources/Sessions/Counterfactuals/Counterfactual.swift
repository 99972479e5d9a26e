internal import Counterfactuals
internal import Foundation
internal import Imagery
internal import Networks
public import Report
internal import Tensors
internal import Terms

/// The nearest picture that a network calls Q as readily as P, as `rather counterfactual` shows it.
public struct Counterfactual: ContrastiveRequest {
  /// What commands and manifests call it.
  public static let name = "counterfactual"

  /// The picture.
  public var picture = ""
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// The generator's decoder; its card, `NAME.json` next to `NAME.pt2`, names the encoder.
  public var generator = ""
  /// P; the network's answer where nothing is said.
  public var why: String?
  /// Q, or `all` for every other class; the likeliest other class where nothing is said.
  public var ratherThan: String?
  /// How examples are searched for.
  public var search = SearchChoice()
  /// Other methods to show beside it.
  public var comparisons: [ComparedMethod] = []
  /// Bytes for weights, activations and samples; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// Where the report goes.
  public var place = PlaceChoice()
  /// What all randomness follows from.
  public var seed: UInt64 = 0

  /// Asks nothing yet.
  public init() {}

  /// What was found, and where it was written.
  public struct Answer: Sendable {
    /// The report's folder.
    public let folder: String
    /// Its manifest.
    public let manifest: ContrastiveManifest
    /// The answers in lines.
    public let lines: [String]
  }

  /// Fails where its parts do not go together.
  public func validate() throws { try validateParts() }

  var suffix: String { "rather" }

  /// Searches, and writes the report.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let folder = try claimed(telling)
    let work = try work(in: session)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: picture, isDirectory: &isFolder), isFolder.boolValue {
      throw RequestFault.unfit(
        "\(picture) is a folder; name a picture, or add --summary for all in it")
    }
    let photo = try PictureFile(contentsOf: picture)
    let answers = try work.search.answers(
      to: [ContrastiveQuestion(photo.picture, why: work.fact, ratherThan: work.foils)],
      of: work.network,
      drawnBy: work.generator, on: work.device, progress: telling.stage("searching"))[0]
    let prediction = try work.network.prediction(
      for: work.network.input(from: photo.picture, on: work.device))
    guard !answers.isEmpty else {
      throw InquiryError.factIsAnswer(prediction.likeliest(limit: 1).first?.label ?? "")
    }
    let manifest = try ContrastiveReport(
      network: work.network, picture: photo.picture, prediction: prediction, answers: answers,
      beside: try comparedMaps(work, answers, photo.picture, telling),
      provenance: work.provenance(about: photo.file)
    ).write(to: folder, existing: place.existing)
    let text = CounterfactualText(labels: work.network.labels)
    return Answer(
      folder: folder, manifest: manifest,
      lines: zip(answers, manifest.answers).map { text.line($0, failure: $1.failure) })
  }

  /// What the methods beside answer, by the place of the answer.
  private func comparedMaps(
    _ work: ContrastiveWork, _ answers: [ContrastiveAnswer], _ photo: Picture, _ telling: Telling
  ) throws -> [[ComparedMethodMap]] {
    var rows = [[ComparedMethodMap]](repeating: [], count: answers.count)
    for method in comparisons {
      let found = try work.answering.found(
        by: method, to: answers, about: photo, progress: telling.stage(method.title))
      for (i, one) in found.enumerated() {
        let note = ([method.note] + (one.map == nil ? [] : [one.remark].compactMap(\.self)))
          .joined(separator: "; ")
        rows[i].append(
          ComparedMethodMap(
            title: method.title, note: note,
            map: try one.map.map { try $0.rank == 3 ? $0.mean(axes: [0]) : $0 },
            failure: one.map == nil ? one.remark : nil))
      }
    }
    return rows
  }
}
