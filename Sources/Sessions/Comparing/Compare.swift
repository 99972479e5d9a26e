internal import Files
public import Networks
public import Report
internal import Terms

/// One question, answered by many explainers side by side, as `rather compare` does.
public struct Compare: PictureRequest {
  /// What commands and manifests call it.
  public static let name = "compare"
  /// A report for each picture.
  public typealias Answer = PictureAnswer<Manifest>

  /// The picture: JPEG, PNG, WebP, BMP or GIF. Several, a folder, a pattern or a list (`.txt`) get a report each.
  public var pictures: [String] = []
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// What the network is shown of the picture; what its card says where nothing is said.
  public var region: SeenRegion?
  /// What is asked; the likeliest classes where nothing is said.
  public var question = QuestionChoice()
  /// The explainers.
  public var methods = MethodsChoice()
  /// How maps are checked; `nil` checks none.
  public var check: CheckChoice?
  /// Bytes for weights, activations and samples; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// How maps are drawn.
  public var drawing = DrawingChoice()
  /// Where the report goes.
  public var place = PlaceChoice()
  /// What all randomness follows from.
  public var seed: UInt64 = 0

  /// Asks nothing yet.
  public init() {}

  /// Fails where its parts do not go together.
  public func validate() throws {
    try network.validate()
    try question.validate()
    try check?.validate()
    try MemoryChoice.check(memory)
    _ = try methods.list()
  }

  static var title: String { "Comparisons" }
  var suffix: String { "why" }
  var settingTexts: [String?] { methods.settings + [check?.fill] }
  var otherInputs: [String?] { [question.within] }

  func work(by network: Network, in session: Session) throws -> PictureWork<Manifest> {
    let network = try question.askedNetwork(network.seeing(region))
    let checking = try check?.stage(for: network, seed: seed)
    let device = try self.network.chosenDevice()
    let comparing = CompareStage(
      list: try methods.list(), methods: methods, question: question, device: device,
      seed: Seed(seed))
    let plan = ExplanationPlan(
      asking: network, chosenBy: self.network, seeing: region,
      at: try question.places(of: network), memory: memory, in: session,
      stages: [comparing] + (checking.map { [$0, CheckOrder()] } ?? []))
    return .explaining(by: plan, drawing: drawing.drawing, as: .comparison)
  }
}
