internal import Imagery
internal import Terms

extension Preprocessing: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case kind, height, width, channels, channelOrder, mean, std, resize, crop, interpolation,
      convention, fill
  }

  /// Reads and checks the description of the input.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    if let kind = try container.decodeIfPresent(String.self, forKey: .kind), kind != "image" {
      throw CardFault(key: "kind", found: "“\(kind)”", expected: "image")
    }
    height = try container.decode(Int.self, forKey: .height)
    width = try container.decode(Int.self, forKey: .width)
    channels = try container.decode(Int.self, forKey: .channels)
    channelOrder = try container.choice(ChannelOrder.self, .channelOrder)
    mean = try container.decode([Float].self, forKey: .mean)
    std = try container.decode([Float].self, forKey: .std)
    resize = try container.choice(Resize.self, .resize)
    crop = try container.decode(Float.self, forKey: .crop)
    interpolation =
      container.contains(.interpolation)
      ? try container.choice(Interpolation.self, .interpolation) : .bilinear
    convention =
      container.contains(.convention)
      ? try container.choice(Convention.self, .convention) : .torchvision
    fill = try container.decodeIfPresent([Float].self, forKey: .fill)
    if let fault = fault { throw fault }
  }

  /// Writes the description of the input; what is as it is without being said is not said.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(height, forKey: .height)
    try container.encode(width, forKey: .width)
    try container.encode(channels, forKey: .channels)
    try container.encode(channelOrder, forKey: .channelOrder)
    try container.encode(mean, forKey: .mean)
    try container.encode(std, forKey: .std)
    try container.encode(resize, forKey: .resize)
    try container.encode(crop, forKey: .crop)
    if interpolation != .bilinear { try container.encode(interpolation, forKey: .interpolation) }
    if convention != .torchvision { try container.encode(convention, forKey: .convention) }
    try container.encodeIfPresent(fill, forKey: .fill)
  }

  /// What is impossible about the numbers, in words, if anything.
  public var faultDescription: String? {
    fault.map { "\($0.key) is \($0.found), and must be \($0.expected)" }
  }

  /// What is impossible about the numbers, if anything.
  var fault: CardFault? {
    if !(1...100_000).contains(height) || !(1...100_000).contains(width) {
      return CardFault(
        key: "height, width", found: "\(height), \(width)", expected: "from 1 to 100000")
    }
    if channels != (channelOrder == .gray ? 1 : 3) {
      return CardFault(
        key: "channels", found: "\(channels)",
        expected: "3 for channelOrder rgb or bgr, 1 for gray")
    }
    if mean.count != channels || std.count != channels {
      return CardFault(
        key: "mean, std", found: "\(mean.count) and \(std.count) numbers",
        expected: "one number a channel (\(channels))")
    }
    if mean.contains(where: { !$0.isFinite }) {
      return CardFault(key: "mean", found: "\(mean)", expected: "finite numbers")
    }
    if std.contains(where: { !($0 > 0 && $0.isFinite) }) {
      return CardFault(key: "std", found: "\(std)", expected: "finite and more than 0")
    }
    if !(crop >= 0.01 && crop <= 1) {
      return CardFault(key: "crop", found: "\(crop)", expected: "from 0.01 to 1")
    }
    if let fill, fill.count != channels || fill.contains(where: { !(0...1).contains($0) }) {
      return CardFault(
        key: "fill", found: "\(fill)", expected: "one number a channel (\(channels)), from 0 to 1")
    }
    return nil
  }
}
