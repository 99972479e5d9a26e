internal import Tensors

/// What a network gives for one picture.
enum AnswerForm: Hashable {
  /// A row of numbers, or one; `nil` where how many follows the input. Axes of length 1 do not
  /// matter, as in `[N, C, 1, 1]`.
  case row(Int?)
  /// Numbers on several axes, as for each place of the picture.
  case array

  init(of output: Port, in program: Program) {
    var lengths = output.shape[...]
    // A network of one picture may lack the batch's axis.
    if let first = lengths.first, first == nil || program.isOfWholePictures(output.slot) {
      lengths = lengths.dropFirst()
    }
    let several = lengths.filter { $0 != 1 }
    self = several.count > 1 ? .array : .row(several.first ?? 1)
  }

  /// Whether it can be the answer of a card with so many labels.
  func fits(_ count: Int) -> Bool {
    switch self {
    case .row(let length): length == nil || length == count
    case .array: false
    }
  }
}

extension Program {
  /// What the output looks like for one picture.
  var answerForm: AnswerForm {
    AnswerForm(of: Port(name: "", shape: outputShape, type: nil, slot: output), in: self)
  }

  /// The node of the sigmoids that the output is made of, if it is.
  var closingSigmoid: String? {
    var slot = output
    while let node = nodes.last(where: { $0.results.contains { $0.slots.contains(slot) } }) {
      let name = node.baseName
      if ["aten::sigmoid", "aten::hardsigmoid", "aten::log_sigmoid"].contains(name) {
        return node.label
      }
      let passes =
        OperatorKind(operatorNamed: name) == .rearrangement
        || ["aten::clamp", "aten::clamp_min", "aten::clamp_max", "aten::log"].contains(name)
      guard passes, let source = node.arguments.first?.value.slots.first else { return nil }
      slot = source
    }
    return nil
  }
}
