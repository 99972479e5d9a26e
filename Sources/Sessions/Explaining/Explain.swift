internal import Contrast
public import Networks
public import Report
internal import Saliency
internal import Terms

/// Why P, rather than Q? Explains a picture, as `rather explain` does.
///
/// Without a question the whole output is explained: with something that puts classes in clusters by a scheme,
/// without by setting each likely class against the others.
public struct Explain: PictureRequest {
  /// What commands and manifests call it.
  public static let name = "explain"
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
  /// Another network, a `.pt2` archive beside its card, whose answer about the picture is the foil.
  public var ratherThanOf: String?
  /// How the whole output is explained where nothing is asked.
  public var whole = SchemeChoice()
  /// The explainer.
  public var method = MethodChoice()
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

  /// Asks why a network answers as it does about a picture.
  public init(
    _ picture: String, of network: NetworkChoice, asking question: QuestionChoice = .init()
  ) {
    (pictures, self.network, self.question) = ([picture], network, question)
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try network.validate()
    try question.validate()
    try whole.validate()
    try check?.validate()
    if ratherThanOf != nil, question.ratherThan != nil || whole.isAsked {
      throw RequestFault.unfit(
        "--rather-than-of says what the foil is; leave out either this option, or --rather-than and the "
          + "options of a whole output"
      )
    }
    try MemoryChoice.check(memory)
  }

  static var title: String { "Explanations" }
  var suffix: String { "why" }
  var settingTexts: [String?] {
    [method.settings, whole.clusterStage.settings, whole.classStage.settings, check?.fill]
  }
  var otherInputs: [String?] {
    [whole.tree, question.within] + (ratherThanOf.map { NetworkChoice($0).inputs } ?? [])
  }

  func work(by network: Network, in session: Session) throws -> PictureWork<Manifest> {
    let plan = try plan(for: network.seeing(region), in: session)
    return .explaining(by: plan, drawing: drawing.drawing)
  }

  /// The stages of the explanation by a network.
  func plan(for network: Network, in session: Session) throws -> ExplanationPlan {
    let network = try question.askedNetwork(network)
    let device = try self.network.chosenDevice()
    let checking = try check?.stage(for: network, seed: seed)
    let explaining: any ExplanationStage
    if check != nil { try network.checkHasProbabilities(for: "--check") }
    if ratherThanOf != nil { try network.checkHasProbabilities(for: "--rather-than-of") }
    if whole.isAsked {
      try network.checkHasProbabilities(for: "a whole output")
      try whole.check(besides: question, of: network)
      explaining = try SchemeStage(whole, question, method, for: network, on: device, seed: seed)
    } else {
      let chosen = try method.chosen(for: network, on: device, seed: Seed(seed))
      var asked = try question.asked(of: network, defaultKind: chosen.defaultScore)
      if asked.isRegression, ratherThanOf != nil {
        throw InquiryError.regression("--rather-than-of needs classes to set against each other")
      }
      asked.mass = whole.mass
      asked.limit = whole.limit
      let rival = try ratherThanOf.map {
        try Rival($0, beside: self.network, seeing: region, in: session)
      }
      explaining = QuestionStage(asked: asked, chosen: chosen, rival: rival)
    }
    return ExplanationPlan(
      asking: network, chosenBy: self.network, seeing: region,
      at: try question.places(of: network), memory: memory, in: session,
      stages: [explaining] + (checking.map { [$0] } ?? []))
  }
}
