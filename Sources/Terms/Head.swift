/// How the outputs of a network belong together, which decides what scores of them are.
public enum Head: Hashable, Sendable {
  /// Classes that exclude each other: `p = softmax(y)`.
  case choice
  /// So many labels that are each there or not: `p_c = σ(y_c)`.
  ///
  /// Class `c + count` is the absence of label c: its logit is `−y_c`, its name “not …”.
  case labels(Int)
  /// Numbers that are no probabilities.
  case values
  /// How alike a picture and each of some references are, `y_c = cos(e, r_c)`, −1…1, which is no probability; that of a
  /// set is the mean of its references'.
  case similarities

  /// The class that is there when another is not; `nil` where classes are a choice, or no classes.
  public func opposite(of index: Int) -> Int? {
    if case .labels(let count) = self, count > 0 { (index + count) % (2 * count) } else { nil }
  }

  /// What holds when a set of labels does not: none of them; and the other way round.
  public func opposite(of set: ClassSet) -> ClassSet? {
    ClassSet(set.indices.compactMap(opposite))
  }

  /// Whether exactly one of two sets holds, whatever the network answers.
  public func areOpposite(_ p: ClassSet, _ q: ClassSet) -> Bool {
    opposite(of: p).map { Set($0.indices) == Set(q.indices) } ?? false
  }

  /// What a fact is set against where no foil is named: the other classes, or its own absence.
  ///
  /// - Returns: `nil` where the fact holds every class.
  public func rival(of fact: ClassSet, among count: Int) -> ClassSet? {
    if case .labels = self { opposite(of: fact) } else { fact.complement(among: count) }
  }

  /// Whether a set is of absences alone, so that it says that none of the labels is there.
  public func isAbsence(_ set: ClassSet) -> Bool {
    if case .labels(let count) = self { set.indices.allSatisfy { $0 >= count } } else { false }
  }

  /// Whether a set holds labels and absences, of which nobody can say whether it means all or any.
  public func isMixed(_ set: ClassSet) -> Bool {
    guard case .labels(let count) = self else { return false }
    return set.indices.contains { $0 >= count } && set.indices.contains { $0 < count }
  }
}
