public import Datasets
public import Networks

/// Whether a classifier looks for a planted square instead of the class.
///
/// Of a network that learnt the square, Feghahati (2020, section 3.2.2) reports 5 % and 77 %.
public struct ShortcutTest: Sendable {
  /// The share of the class's pictures, as they are, that the network recognises, 0…1.
  public let recognisedFraction: Float
  /// The share of all other classes' pictures that it takes for the class once they have the
  /// square, 0…1.
  public let mistakenFraction: Float

  /// Asks a network about true pictures, and about others with the square.
  ///
  /// - Parameter set: True pictures, of the class and of others.
  /// - Complexity: one forward pass a picture.
  /// - Throws: ``DatasetError/sizes(pictures:labels:)`` where pictures of either kind are missing.
  public init(of network: Network, on set: PictureSet, planting square: PlantedSquare) throws {
    recognisedFraction = try ClassifierTest(of: network, on: set.only(square.classIndex)).accuracy
    let others = try square.planted(on: .all, of: set.without(square.classIndex))
    let answers = try ClassifierTest(of: network, on: others).answers
    mistakenFraction =
      Float(answers.count { $0 == square.classIndex }) / Float(answers.count)
  }
}
