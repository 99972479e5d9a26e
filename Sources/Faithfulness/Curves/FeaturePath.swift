internal import Terms

/// An input altered feature by feature, and where along the way it is looked at.
public struct FeaturePath: Hashable, Sendable {
  /// What happens to features.
  public enum Direction: String, Hashable, Sendable, Codable {
    /// They are replaced by what stands for nothing, the first of the order first.
    case deletion
    /// They come back, the first of the order first, on a ground without them.
    case insertion
  }

  /// The order of the pixels.
  public let order: FeatureOrder
  /// What happens to them.
  public let direction: Direction
  /// After how many altered pixels the network is asked, in rising order.
  public let counts: [Int]

  /// Describes a path.
  ///
  /// - Parameter counts: In any order; those below 0 or above the number of pixels are left out, and
  ///   repeated ones count once.
  public init(_ direction: Direction, _ order: FeatureOrder, at counts: some Sequence<Int>) {
    self.order = order
    self.direction = direction
    let range = 0...order.places.count
    self.counts = Set(counts.filter { range.contains($0) }).sorted()
  }
}

/// The altered pictures of several paths, each once.
///
/// Two pictures are the same where the same pixels are altered in the same direction, in whatever
/// order: methods that agree share their pictures. Sets of pixels are told apart by sums of 128
/// random bits a pixel, so that equal sums of different sets need not be feared.
struct AlteredPictures {
  /// An altered picture: the first `count` pixels of a path.
  struct Stop: Hashable {
    let path: Int
    let count: Int
  }

  /// The pictures to ask the network about, path by path and along each in order.
  private(set) var stops: [Stop] = []
  /// For each path and each of its counts, the place among ``stops``.
  private(set) var places: [[Int]] = []

  init(_ paths: [FeaturePath]) {
    var known: [Key: Int] = [:]
    for (number, path) in paths.enumerated() {
      var key = Key(direction: path.direction)
      var altered = 0
      places.append(
        path.counts.map { count in
          for place in path.order.places[altered..<count] { key.add(place) }
          altered = count
          if let place = known[key] { return place }
          known[key] = stops.count
          stops.append(Stop(path: number, count: count))
          return stops.count - 1
        })
    }
  }

  private struct Key: Hashable {
    let direction: FeaturePath.Direction
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(direction: FeaturePath.Direction) { self.direction = direction }

    mutating func add(_ place: Int32) {
      var bits = Self.bits.stream(for: Int(place))
      low &+= bits.next()
      high &+= bits.next()
    }

    /// The streams of places, the same in every run.
    private static let bits = RandomStream(0)
  }
}
