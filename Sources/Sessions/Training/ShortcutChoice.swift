internal import Datasets
internal import Foundation
internal import Networks
internal import Terms
internal import Training

/// What of the training pictures is changed, to see what a network then learns.
public struct ShortcutChoice: Defaulted {
  /// The class whose training pictures get a grey square in the top left corner: a shortcut to look for in
  /// explanations.
  public var plantedClass: String?
  /// The side of the square, in pixels; 6 where nothing is said.
  public var plantSide: Int?

  package static let defaultSide = 6
  /// Classes of which only some pictures are learnt from.
  public var limits: [ClassLimit] = []

  /// Changes nothing.
  public init() {}

  package func validate() throws {
    if plantSide != nil, plantedClass == nil {
      throw RequestFault.unfit("--plant-side goes with --plant; add it")
    }
    if let plantSide, plantSide < 1 { throw RequestFault.unfit("--plant-side must be 1 or more") }
  }

  /// The data set with its training pictures changed, and the square that was planted.
  func changed(
    _ dataset: Dataset, seed: Seed
  ) throws -> (dataset: Dataset, square: PlantedSquare?) {
    let labels = ClassLabels(dataset.train.classNames)
    var train = dataset.train
    for limit in limits {
      train = try train.limiting(labels.index(of: limit.name), to: limit.count, seed: seed)
    }
    let square = try plantedClass.map {
      PlantedSquare(of: try labels.index(of: $0), side: plantSide ?? Self.defaultSide)
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

/// A class and how many of its pictures are learnt from; 0 leaves it out.
public struct ClassLimit: Codable, Hashable, Sendable {
  /// The class's name.
  public let name: String
  /// The largest number of its pictures.
  public let count: Int

  /// Limits a class.
  public init(name: String, count: Int) { (self.name, self.count) = (name, count) }
}
