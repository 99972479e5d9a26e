public import Terms

/// What can be wrong with a latent tree.
public enum LatentTreeError: Fault, Hashable {
  case noClasses
  case negativeClass(Int)
  case classTooLarge(Int)
  case repeatedClass(Int)
  case repeatedLatent(String)
  case unknownParent(of: String)
  case cycle(through: String)
  case nothingBelow(String)
  case level(of: String, Int, parent: Int)
  case noSuchLevel(Int, of: String)
  case tooDeep(limit: Int)
  case tables(latents: Int, leaves: Int, expected: VariableCount)
  case notAProbability(Double, of: String)

  /// How many variables a tree has.
  public struct VariableCount: Hashable, Sendable {
    /// Latent ones.
    public let latents: Int
    /// Classes.
    public let leaves: Int
  }

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noClasses: "the tree holds no classes"
    case .negativeClass(let index): "the tree holds class \(index); classes are counted from 0"
    case .classTooLarge(let index):
      "the tree holds class \(index), which is more than any network has; the largest is "
        + "\(Corpus.classLimit - 1)"
    case .repeatedClass(let index): "class \(index) is in the tree twice; a class has one place"
    case .repeatedLatent(let name): "two latents of the tree are named \(name)"
    case .unknownParent(let name): "\(name) hangs on a latent that is not in the tree"
    case .cycle(let name): "\(name) hangs on itself by way of others, so this is not a tree"
    case .nothingBelow(let name): "no class hangs below \(name); leave it out of the tree"
    case .level(let name, let level, let parent):
      "\(name) is of level \(level) and hangs on one of level \(parent); levels rise from 1 at the "
        + "classes to the roots"
    case .noSuchLevel(let level, let name):
      "\(name) is of level \(level); levels are 1, at the classes, to \(LatentTree.depthLimit)"
    case .tooDeep(let limit): "the tree is deeper than \(limit) latents, which no learner makes"
    case .tables(let latents, let leaves, let expected):
      "the tree has \(expected.latents) latents and \(expected.leaves) classes, but probabilities "
        + "of \(latents) and \(leaves)"
    case .notAProbability(let value, let name):
      "\(name) has the probability \(value); probabilities lie between 0 and 1"
    }
  }
}
