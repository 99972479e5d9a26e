/// What happened to the pictures of a run, and how many of them tables stand on.
public struct EvaluationCounts: Hashable, Sendable {
  /// Pictures that were named.
  public let named: Int
  /// Those that could not be read or measured.
  public let unreadable: Int
  /// Those that are not begun, or that not all methods have been measured on.
  public let unfinished: Int
  /// Those that have pairs of which something is measured.
  public let withPairs: Int
  /// Pairs of which something is measured.
  public let pairs: Int
  /// By place among the run's methods, maps that have been measured.
  public let maps: [Int]
  /// By place among the run's methods, maps that show nothing: n_δ is 0.
  public let emptyMaps: [Int]

  /// Those that all methods have been measured on, whether or not they have pairs.
  public var done: Int { named - unreadable - unfinished }

  /// - Parameter pairs: In the order of their pictures.
  init(_ pictures: [EvaluatedPicture], named: Int, _ pairs: [TabledPair], _ methodCount: Int) {
    self.named = max(named, pictures.count)
    unreadable = pictures.count { $0.failure != nil }
    let partly = pictures.count { $0.failure == nil && $0.measured.contains(false) }
    unfinished = self.named - pictures.count + partly
    withPairs = Set(pairs.map(\.picture)).count
    self.pairs = pairs.count
    let methods = 0..<methodCount
    maps = methods.map { method in pairs.count { $0.numbers[method] != nil } }
    emptyMaps = methods.map { method in pairs.count { $0.numbers[method]?.salientCount == 0 } }
  }
}
