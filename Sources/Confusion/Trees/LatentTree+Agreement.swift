public import Terms

extension LatentTree {
  /// Fails where the tree is plainly of other classes than a network's.
  ///
  /// Names agree where, letters and digits alone and in lower case, one begins with the other; half
  /// of the named classes must.
  public func check(against labels: ClassLabels) throws(TreeAgreementError) {
    if let beyond = leaves.last, beyond.index >= labels.names.count {
      throw .beyond(beyond.index, classCount: labels.names.count)
    }
    let named = leaves.filter { !$0.label.isEmpty }
    let strange = named.filter { !Self.agree($0.label, labels[$0.index]) }
    if let first = strange.first, 2 * strange.count > named.count {
      throw .names(
        first.index, tree: first.label, network: labels[first.index], count: strange.count,
        of: named.count)
    }
  }

  private static func agree(_ a: String, _ b: String) -> Bool {
    let (a, b) = (plain(a), plain(b))
    return a.hasPrefix(b) || b.hasPrefix(a)
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

/// How a tree and a network can be of different classes.
public enum TreeAgreementError: Fault, Hashable {
  case beyond(Int, classCount: Int)
  case names(Int, tree: String, network: String, count: Int, of: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .beyond(let index, let count):
      "the tree holds class \(index), but the network has \(count) classes; learn a tree from "
        + "documents of this network"
    case .names(let index, let tree, let network, let count, let total):
      "the tree is of other classes: \(count) of its \(total) names differ, such as class \(index), "
        + "which it calls \(tree) and the network \(network)"
    }
  }
}
