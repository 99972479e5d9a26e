/// One or more classes of a network, by index; a fact or a foil.
public struct ClassSet: Hashable, Sendable, Codable {
  /// The classes in the order they were named, each once.
  public let indices: [Int]

  /// Makes a set; repeated indices count once.
  ///
  /// - Returns: `nil` when there is no class.
  public init?(_ indices: [Int]) {
    var seen: Set<Int> = []
    self.indices = indices.filter { seen.insert($0).inserted }
    if self.indices.isEmpty { return nil }
  }

  /// The set of one class.
  public init(_ index: Int) { indices = [index] }

  /// Reads a list of indices.
  public init(from decoder: any Decoder) throws {
    let list = try decoder.singleValueContainer().decode([Int].self)
    guard let set = ClassSet(list) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a class set cannot be empty"))
    }
    self = set
  }

  /// Writes a list of indices.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(indices)
  }

  /// Those of `count` classes that are not in the set, or `nil` when none is left.
  public func complement(among count: Int) -> ClassSet? {
    let own = Set(indices)
    return ClassSet((0..<count).filter { !own.contains($0) })
  }

  /// Whether a class is in both sets.
  public func overlaps(_ other: ClassSet) -> Bool { !Set(indices).isDisjoint(with: other.indices) }
}
