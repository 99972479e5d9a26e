public import Tensors

/// What happens to what flows backward through one call of an operator.
public protocol BackwardRule: Sendable {
  /// What the call's inputs receive of what arrived at its results.
  ///
  /// - Shapes: each tensor is `[R]` + the shape of its result or input, a row for each score.
  /// - Parameter outgoing: What arrived at each result; `nil` where nothing did, not at all.
  /// - Returns: One for each of ``NodeCall/inputs``; `nil` for nothing.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?]
}

/// The gradient: libtorch's own vector-Jacobian product.
public struct GradientRule: BackwardRule {
  /// The rule has no settings.
  public init() {}

  /// The vector-Jacobian products of the call; see ``NodeCall/gradients(of:)``.
  public func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    try call.gradients(of: outgoing)
  }
}

/// Which rule holds where.
public struct RuleTable: Sendable {
  /// A rule for the calls that it fits.
  public struct Entry: Sendable {
    let fits: @Sendable (NodeCall) -> Bool
    let rule: any BackwardRule
  }

  private let entries: [Entry]
  private let otherwise: (any BackwardRule)?

  /// Makes a table; the first entry that fits holds.
  ///
  /// - Parameter otherwise: The rule of calls that no entry fits; `nil` makes them an error.
  public init(_ entries: [Entry], otherwise: (any BackwardRule)?) {
    self.entries = entries
    self.otherwise = otherwise
  }

  func rule(for call: NodeCall) throws(NetworkError) -> any BackwardRule {
    if let entry = entries.first(where: { $0.fits(call) }) { return entry.rule }
    guard let otherwise else { throw .noRule(operation: call.operation, at: call.label) }
    return otherwise
  }
}

extension RuleTable.Entry {
  /// A rule for kinds of operators.
  public static func kinds(_ kinds: OperatorKind..., rule: any BackwardRule) -> Self {
    Self(fits: { kinds.contains($0.kind) }, rule: rule)
  }

  /// A rule for operators by their names in libtorch, overloads left out: `aten::relu`.
  public static func operators(_ names: String..., rule: any BackwardRule) -> Self {
    Self(
      fits: { call in names.contains { call.operation == $0 || call.operation.hasPrefix($0 + ".") }
      },
      rule: rule)
  }

  /// A rule for calls that a condition holds for.
  public static func calls(
    where condition: @escaping @Sendable (NodeCall) -> Bool, rule: any BackwardRule
  ) -> Self {
    Self(fits: condition, rule: rule)
  }
}
