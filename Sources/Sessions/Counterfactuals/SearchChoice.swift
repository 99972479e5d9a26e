public import Counterfactuals
internal import Networks
internal import Saliency
internal import Terms

/// How contrastive examples are searched for.
public struct SearchChoice: Defaulted {
  /// What minimises the augmented Lagrangian.
  public enum Minimiser: String, CaseIterable, Codable, Hashable, Sendable {
    /// Gauss and Newton's.
    case gaussNewton = "gauss-newton"
    /// That of Feghahati 2020.
    case descent
  }

  /// `cdeepex`: as much Q as P, and no other class likelier; `xgems`: other classes may be likelier.
  public var method: ContrastiveMethod = .cdeepex
  /// The numbers of an example: clipped to those of pictures, or free as in Feghahati 2020.
  public var range: PictureRange = .clipped
  /// Starting points: with an encoder, the input's code and others on the foil's side; without one, codes that are
  /// searched for.
  public var starts = 4
  /// What minimises between updates of the multipliers.
  public var minimiser: Minimiser = .gaussNewton
  /// Evaluations after which a search is given up; 300, or 5000 for descent, where nothing is said.
  public var iterations: Int?

  package static let iterationLimit = AugmentedLagrangian().iterationLimit
  package static let descentLimit = 5000

  /// For descent: the length of its steps.
  public var rate = 0.01
  /// For descent: steps between updates of the multipliers.
  public var innerSteps = 50
  /// ε: how much likelier than P or Q another class may be, as a logarithm.
  public var slack: Float = -0.01
  /// Without an encoder: steps of the search for the input's code.
  public var codeSteps = 300

  /// Searches as is usual.
  public init() {}

  package func validate() throws {
    for (name, value) in [
      ("--starts", starts), ("--iterations", iterations), ("--inner-steps", innerSteps),
      ("--code-steps", codeSteps),
    ] {
      if let value, value < 1 { throw RequestFault.unfit("\(name) must be 1 or more") }
    }
    guard rate > 0, rate.isFinite else { throw RequestFault.unfit("--rate must be more than 0") }
    guard slack.isFinite, slack <= 1 else { throw RequestFault.unfit("--slack must be at most 1") }
  }

  /// The search.
  func search(within resources: Resources, seed: UInt64) -> ContrastiveSearch {
    var search = ContrastiveSearch(method: method, seed: Seed(seed))
    search.startCount = starts
    search.slack = slack
    search.range = range
    search.codeSearch.steps = codeSteps
    search.resources = resources
    switch minimiser {
    case .gaussNewton:
      search.optimiser = AugmentedLagrangian(iterationLimit: iterations ?? Self.iterationLimit)
    case .descent:
      search.optimiser = AugmentedLagrangian(
        minimiser: .descent(rate: rate, steps: innerSteps),
        iterationLimit: iterations ?? Self.descentLimit)
    }
    return search
  }
}
