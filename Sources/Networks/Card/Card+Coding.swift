internal import Terms

extension Card: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case task, output, outputName, labels, input, layers
  }

  /// Reads a card; keys that it does not know are errors.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    task = try container.choice(Task.self, .task)
    output = try container.choice(Output.self, .output)
    outputName = try container.decodeIfPresent(String.self, forKey: .outputName)
    labels = try container.decodeIfPresent(Labels.self, forKey: .labels)
    input = try container.decode(Preprocessing.self, forKey: .input)
    layers = try container.decodeIfPresent(Layers.self, forKey: .layers)
    if (task == .regression) != (output == .value) {
      throw CardFault(
        key: "output", found: "“\(output.rawValue)”",
        expected: task == .regression
          ? "value, for a regression" : "logits or probabilities, for a classification")
    }
  }

  /// Writes a card.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(task, forKey: .task)
    try container.encode(output, forKey: .output)
    try container.encodeIfPresent(outputName, forKey: .outputName)
    try container.encodeIfPresent(labels, forKey: .labels)
    try container.encode(input, forKey: .input)
    try container.encodeIfPresent(layers, forKey: .layers)
  }
}

extension Card.Labels: Codable {
  /// Reads a file's name or a list of labels.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let file = try? container.decode(String.self) {
      self = .file(file)
    } else {
      self = .list(try container.decode([String].self))
    }
  }

  /// Writes a file's name or a list of labels.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .file(let name): try container.encode(name)
    case .list(let labels): try container.encode(labels)
    }
  }
}

extension Card.Layers: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case cluster
    case `class`
  }

  /// Reads the layers' names.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    cluster = try container.decodeIfPresent(String.self, forKey: .cluster)
    `class` = try container.decodeIfPresent(String.self, forKey: .class)
  }

  /// Writes the layers' names.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(cluster, forKey: .cluster)
    try container.encodeIfPresent(`class`, forKey: .class)
  }
}

extension Preprocessing: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case height, width, channels, channelOrder, mean, std, resize, crop
  }

  /// Reads and checks the description of the input.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    height = try container.decode(Int.self, forKey: .height)
    width = try container.decode(Int.self, forKey: .width)
    channels = try container.decode(Int.self, forKey: .channels)
    channelOrder = try container.choice(ChannelOrder.self, .channelOrder)
    mean = try container.decode([Float].self, forKey: .mean)
    std = try container.decode([Float].self, forKey: .std)
    resize = try container.choice(Resize.self, .resize)
    crop = try container.decode(Float.self, forKey: .crop)
    if let fault = fault { throw fault }
  }

  /// Writes the description of the input.
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
    return nil
  }
}

/// A value that cannot be, found while decoding; the reader of the file adds its path.
struct CardFault: Fault {
  var key: String
  var found: String
  var expected: String

  var kind: FaultKind { .data }

  var description: String { "“\(key)” is \(found), and must be \(expected)" }
}

/// A key that a card does not have, found while decoding.
struct UnknownCardKey: Fault {
  var key: String
  var nearest: [String]

  var kind: FaultKind { .data }

  var description: String {
    "a card has no key “\(key)”" + (nearest.first.map { "; did you mean “\($0)”?" } ?? "")
  }
}

extension Decoder {
  func refuseKeys(except known: [String]) throws {
    let keys = try container(keyedBy: ExportArgument.Tag.self).allKeys.map(\.stringValue)
    if let unknown = keys.sorted().first(where: { !known.contains($0) }) {
      throw UnknownCardKey(
        key: unknown, nearest: NearestNames.of(unknown, in: known, limit: 1))
    }
  }
}

extension KeyedDecodingContainer {
  func choice<Choice>(_ type: Choice.Type, _ key: Key) throws -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try decode(String.self, forKey: key)
    guard let choice = Choice(rawValue: word) else {
      throw CardFault(
        key: key.stringValue, found: "“\(word)”",
        expected: Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return choice
  }
}
