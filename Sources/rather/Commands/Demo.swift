import ArgumentParser
import Contrast
import Datasets
import Files
import Foundation
import Imagery
import Networks
import Report
import Saliency
import Sessions
import Tensors
import Terms
import Training

/// `rather demo`: from nothing to a report, in about two minutes.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a classifier on Fashion-MNIST and explains what it confuses.")

  @Option(name: [.short, .long], help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output = "out/demo"

  @Option(help: "How many confusions to explain.")
  var pictures = 6

  @Option(help: "Passes over the training pictures.")
  var epochs = 4

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  @OptionGroup var overwriting: OverwritingOption

  func validate() throws {
    _ = try Device.chosen(device)
    if pictures < 1 { throw ValidationError("--pictures must be 1 or more") }
    if epochs < 1 { throw ValidationError("--epochs must be 1 or more") }
  }

  func run() throws {
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch { throw FileError.refusal(of: output, error) }
    let isDefault = seed == 0 && epochs == 4
    let model = "\(output)/clothes\(isDefault ? "" : "-seed\(seed)-epochs\(epochs)").pt2"
    let isTrained = FileManager.default.fileExists(atPath: model)
    try overwriting.check(
      isTrained ? [] : [model, Card.path(besides: model)], folders: ["\(output)/report"], beside: []
    )
    let dataset = try PublishedDataset.fashionMNIST.load()
    let network = try trained(model, dataset)
    let test = try ClassifierTest(of: network, on: dataset.test)
    Console.show(String(format: "Test accuracy %.4f", test.accuracy))
    let confusions = test.commonConfusions(limit: pictures)
    let method = try ChosenExplainer(
      named: "grad-cam", settings: "", layer: nil, reduction: .sum, for: network, seed: Seed(seed))
    let explained = try confusions.map { try explain($0, in: dataset.test, network, method) }
    let report = Report(
      title: "What the clothes network confuses, and why", network: network,
      pictures: explained, drawing: Drawing(),
      provenance: Provenance(
        command: CommandLine.quoted,
        network: .init(path: model, sha256: try SHA256.hex(ofFile: model)), seed: seed,
        version: Rather.version))
    _ = try report.write(to: "\(output)/report", existing: overwriting.existing)
    for picture in explained {
      for answer in picture.groups.prefix(1).flatMap(\.answers).prefix(1) {
        Console.show(answer.inquiry.question.text(network.labels))
      }
    }
    Console.show("\(output)/report/index.html")
    let photos = try writePictures(of: dataset.test)
    Console.show(
      CommandText.joined([CommandLine.arguments[0], "serve", "--model", model, photos]))
  }

  /// Writes some test pictures for the workbench, and gives their folder.
  private func writePictures(of set: PictureSet) throws -> String {
    let folder = "\(output)/pictures"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw FileError.refusal(of: folder, error) }
    for place in 0..<min(12, set.count) {
      let picture = try Picture(
        width: set.width, height: set.height,
        pixels: set.pixels(of: place).flatMap { [$0, $0, $0] })
      try WholeFile.write(picture.png(), to: "\(folder)/test-\(place).png")
    }
    return folder
  }

  /// The network of an earlier run where it is there, a new one where not.
  private func trained(_ path: String, _ dataset: Dataset) throws -> Network {
    if FileManager.default.fileExists(atPath: path) {
      let known = try Network(contentsOf: path)
      Console.message("Using \(path), which was trained before; delete it to train again.")
      return known
    }
    let bar = ProgressBar("training")
    var training = ClassifierTraining(epochCount: epochs, seed: Seed(seed))
    training.device = try Device.chosen(device)
    let outcome = try training.train(on: dataset) { bar.show($0) }
    try Destination.save(to: path) { try outcome.network.write(to: $0) }
    return outcome.network
  }

  private func explain(
    _ confusion: ClassifierTest.Confusion, in set: PictureSet, _ network: Network,
    _ method: ChosenExplainer
  ) throws -> ExplainedPicture {
    let picture = try Picture(
      width: set.width, height: set.height,
      pixels: set.pixels(of: confusion.picture).flatMap { [$0, $0, $0] })
    let file = "\(output)/test-\(confusion.picture).png"
    let png = try picture.png()
    try WholeFile.check(file, existing: overwriting.existing)
    try WholeFile.write(Array(png), to: file)
    let answered = try OneQuestion.answered(
      why: ClassSet(confusion.answer), ratherThan: ClassSet(confusion.truth), by: method,
      about: network, at: network.input(from: picture))
    let truth = network.labels[confusion.truth]
    return ExplainedPicture(
      prefix: "test-\(confusion.picture)/", picture: try picture.enlarged(by: 10),
      file: .init(
        path: file, sha256: SHA256.hex(of: png),
        size: .init(width: picture.width, height: picture.height)),
      prediction: answered.prediction,
      note: "Test picture \(confusion.picture) of Fashion-MNIST; it is labelled \(truth).",
      groups: answered.groups)
  }
}

extension Picture {
  /// Every pixel as a square of some pixels a side, so that small pictures can be looked at.
  fileprivate func enlarged(by factor: Int) throws -> Picture {
    var large: [UInt8] = []
    large.reserveCapacity(pixels.count * factor * factor)
    for y in 0..<height * factor {
      for x in 0..<width * factor {
        let start = ((y / factor) * width + x / factor) * 3
        large += pixels[start..<start + 3]
      }
    }
    return try Picture(width: width * factor, height: height * factor, pixels: large)
  }
}
