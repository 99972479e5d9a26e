public import Tensors

/// Which places of a cluster's map the maps of its classes are kept to: those of more than a
/// threshold, `supp(Ĥ, ε)` of equation 2.
///
/// The paper leaves ε open. Its published code takes percentiles, and says range fractions.
public enum Support: Hashable, Sendable {
  /// More than a percentile of the map's values, 0…100, beyond which it is cut off; between two
  /// values it is interpolated.
  case percentile(Float)
  /// More than a fraction of the way from the least value to the largest, 0…1.
  case rangeFraction(Float)

  /// The percentile that CWOX's code takes for an explainer, by its name on the menu; 50 for one
  /// that it does not have.
  public static func `default`(for explainer: String) -> Support {
    switch explainer {
    case "mwp", "contrastive-mwp": .percentile(60)
    case "rise": .percentile(70)
    case "lime": .percentile(85)
    default: .percentile(50)
    }
  }

  /// The value that places in the support exceed.
  public func threshold(of values: [Float]) -> Float {
    let sorted = values.sorted()
    guard let least = sorted.first, let largest = sorted.last else { return 0 }
    switch self {
    case .percentile(let percent):
      let place = Double(min(max(percent, 0), 100)) / 100 * Double(sorted.count - 1)
      let below = Int(place.rounded(.down))
      let above = min(below + 1, sorted.count - 1)
      let part = Float(place - Double(below))
      return sorted[below] + part * (sorted[above] - sorted[below])
    case .rangeFraction(let fraction): return least + fraction * (largest - least)
    }
  }

  /// 1 where a map is in the support, 0 elsewhere.
  public func mask(of map: Tensor) throws(TensorError) -> Tensor {
    let values = try map.floats()
    let threshold = threshold(of: values)
    return try Tensor(values.map { $0 > threshold ? 1 : 0 }, shape: map.shape).on(map.device)
  }
}

extension Support: CustomStringConvertible {
  /// As commands write it: `percentile:50`, `range:0.2`.
  public var description: String {
    switch self {
    case .percentile(let percent): "percentile:\(Self.short(percent))"
    case .rangeFraction(let fraction): "range:\(Self.short(fraction))"
    }
  }

  private static func short(_ number: Float) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }

  /// Reads what ``description`` writes; `nil` for anything else, and for numbers out of range.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Float(parts[1]) else { return nil }
    switch parts[0] {
    case "percentile" where (0...100).contains(number): self = .percentile(number)
    case "range" where (0...1).contains(number): self = .rangeFraction(number)
    default: return nil
    }
  }
}

extension Support: Codable {
  /// Reads what ``description`` writes.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let support = Support(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "it must be like percentile:50 or range:0.2, not “\(text)”"))
    }
    self = support
  }

  /// Writes ``description``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
