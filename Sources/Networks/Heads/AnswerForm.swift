internal import Tensors

/// What a network gives for one picture.
enum AnswerForm: Hashable {
  /// A row of numbers, or one; `nil` where how many follows the input. Axes of length 1 do not
  /// matter, as in `[N, C, 1, 1]`.
  case row(Int?)
  /// So many numbers for each place of the picture, `[N, C, h, w]`.
  case places(Int)
  /// Numbers on other axes, as of boxes.
  case array

  init(of output: Port, in program: Program) {
    var lengths = output.shape[...]
    // A network of one picture may lack the batch's axis.
    if let first = lengths.first, first == nil || program.isOfWholePictures(output.slot) {
      lengths = lengths.dropFirst()
    }
    let own = Array(lengths)
    let several = own.filter { $0 != 1 }
    if own.count == 3, several.count > 1, let classes = own[0] {
      self = .places(classes)
    } else {
      self = several.count > 1 ? .array : .row(several.first ?? 1)
    }
  }

  /// Whether it can be the answer of a card that means so many numbers.
  func fits(_ count: Int) -> Bool {
    switch self {
    case .row(let length): length == nil || length == count
    case .places(let length): length == count
    case .array: false
    }
  }

  /// Whether each place of the picture has numbers of its own.
  var isOfPlaces: Bool { if case .places = self { true } else { false } }

  /// How many numbers a picture has, or each place of it; `nil` where that follows the input, or nobody can
  /// say.
  var width: Int? {
    switch self {
    case .row(let length): length
    case .places(let length): length
    case .array: nil
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
    var makers: [Int: Node] = [:]
    for node in nodes {
      for slot in node.results.flatMap(\.slots) { makers[slot] = node }
    }
    var known: [Int: String?] = [:]
    return sigmoid(behind: output, makers, &known)
  }

  /// The node that makes the output a linear map of something, moved at most.
  var closingLinearMap: String? {
    closing { [.linear, .convolution].contains(OperatorKind(operatorNamed: $0.baseName)) }
  }

  /// The node that gives the output as the logarithm of sigmoids, moved at most.
  var closingLogSigmoid: String? {
    closing {
      $0.baseName == "aten::log_sigmoid" || $0.baseName == "aten::log" && closingSigmoid != nil
    }
  }

  private func closing(_ isEnd: (Node) -> Bool) -> String? {
    var slot = output
    while let node = nodes.last(where: { $0.resultSlot == slot }) {
      let kind = OperatorKind(operatorNamed: node.baseName)
      if isEnd(node) { return node.label }
      guard kind == .rearrangement, let source = node.slot(0, "self") ?? node.slot(0, "input")
      else { return nil }
      slot = source
    }
    return nil
  }

  /// The node of a sigmoid whose numbers a slot has, moved, scaled or joined with those of others.
  private func sigmoid(
    behind slot: Int, _ makers: [Int: Node], _ known: inout [Int: String?]
  ) -> String? {
    if let found = known[slot] { return found }
    // So many calls that only move numbers are no end of a classifier.
    guard let node = makers[slot], known.count < 1000 else { return nil }
    known[slot] = .some(nil)
    let found = sigmoid(of: node, makers, &known)
    known[slot] = found
    return found
  }

  private func sigmoid(
    of node: Node, _ makers: [Int: Node], _ known: inout [Int: String?]
  ) -> String? {
    let name = String(node.baseName.drop { $0 != ":" }.drop { $0 == ":" })
    if ["sigmoid", "hardsigmoid", "log_sigmoid", "special_expit"].contains(name) {
      return node.label
    }
    let sources = node.arguments.flatMap(\.value.slots).filter { makers[$0] != nil }
    let joins = ["cat", "concat", "concatenate", "stack", "hstack"].contains(name)
    let scales = ["mul", "div", "multiply", "divide"].contains(name) && sources.count == 1
    let passes =
      OperatorKind(operatorNamed: node.baseName) == .rearrangement
      || ["clamp", "clamp_min", "clamp_max", "log"].contains(name)
    if joins {
      let found = sources.map { sigmoid(behind: $0, makers, &known) }
      return found.contains(nil) ? nil : found.first ?? nil
    }
    guard passes || scales, let source = sources.first else { return nil }
    return sigmoid(behind: source, makers, &known)
  }
}
