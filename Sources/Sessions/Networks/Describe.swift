internal import Contrast
internal import Networks
internal import Saliency
internal import Terms

/// What can be asked of a network: its classes, its layers, what it takes.
public struct Describe: Request {
  /// What commands and manifests call it.
  public static let name = "describe"

  /// The network and its card.
  public var network = NetworkChoice()

  /// Asks about no network yet.
  public init() {}

  /// Asks about a network.
  public init(_ network: NetworkChoice) { self.network = network }

  /// Fails where the choice of the network cannot be.
  public func validate() throws { try network.validate() }

  /// What a person can choose from.
  public struct Answer: Encodable, Sendable {
    /// A layer that maps can be made at.
    public struct Layer: Encodable, Sendable {
      /// What `--layer` calls it.
      public let name: String
      /// Rows and columns of its maps; `nil` where they follow the input.
      public let grid: [Int?]
    }
    /// A size in pixels.
    public struct Size: Encodable, Sendable {
      /// Pixels across.
      public let width: Int
      /// Pixels down.
      public let height: Int
    }
    /// `classification` or `regression`.
    public let task: String
    /// The classes' names in order of their indices; none for a regression.
    public let labels: [String]
    /// What the network sees of a picture.
    public let input: Size
    /// The layers that maps can be made at, in the order of the computation.
    public let layers: [Layer]
    /// The layer that is taken where none is named; `nil` where the network has none.
    public let defaultLayer: String?
    /// The probability above which a label is there, where several have a sigmoid each; `nil` where classes exclude
    /// each other.
    public let threshold: Float?
  }

  /// Reads the network and says what can be asked.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let network = try network.load(in: session)
    let form = try network.preprocessing
    let layers = network.program.moduleLayers.filter(\.isSpatial)
    return Answer(
      task: network.card.task.rawValue,
      labels: network.card.task == .regression ? [] : network.labels.shownNames,
      input: .init(width: form.width, height: form.height),
      layers: layers.map { .init(name: $0.name, grid: $0.grid) },
      defaultLayer: try? network.pivot(named: nil, for: .clusters).layer.name,
      threshold: network.threshold)
  }
}
