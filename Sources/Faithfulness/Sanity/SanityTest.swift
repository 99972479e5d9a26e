public import Terms

/// A way to ask whether maps depend on what they should depend on.
public enum SanityTest: String, Sendable, Codable, CaseIterable {
  /// The network's weights are randomised from the output down, stage after stage, until all are
  /// (cascading randomisation, Adebayo et al. 2018).
  case cascade
  /// One stage of weights is randomised, the others are as they were (independent randomisation).
  case independent
  /// “Why P?” is asked of another class.
  case randomLogit = "logit"
  /// The fact is another class, the foil stays.
  case randomFact = "fact"
  /// The foil is another class, the fact stays.
  case randomFoil = "foil"

  /// Whether the network is changed, and not the question.
  public var changesWeights: Bool { self == .cascade || self == .independent }
}

/// Which numbers of maps are compared.
public enum SanityMaps: String, Sendable, Codable {
  /// The map as it is shown; for methods that end in a ReLU what speaks for the fact.
  case shown
  /// What speaks for the fact and what speaks against it, before that ReLU.
  case signed
}

/// What a test found of a method's maps.
public enum SanityVerdict: String, Sendable, Codable {
  /// The map changes, as it should.
  case changes
  /// It changes, and much of it stays.
  case partly
  /// It stays much the same.
  case stays
  /// There was no map to test: the original has the same value everywhere.
  case untested
}

/// What is enough for a verdict.
public enum SanityThreshold {
  /// With all weights random, a map that keeps this much of its likeness, and is more alike than 19
  /// of 20 unrelated maps, stays.
  public static let weights = 0.5
  /// With one stage random, or asked about other classes, a map that keeps this much on average
  /// stays. A map must not become unrelated here: other layers and the picture are the same.
  public static let same = 0.9
  /// One that keeps less than this has changed.
  public static let changed = 0.5
}

/// What can be wrong with a sanity test.
public enum SanityError: Fault, Hashable {
  /// A test of the foil was asked for, and the question has none.
  case noFoil
  /// There are not enough classes outside of the question.
  case tooFewClasses(SanityTest, classes: Int)
  /// Nothing in the network was learnt.
  case noWeights

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noFoil:
      "the question has no foil that could be randomised; name one with --rather-than, or leave "
        + "“foil” out of --tests"
    case .tooFewClasses(let test, let classes):
      "the network has \(classes) classes, and none is left to take another’s place; leave "
        + "“\(test.rawValue)” out of --tests"
    case .noWeights: "the network has no learnt weights that could be randomised"
    }
  }
}
