internal import Tensors

/// Operators that were looked up once.
struct OperatorCache {
  private var known: [String: Operator] = [:]

  /// An operator by its full name, such as `aten::add.Tensor`.
  ///
  /// - Throws: ``NetworkError/unknownOperator(_:at:)``.
  mutating func find(_ name: String, at node: String) throws(NetworkError) -> Operator {
    if let found = known[name] { return found }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    do {
      let found = try Operator(parts.first ?? "", overload: parts.count == 2 ? parts[1] : "")
      known[name] = found
      return found
    } catch {
      throw .unknownOperator(name, at: node)
    }
  }

  /// The operator that a network asks for, where it may call it, or its safe twin.
  ///
  /// - Throws: ``NetworkError/forbiddenOperator(_:at:module:of:reason:)``,
  ///   ``NetworkError/unknownOperator(_:at:)``.
  mutating func permitted(
    _ name: String, at node: String, in module: String, of path: String
  ) throws(NetworkError) -> Operator {
    if AllowedOperators.contains(name) {
      return try find(AllowedOperators.safeTwin(of: name) ?? name, at: node)
    }
    let reason = OperatorRefusal(of: name)
    if reason == .unlisted { _ = try find(name, at: node) }
    throw .forbiddenOperator(name, at: node, module: module, of: path, reason: reason)
  }
}
