public import Faithfulness
internal import Files
internal import Networks
public import Report
internal import Terms

/// Do maps depend on the network's weights, on the fact and on the foil? Tested as `rather sanity` does.
///
/// Without a question, the network's answer is set against its runner-up.
public struct Sanity: PictureRequest {
  /// What commands and manifests call it.
  public static let name = "sanity"
  /// A report for each picture.
  public typealias Answer = PictureAnswer<SanityManifest>

  /// The picture: JPEG, PNG, WebP, BMP or GIF. Several, a folder, a pattern or a list (`.txt`) get a report each.
  public var pictures: [String] = []
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// What the maps that are tested answer.
  public var question = QuestionChoice()
  /// The explainers; fast ones of different families where none are named.
  public var methods = MethodsChoice([
    "grad-cam", "saliency", "integrated-gradients", "guided-backprop",
  ])
  /// The tests; all that the question allows where none are named.
  public var tests: [SanityTest]?
  /// The largest number of stages in which weights are randomised.
  public var stages = 8
  /// The largest number of random classes that a test asks about.
  public var draws = 5
  /// Whether signed maps are compared, from before the last ReLU.
  public var signed = false
  /// Bytes for weights, activations and samples; half of the machine's memory where nothing is said.
  public var memory: Int?
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
    if !(1...1000).contains(stages) {
      throw RequestFault.unfit("--stages must be from 1 to 1000, not \(stages)")
    }
    if !(1...1000).contains(draws) {
      throw RequestFault.unfit("--draws must be from 1 to 1000, not \(draws)")
    }
    try MemoryChoice.check(memory)
    _ = try methods.list()
  }

  static var title: String { "Sanity tests" }
  var suffix: String { "sanity" }
  var settingTexts: [String?] { methods.settings }
  var otherInputs: [String?] { [] }

  func work(by network: Network, in session: Session) throws -> PictureWork<SanityManifest> {
    let list = try methods.list()
    if network.card.task == .regression { throw FaithfulnessError.regression }
    try network.checkAnswersOnce(for: "sanity")
    let run = SanityRun(
      request: self, list: list, network: network, device: try self.network.chosenDevice(),
      resources: session.resources(memory, beside: network))
    return PictureWork { try run.report(about: $0, to: $1, telling: $2) }
  }
}
