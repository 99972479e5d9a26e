internal import Tensors
internal import Terms

/// The arguments of a call in the order of the operator's schema, each under its name.
///
/// A file may give them by position or by name. libtorch would take the last of two that have one
/// name, and every check would see the first. So each may be given once, and only those of the schema.
struct ArrangedArguments {
  private(set) var list: [(name: String, value: NodeArgument)] = []

  /// - Parameter label: The node that makes the call, for errors.
  /// - Throws: ``NetworkError/arguments(of:at:detail:)``.
  init(
    _ given: [(name: String, value: NodeArgument)], of called: Operator, at label: String
  ) throws(NetworkError) {
    let parameters = called.parameters
    var places: [Int: NodeArgument] = [:]
    for (index, argument) in given.enumerated() {
      let place =
        argument.name.isEmpty ? index : parameters.firstIndex { $0.name == argument.name } ?? -1
      guard parameters.indices.contains(place) else {
        throw .arguments(
          of: called.name, at: label,
          detail: argument.name.isEmpty
            ? "it takes at most \(Counted.text(parameters.count, "argument"))"
            : "it has no argument “\(argument.name)”")
      }
      guard places.updateValue(argument.value, forKey: place) == nil else {
        throw .arguments(
          of: called.name, at: label, detail: "“\(parameters[place].name)” is given twice")
      }
    }
    list = places.sorted { $0.key < $1.key }.map { (parameters[$0.key].name, $0.value) }
  }

  /// Leaves out what another operator does not take.
  mutating func keep(_ other: Operator) {
    let known = Set(other.parameters.map(\.name))
    list.removeAll { !known.contains($0.name) }
  }
}

extension Operator {
  /// Where among a call's arguments the one stands that the operator writes to.
  func writtenPlace(in arguments: [(name: String, value: NodeArgument)]) -> Int? {
    writtenArgument.flatMap { place(of: $0, in: arguments) }
  }

  /// Where among a call's arguments a parameter's stands; `nil` where it is left out.
  func place(of parameter: Int, in arguments: [(name: String, value: NodeArgument)]) -> Int? {
    guard parameters.indices.contains(parameter) else { return nil }
    let name = parameters[parameter].name
    if let named = arguments.firstIndex(where: { $0.name == name }) { return named }
    return arguments.indices.contains(parameter) && arguments[parameter].name.isEmpty
      ? parameter : nil
  }
}

extension [(name: String, value: NodeArgument)] {
  /// Whether the call does what is only done while training: drop values, update averages.
  ///
  /// Where that depends on a value that is computed, it may.
  var areForTraining: Bool {
    func value(_ names: Set<String>) -> NodeArgument? { first { names.contains($0.name) }?.value }
    if let share = value(["dropout_p"]), share.number != 0 { return true }
    switch value(["train", "training"]) {
    case nil, .constant(.bool(false)), .constant(.none): return false
    default: break
    }
    // Dropping nothing, and normalising without averages, is the same outside training.
    if let share = value(["p", "dropout"]) { return share.number != 0 }
    if contains(where: { $0.name == "momentum" }) {
      return first { $0.name == "running_mean" }?.value.slots.isEmpty == false
    }
    return true
  }
}
