public import Contrast
public import Faithfulness
public import Files
public import Foundation
public import Networks
public import Report
public import Saliency
public import Terms

/// What a network answered for a photo, and the maps that say why.
public struct PhotoAnswer: Sendable {
  /// The network that was asked.
  public let network: Network
  /// The photo that it was asked about.
  public let photo: Photo
  /// How the maps were found.
  public let method: Method
  /// What the explainer's random choices followed from.
  public let seed: Seed
  /// What the network answered.
  public let prediction: Prediction
  /// One answer a question, in the order they were asked.
  public let answers: [Answer]

  /// The map of the first question.
  public var map: SaliencyMap { answers[0].map }

  /// A question in words: “Why cello, rather than violin?”
  public func text(_ answer: Answer) -> String {
    answer.inquiry.question.text(network.labels, value: prediction.value)
  }

  /// What becomes of P and Q while the pixels that each map names go and come back.
  ///
  /// - Parameters:
  ///   - settings: How maps are measured.
  ///   - fill: What a deleted pixel becomes.
  ///   - resources: What may be used; it decides how many altered photos go through the network at once.
  ///   - progress: Called after each pass; throwing stops the computation.
  /// - Returns: The curves of each answer's map.
  /// - Complexity: some hundred forward passes a map; see `MapMeasurer`.
  /// - Throws: `FaithfulnessError` for a regression, or a map that is not finite.
  public func curves(
    _ settings: MetricSettings = MetricSettings(), fill: Baseline = .mean,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> [MapCurves] {
    let measured = try answers.map { answer in
      let question = answer.inquiry.question
      guard let fact = question.fact else { throw FaithfulnessError.regression }
      return MeasuredMap(answer.map.values, of: fact, against: question.foil)
    }
    let runner = try CurveRunner(
      network, at: network.input(of: photo), fill: fill, within: resources)
    return try MapMeasurer(runner, settings).curves(of: measured, progress: progress)
  }

  /// Writes a folder with a page, a manifest, the maps as numbers and a picture of each, whole or not at all.
  ///
  /// - Parameters:
  ///   - folder: The folder, which is made where it is missing.
  ///   - existing: What to do with a report that is there already.
  ///   - drawing: How maps are drawn.
  /// - Throws: `FileError` where the folder cannot be written, is not empty, or is being read.
  @discardableResult
  public func save(
    to folder: URL, existing: ExistingFiles = .refuse, drawing: Drawing = Drawing()
  ) throws -> Manifest {
    let path = folder.path(percentEncoded: false)
    let networkPath = network.path ?? ""
    try Report.check(path, existing: existing, beside: [networkPath, photo.file.path])
    let group = ExplainedPicture.Group(
      title: answers.count == 1 ? "The answer" : "The answers", method: method, answers: answers)
    let explained = ExplainedPicture(
      picture: photo.picture, file: photo.file, prediction: prediction, groups: [group])
    return try Report(
      title: text(answers[0]), network: network, pictures: [explained], drawing: drawing,
      provenance: Provenance(
        network: network.path.map {
          try Manifest.File(path: $0, sha256: SHA256.hex(ofFile: $0))
        }, seed: seed.value)
    ).write(to: path, existing: existing)
  }
}
