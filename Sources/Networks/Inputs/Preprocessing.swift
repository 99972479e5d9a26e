public import Imagery

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
    /// The longer side to round(size / crop), then the centre cut out; what is missing at the shorter side is filled.
    case longerSide = "longer-side"
  }

  /// Where the centre of a picture lies whose margin is odd, and how the longer side is rounded.
  public enum Convention: String, Hashable, Sendable, Codable, CaseIterable {
    /// As torchvision and timm do: half a margin is rounded to even.
    case torchvision
    /// As TensorFlow and transformers do: half a margin is rounded down.
    case floor
  }

  /// How a part of a picture is fitted to the input where a call says so, in place of ``resize`` and ``crop``.
  public enum View: String, Hashable, Sendable, Codable, CaseIterable {
    /// All of it, undistorted; what is missing at its shorter side is filled.
    case whole
    /// All of it, squashed to the input's shape.
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
  /// How new pixels are made of old ones.
  public var interpolation: Interpolation
  /// How the centre is rounded.
  public var convention: Convention
  /// What is shown where a picture does not reach, a number a channel from 0 to 1, in the order of the channels; the
  /// mean where nothing is said.
  public var fill: [Float]?
  /// How the picture, or its ``region``, is fitted in place of what ``resize`` and ``crop`` say; no card holds it.
  public var view: View?
  /// The part of each picture that is shown in place of the one that ``resize`` and ``crop`` say; no card holds it.
  public var region: SeenRegion?

  /// Describes how pictures were prepared when the network was trained.
  public init(
    height: Int, width: Int, channels: Int, channelOrder: ChannelOrder, mean: [Float], std: [Float],
    resize: Resize, crop: Float, interpolation: Interpolation = .bilinear,
    convention: Convention = .torchvision, fill: [Float]? = nil
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.channelOrder = channelOrder
    self.mean = mean
    self.std = std
    self.resize = resize
    self.crop = crop
    (self.interpolation, self.convention, self.fill) = (interpolation, convention, fill)
  }
}
