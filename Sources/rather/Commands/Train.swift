import ArgumentParser
import Datasets
import Foundation
import Networks
import Tensors
import Terms
import Training

/// `rather train`: small networks made here.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains small networks.",
    subcommands: [TrainClassifier.self])
}

/// `rather train classifier`: a small convolutional classifier.
struct TrainClassifier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Trains a small convolutional classifier and saves it as .pt2 with its card.",
    discussion: "The file opens in Python by torch.export.load.")

  @Option(
    help: ArgumentHelp(
      "fashion-mnist, mnist, or a folder that holds one folder of pictures a class or IDX files "
        + "under MNIST's names.",
      valueName: "data"))
  var data: String

  @Option(help: ArgumentHelp("Where the published data set lies.", valueName: "folder"))
  var from: String?

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file.pt2"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Passes over the training pictures; 4 over many, more over few.", valueName: "count"))
  var epochs: Int?

  @Option(help: "For a folder: pixels a side of the pictures as the network sees them.")
  var size = 64

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1.", valueName: "device"))
  var device: String?

  @OptionGroup(title: "Shortcuts") var shortcuts: ShortcutOptions

  func validate() throws {
    _ = try Device.chosen(device)
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be 1 or more") }
    if size < 16 || size > 512 { throw ValidationError("--size must be from 16 to 512") }
  }

  func run() throws {
    try Destination.check(output)
    let (dataset, square) = try shortcuts.changed(load(), seed: Seed(seed))
    let meter = Meter("training")
    var training = ClassifierTraining(for: dataset.train.count, seed: Seed(seed))
    if let epochs { training.epochCount = epochs }
    training.device = try Device.chosen(device)
    let outcome = try training.train(on: dataset) { meter.show($0) }
    try Destination.save(outcome.network, to: output)
    print(String(format: "Test accuracy %.4f", outcome.test.accuracy))
    for line in try shortcuts.lines(about: outcome.network, square: square, on: dataset.test) {
      print(line)
    }
    print(output)
  }

  private func load() throws -> Dataset {
    if let published = PublishedDataset(rawValue: data) { return try published.load(from: from) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: data, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw DatasetError.unknown(data, known: PublishedDataset.allCases.map(\.rawValue))
    }
    if let files = IDXFolder(path: data, seed: Seed(seed)) { return try files.load() }
    let meter = Meter("reading")
    let input = Preprocessing.square(size)
    return try FolderDataset(path: data, seed: Seed(seed)).load(fit: { try input.cut($0) }) {
      meter.show($0)
    }
  }
}

/// Where a trained network goes.
enum Destination {
  /// Fails before the work is done rather than after it.
  static func check(_ path: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    guard path.hasSuffix(".pt2") else {
      throw ValidationError("-o must name a file that ends in .pt2")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw ValidationError("\(path) is a folder; -o must name a file")
    }
    guard FileManager.default.createFile(atPath: path + ".part", contents: nil) else {
      throw ValidationError("\(folder) is not a folder that can be written to")
    }
    unlink(path + ".part")
  }

  /// Saves a network with its card beside it; the card last.
  static func save(_ network: Network, to path: String) throws {
    try network.program.write(to: path)
    try network.card.write(to: Card.path(besides: path))
  }
}
