internal import Contrast
internal import Imagery
internal import Networks
internal import Saliency
internal import Sessions

/// What a page can let people choose from.
struct Menu: Encodable {
  struct Network: Encodable {
    let id: Int
    let name: String
    let task: String
    let labels: [String]
    let input: Describe.Answer.Size
    let layers: [Describe.Answer.Layer]
    let defaultLayer: String?
    let threshold: Float?
  }
  struct Generator: Encodable {
    let name: String
    let size: OfferedGenerator.Size
    /// The ids of the networks that it serves.
    let networks: [Int]
  }
  struct Explainer: Encodable {
    let name: String
    let title: String
    let summary: String
    let usesLayer: Bool
    /// The score of a question without a foil, where none is chosen.
    let defaultScore: String
    /// Whether an answer takes so long that the maps so far are worth seeing.
    let isSlow: Bool
    let settings: [Setting]
  }
  struct Setting: Encodable {
    let key: String
    let `default`: String
    let summary: String
    let expected: String
  }

  let networks: [Network]
  let explainers: [Explainer]
  let scores: [String]
  let contrasts: [String]
  let schemes: [String]
  let tree: Bool
  let levels: Int
  let generator: Generator?
  /// How many evaluation runs there are.
  let runs: Int
  /// Whether the server has a token, so that one who has logged in can log out.
  let login: Bool

  init(
    _ networks: [(choice: NetworkChoice, facts: Describe.Answer)], hasTree: Bool, _ levels: Int,
    _ generator: OfferedGenerator?, runs: Int, hasLogin: Bool
  ) {
    self.networks = networks.enumerated().map { id, one in
      Network(
        id: id, name: one.choice.shownName, task: one.facts.task, labels: one.facts.labels,
        input: one.facts.input, layers: one.facts.layers, defaultLayer: one.facts.defaultLayer,
        threshold: one.facts.threshold)
    }
    explainers = ExplainerMenu.entries.map { entry in
      Explainer(
        name: entry.name, title: entry.title, summary: entry.summary,
        usesLayer: entry.layerUse != .never, defaultScore: entry.defaultScore.rawValue,
        isSlow: entry.asksOften,
        settings: entry.settings.map {
          .init(
            key: $0.key, default: $0.defaultValue, summary: $0.summary, expected: $0.expectation)
        })
    }
    scores = ScoreKind.allCases.map(\.rawValue)
    contrasts = Contrast.allCases.map(\.rawValue)
    schemes = Scheme.allCases.map(\.rawValue)
    tree = hasTree
    self.levels = levels
    self.runs = runs
    self.generator = generator.map {
      Generator(name: $0.name, size: $0.size, networks: $0.networks)
    }
    login = hasLogin
  }
}

struct InputList: Encodable {
  let inputs: [Inputs.Item]
  /// How many that were found follow.
  let more: Int
  let found: Int
  let total: Int
}

/// What a network answers is asked.
struct PredictAsk: Defaulted {
  var network = 0
  var input = ""
  var region: SeenRegion?
  var top = 20

  init() {}
}

struct Predicted: Encodable {
  let classes: [Prediction.Class]
  let value: Float?
  let seen: Region
}

/// What a network answers once pixels are hidden is asked.
struct ProbeAsk: Defaulted {
  var network = 0
  var input = ""
  var region: SeenRegion?
  var mask = Probe().mask
  var fill = Probe().fill
  /// Classes that are wanted beside the likeliest.
  var classes: [Int] = []

  init() {}
}

/// The likeliest classes before and after, and those that were wanted; the likeliest first.
struct Probed: Encodable {
  let before: [Prediction.Class]
  let after: [Prediction.Class]
  let valueBefore: Float?
  let value: Float?
  let hidden: Int
  let seen: Region

  private static let most = 8

  init(_ answer: Probe.Answer, with wanted: [Int]) {
    let shown = Set(
      [answer.before, answer.after].flatMap { $0.classes.prefix(Self.most).map(\.index) } + wanted)
    before = answer.before.classes.filter { shown.contains($0.index) }
    after = answer.after.classes.filter { shown.contains($0.index) }
    (valueBefore, value) = (answer.before.value, answer.after.value)
    (hidden, seen) = (answer.hidden, answer.seen)
  }
}

struct Asked: Encodable {
  let id: String
  let state: Answers.State
}

/// What is said of an answer, but for its manifest.
struct Facts: Encodable {
  let id: String
  let state: Answers.State
  let stage: String
  let completed: Int
  let total: Int
  let error: String?
  let command: String
  let swift: String?
}
