import ArgumentParser
import Datasets
import Foundation
import Networks
import Sessions
import Tensors
import Terms

/// What to train on, where, and what to write.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "fashion-mnist, mnist, or a folder that holds one folder of pictures per class, "
        + "or IDX files under MNIST's names.",
      valueName: "data"))
  var data: String

  @Option(help: ArgumentHelp("The folder that holds the published data set.", valueName: "folder"))
  var from: String?

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file.pt2"))
  var output: String

  @Option(help: "For a folder: the side of the pictures as the network sees them, in pixels.")
  var size = 64

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  @OptionGroup var memory: MemoryOption

  @OptionGroup var overwriting: OverwritingOption

  /// The files and folders that are read.
  ///
  /// Of a folder, the classes' folders and the IDX files; a network may lie beside them.
  var inputs: [String?] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    let read = names.filter { !$0.hasSuffix(".pt2") && !$0.hasSuffix(".json") }
    return read.map { "\(data)/\($0)" } + [from]
  }

  var chosenSeed: Seed { Seed(seed) }

  func chosenDevice() throws -> Device { try Device.chosen(device) }

  func validate(epochs: Int?, sizes: ClosedRange<Int>) throws {
    _ = try chosenDevice()
    if let epochs, epochs < 1 { throw ValidationError("--epochs must be 1 or more") }
    if !sizes.contains(size) {
      throw ValidationError("--size must be from \(sizes.lowerBound) to \(sizes.upperBound)")
    }
  }

  /// Reads the pictures.
  func dataset() throws -> Dataset {
    if let published = PublishedDataset(rawValue: data) { return try published.load(from: from) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: data, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw DatasetError.unknown(data, known: PublishedDataset.allCases.map(\.rawValue))
    }
    if let files = IDXFolder(path: data, seed: chosenSeed) { return try files.load() }
    let meter = Meter("reading")
    let input = Preprocessing.square(size)
    return try FolderDataset(path: data, seed: chosenSeed).load(fit: { try input.cut($0) }) {
      meter.show($0)
    }
  }
}
