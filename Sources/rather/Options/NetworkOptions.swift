import ArgumentParser
import Files
import Foundation
import Networks
import Report
import Tensors

/// Which network, and what its card says where there is none.
struct NetworkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The network, a .pt2 archive of torch.export.", valueName: "file"))
  var model: String

  @Option(help: ArgumentHelp("The card. (default: NAME.json next to NAME.pt2)", valueName: "file"))
  var card: String?

  @Option(help: ArgumentHelp("Without a card: the labels, one per line.", valueName: "file"))
  var labels: String?

  @Option(help: ArgumentHelp("Without a card: the mean of each channel, 0…1.", valueName: "r,g,b"))
  var mean: String?

  @Option(
    help: ArgumentHelp(
      "Without a card: the standard deviation of each channel.", valueName: "r,g,b"))
  var std: String?

  @Option(
    help: ArgumentHelp(
      "Without a card: how pictures are resized: shorter-side or squash.", valueName: "how"))
  var resize: String?

  @Option(
    help: ArgumentHelp(
      "Without a card: the part of the picture that is kept, 0…1.", valueName: "fraction"))
  var crop: Float?

  @Option(help: ArgumentHelp("Without a card: the input's size.", valueName: "HxW"))
  var inputSize: String?

  @Option(
    help: ArgumentHelp(
      "Without a card: the order of the channels: rgb, bgr or gray.", valueName: "order"))
  var channelOrder: String?

  @Option(
    help: ArgumentHelp("Without a card: the task: classification or regression.", valueName: "task")
  )
  var task: String?

  @Option(
    help: ArgumentHelp(
      "Without a card: what the network gives: logits, probabilities or value.", valueName: "kind"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Which of several outputs to explain. (default: the one the card names, or the only one that fits)",
      valueName: "name"))
  var outputName: String?

  @Option(help: ArgumentHelp("Processor threads. (default: all cores)", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  /// The device.
  func chosenDevice() throws -> Device { try Device.chosen(device) }

  func validate() throws {
    _ = try chosenDevice()
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be from 1 to 1024")
    }
  }

  /// Reads the network and its card, or makes a card of the options; its weights lie on the device.
  func load() throws -> Network {
    let device = try chosenDevice()
    return try read().on(device)
  }

  private func read() throws -> Network {
    if let threads { try LibTorch.setThreadCount(threads) }
    let program = try Program(contentsOf: model)
    let path = card ?? Card.path(besides: model)
    if card != nil || FileManager.default.fileExists(atPath: path) {
      if let option = namesInsteadOfCard.first {
        throw ValidationError(
          "there is a card, \(path), which says what \(option) says; leave the option out or "
            + "change the card")
      }
      var card = try Card(contentsOf: path)
      card.outputName = outputName ?? card.outputName
      return try Network(program: program, card: card, cardPath: path)
    }
    try program.checkTakesPictures()
    return try Network(
      program: program, card: CardFromOptions(options: self, program: program).card(path),
      cardPath: FileManager.default.currentDirectoryPath + "/card.json")
  }

  /// The options given that stand in for a card.
  private var namesInsteadOfCard: [String] {
    [
      ("--labels", labels), ("--mean", mean), ("--std", std), ("--resize", resize),
      ("--crop", crop.map { "\($0)" }), ("--input-size", inputSize),
      ("--channel-order", channelOrder), ("--task", task), ("--output", output),
    ].filter { $0.1 != nil }.map(\.0)
  }

  /// The file that names its classes: the labels given, or the card.
  var namesFile: String { labels ?? card ?? Card.path(besides: model) }

  /// The files that are read.
  var inputs: [String] {
    [model] + Claim.files(ofCard: card ?? Card.path(besides: model)) + (labels.map { [$0] } ?? [])
  }

  /// The network's file for a manifest.
  func file(of network: Network) throws -> Manifest.File {
    Manifest.File(
      path: model, sha256: try SHA256.hex(ofFile: model), output: network.explainedOutput?.name)
  }
}
