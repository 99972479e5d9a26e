/// Operators of one kind, by the names that libtorch's schemas give them.
struct OperatorFamily: Sendable {
  /// What they do.
  let title: String
  /// Name and overload of each, such as `add.Tensor`; the namespace `aten` is left out.
  let names: [String]

  init(_ title: String, _ names: String) {
    self.title = title
    self.names = names.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
