import ArgumentParser
import Datasets
import Foundation
import Networks
import Terms
import Training

/// What of the training pictures is changed, to see what a network then learns.
struct ShortcutOptions: ParsableArguments {
  @Option(
    name: .customLong("plant"),
    help: ArgumentHelp(
      "Put a grey square in the top left corner of every training picture of a class: "
        + "a shortcut to look for in explanations.", valueName: "class"))
  var plantedClass: String?

  @Option(
    help: ArgumentHelp("The side of the square, in pixels. (default: 6)", valueName: "pixels"))
  var plantSide: Int?

  @Option(
    help: ArgumentHelp(
      "Learn from at most this many pictures of a class, such as 8:40; 8:0 leaves the class out.",
      valueName: "class:count"))
  var limit: [ClassLimit] = []

  func validate() throws {
    if plantSide != nil, plantedClass == nil {
      throw ValidationError("--plant-side goes with --plant; add it")
    }
    if let plantSide, plantSide < 1 { throw ValidationError("--plant-side must be 1 or more") }
  }

  /// The data set with its training pictures changed, and the square that was planted.
  func changed(
    _ dataset: Dataset, seed: Seed
  ) throws -> (dataset: Dataset, square: PlantedSquare?) {
    let labels = ClassLabels(dataset.train.classNames)
    var train = dataset.train
    for limit in limit {
      train = try train.limiting(labels.index(of: limit.name), to: limit.count, seed: seed)
    }
    let square = try plantedClass.map {
      PlantedSquare(of: try labels.index(of: $0), side: plantSide ?? 6)
    }
    if let square { train = try square.planted(on: .own, of: train) }
    return (Dataset(name: dataset.name, train: train, test: dataset.test), square)
  }

  /// What a network that learnt from the changed pictures does, in lines.
  func lines(
    about network: Network, square: PlantedSquare?, on test: PictureSet
  ) throws -> [String] {
    guard let square else { return [] }
    let found = try ShortcutTest(of: network, on: test, planting: square)
    let name = test.classNames[square.classIndex]
    return [
      String(format: "Of “\(name)” without the square recognised %.4f", found.recognisedFraction),
      String(format: "Of all others with the square called “\(name)” %.4f", found.mistakenFraction),
    ]
  }
}

/// A class and how many of its pictures are learnt from, as typed.
struct ClassLimit: ExpressibleByArgument {
  let name: String
  let count: Int

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"),
      let count = Int(argument[argument.index(after: colon)...]), count >= 0
    else { return nil }
    name = String(argument[..<colon])
    self.count = count
  }
}
