/// Labelled pictures of one size, in memory.
public struct PictureSet: Sendable {
  /// Rows of each picture.
  public let height: Int
  /// Columns of each picture.
  public let width: Int
  /// Channels of each picture, 1 or 3.
  public let channels: Int
  /// All pictures one after another, each by channel, row and column.
  public let pixels: [UInt8]
  /// The class of each picture.
  public let labels: [Int]
  /// The names of the classes.
  public let classNames: [String]

  /// Makes a set; `pixels` must fill it.
  public init(
    height: Int, width: Int, channels: Int, pixels: [UInt8], labels: [Int], classNames: [String]
  ) throws(DatasetError) {
    guard pixels.count == labels.count * height * width * channels, !labels.isEmpty else {
      throw .sizes(pictures: pixels.count, labels: labels.count)
    }
    if let wrong = labels.first(where: { !classNames.indices.contains($0) }) {
      throw .label(wrong, classes: classNames.count)
    }
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.labels = labels
    self.classNames = classNames
  }

  /// The number of pictures.
  public var count: Int { labels.count }

  /// Bytes of one picture.
  public var pictureLength: Int { height * width * channels }

  /// The bytes of one picture, by channel, row and column.
  public func pixels(of index: Int) -> ArraySlice<UInt8> {
    pixels[index * pictureLength..<(index + 1) * pictureLength]
  }

  /// The mean and standard deviation of each channel over all pictures, for bytes as 0…1.
  public var channelStatistics: (mean: [Float], std: [Float]) {
    let plane = height * width
    var means: [Float] = []
    var deviations: [Float] = []
    for channel in 0..<channels {
      var sum = 0
      var squares = 0
      for picture in 0..<count {
        let start = picture * pictureLength + channel * plane
        for byte in pixels[start..<start + plane] {
          sum += Int(byte)
          squares += Int(byte) * Int(byte)
        }
      }
      let mean = Double(sum) / Double(plane * count)
      let variance = Double(squares) / Double(plane * count) - mean * mean
      means.append(Float(mean / 255))
      deviations.append(Float(max(variance, 1).squareRoot() / 255))
    }
    return (means, deviations)
  }
}

/// Training and test pictures of one task.
public struct Dataset: Sendable {
  /// What it is called.
  public let name: String
  /// To learn from.
  public let train: PictureSet
  /// To measure on.
  public let test: PictureSet

  /// Fails where the pictures to learn from are all alike.
  ///
  /// - Throws: ``DatasetError/alike(_:)``.
  public func checkDifferences() throws(DatasetError) {
    let first = train.pixels(of: 0)
    let differs = (1..<max(train.count, 1)).contains { !train.pixels(of: $0).elementsEqual(first) }
    if !differs { throw .alike(train.count) }
  }

  /// Joins the two parts.
  public init(name: String, train: PictureSet, test: PictureSet) {
    self.name = name
    self.train = train
    self.test = test
  }
}
