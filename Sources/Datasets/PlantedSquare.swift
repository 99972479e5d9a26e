/// A grey square on the pictures of one class: a shortcut for a network to learn instead of the class.
///
/// Feghahati (2020, section 3.2.2) adds one of 6 × 6 pixels to the top left of every “8” of MNIST; the
/// text leaves open how grey it is and how far from the corner. Here it is half of the range and lies
/// in the corner.
public struct PlantedSquare: Hashable, Sendable, Codable {
  /// The class that has it in training.
  public let classIndex: Int
  /// Pixels a side.
  public let side: Int
  /// What its pixels are in every channel, 0…255.
  public let level: UInt8
  /// Its upper row.
  public let top: Int
  /// Its left column.
  public let left: Int

  /// Describes a square.
  public init(
    of classIndex: Int, side: Int = 6, level: UInt8 = 128, top: Int = 0, left: Int = 0
  ) {
    self.classIndex = classIndex
    self.side = side
    self.level = level
    self.top = top
    self.left = left
  }

  /// Which pictures get the square.
  public enum Recipients: String, Sendable, Codable, CaseIterable {
    /// Those of the class.
    case own
    /// Those of all other classes.
    case others
    /// All.
    case all
  }

  /// The set with the square on some of its pictures.
  ///
  /// - Throws: ``DatasetError/label(_:classes:)``, ``DatasetError/squareTooLarge(side:height:width:)``.
  public func planted(
    on recipients: Recipients, of set: PictureSet
  ) throws(DatasetError) -> PictureSet {
    guard set.classNames.indices.contains(classIndex) else {
      throw .label(classIndex, classes: set.classNames.count)
    }
    guard side > 0, top >= 0, left >= 0, top + side <= set.height, left + side <= set.width else {
      throw .squareTooLarge(side: side, height: set.height, width: set.width)
    }
    var pixels = set.pixels
    for (picture, label) in set.labels.enumerated() where recipients.include(label == classIndex) {
      for channel in 0..<set.channels {
        for row in top..<top + side {
          let start =
            picture * set.pictureLength + (channel * set.height + row) * set.width + left
          for place in start..<start + side { pixels[place] = level }
        }
      }
    }
    return try PictureSet(
      height: set.height, width: set.width, channels: set.channels, pixels: pixels,
      labels: set.labels, classNames: set.classNames)
  }
}

extension PlantedSquare.Recipients {
  fileprivate func include(_ isOwn: Bool) -> Bool {
    switch self {
    case .own: isOwn
    case .others: !isOwn
    case .all: true
    }
  }
}
