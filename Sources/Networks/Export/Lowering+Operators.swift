internal import Tensors

extension Lowering {
  /// The operator of a node, where a network may call it, or its safe twin.
  mutating func permitted(
    _ target: String, at node: String, in module: String
  ) throws(NetworkError) -> Operator {
    guard let name = Self.schemaName(target) else { throw .unknownOperator(target, at: node) }
    if AllowedOperators.contains(name) {
      return try find(name: AllowedOperators.safeTwin(of: name) ?? name, at: node)
    }
    let reason = OperatorRefusal(of: name)
    if reason == .unlisted { _ = try find(name: name, at: node) }
    throw .forbiddenOperator(name, at: node, module: module, of: path, reason: reason)
  }

  mutating func find(_ target: String, at node: String) throws(NetworkError) -> Operator {
    guard let name = Self.schemaName(target) else { throw .unknownOperator(target, at: node) }
    return try find(name: name, at: node)
  }

  private mutating func find(name: String, at node: String) throws(NetworkError) -> Operator {
    if let known = operators[name] { return known }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    do {
      let found = try Operator(parts[0], overload: parts.count == 2 ? parts[1] : "")
      operators[name] = found
      return found
    } catch {
      throw .unknownOperator(name, at: node)
    }
  }

  /// `torch.ops.aten.add_.Tensor` → `aten::add_.Tensor`; `nil` for another form.
  static func schemaName(_ target: String) -> String? {
    let parts = target.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[0] == "torch", parts[1] == "ops" else { return nil }
    return "\(parts[2])::\(parts[3])" + (parts[4] == "default" ? "" : ".\(parts[4])")
  }
}
