internal import Networks
internal import Tensors

/// What one rule passes down, less what another does.
struct DifferenceRule: BackwardRule {
  private let first: any BackwardRule
  private let second: any BackwardRule

  init(of first: any BackwardRule, less second: any BackwardRule) {
    self.first = first
    self.second = second
  }

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    try zip(first.incoming(outgoing, through: call), second.incoming(outgoing, through: call)).map {
      first, second in
      guard let second else { return first }
      return try first.map { try $0 - second } ?? second * -1
    }
  }
}
