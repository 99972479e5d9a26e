/// How a picture becomes a network's input.
public struct Preprocessing: Hashable, Sendable {
  /// What the three channels are.
  public enum ChannelOrder: String, Hashable, Sendable, Codable, CaseIterable {
    case rgb
    case bgr
    /// One channel of luma.
    case gray
  }

  /// How the picture is brought to size.
  public enum Resize: String, Hashable, Sendable, Codable, CaseIterable {
    /// The shorter side to round(size / crop), then the centre cut out.
    case shorterSide = "shorter-side"
    /// Both sides to round(size / crop), whatever the picture's shape, then the centre cut out.
    case squash
  }

  /// Rows of the input.
  public var height: Int
  /// Columns of the input.
  public var width: Int
  /// Channels of the input, 1 or 3.
  public var channels: Int
  /// What the channels are.
  public var channelOrder: ChannelOrder
  /// Subtracted from each channel, which runs from 0 to 1.
  public var mean: [Float]
  /// What each channel is divided by after that.
  public var std: [Float]
  /// How the picture is brought to size.
  public var resize: Resize
  /// The part of the resized picture that is kept, from 0.01 to 1.
  public var crop: Float
  /// The part of each picture that is shown in place of the one that ``resize`` and ``crop`` say; no card holds it.
  public var region: SeenRegion?

  /// Describes how pictures were prepared when the network was trained.
  public init(
    height: Int, width: Int, channels: Int, channelOrder: ChannelOrder, mean: [Float], std: [Float],
    resize: Resize, crop: Float
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.channelOrder = channelOrder
    self.mean = mean
    self.std = std
    self.resize = resize
    self.crop = crop
  }
}
