public import Terms

/// What a document is, and how pictures are put through the network for it.
public struct DocumentSettings: Hashable, Sendable {
  /// A document is the smallest number of likeliest classes whose probabilities sum to more.
  public var mass: Float
  /// The most classes of a document; `nil` for as many as it takes.
  public var atMost: Int?
  /// How many pictures a pass of the network takes; `nil` for eight, or what the network was made for.
  ///
  /// Floating-point sums depend on it, so that a document whose sum of probabilities all but equals
  /// the mass may differ by a class.
  public var batch: Int?

  /// Chooses the settings; CWOX takes a mass of 0.95.
  public init(mass: Float = 0.95, atMost: Int? = nil, batch: Int? = nil) {
    self.mass = mass
    self.atMost = atMost
    self.batch = batch
  }

  /// Fails where a setting cannot be.
  public func checkSettings() throws(SettingFault) {
    if !(mass >= 0 && mass < 1) {
      throw SettingFault("mass", mass, expected: "at least 0 and below 1")
    }
    try SettingFault.check("atMost", atMost)
    try SettingFault.check("batch", batch, in: 1...4096)
  }
}

/// One of several contiguous parts of the pictures, counted from 1.
public struct Shard: Hashable, Sendable {
  /// Which part.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  /// All pictures.
  public static let whole = Shard(number: 1, count: 1)

  private init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

  /// Reads `2/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1,
      number <= count
    else { return nil }
    self.init(number: number, count: count)
  }

  /// The part of some items; parts differ by one item at most.
  func part(of items: Int) -> Range<Int> {
    items * (number - 1) / count..<items * number / count
  }
}

extension Shard: Codable {
  /// Reads `2/8`.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let shard = Shard(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "it must be like 2/8, not “\(text)”"))
    }
    self = shard
  }

  /// Writes `2/8`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(number)/\(count)")
  }
}
