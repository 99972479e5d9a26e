/// The operators that a network's file may call: those that compute tensors from tensors.
///
/// A file can name any operator that libtorch registers, and some of them write files, resize
/// memory that others look at, or trust indices that they are given. So every name that may be
/// called stands here, with its overload, and a test holds this list and the one of refused
/// operators against all schemas of libtorch. Rather's own calls do not go through it.
enum AllowedOperators {
  static let families = numbers + places

  /// Whether a network may call an operator.
  ///
  /// - Parameter name: Namespace, name and overload, such as `aten::add.Tensor`.
  static func contains(_ name: String) -> Bool { names.contains(name) }

  private static let names = Set(families.flatMap { $0.names.map { "aten::" + $0 } })

  /// The operator that does the same and is safe: where libtorch trusts strides, the one that checks
  /// them against the memory, and where memory is left as it was found, the one that fills it; `nil`
  /// for one that is safe.
  static func safeTwin(of name: String) -> String? { safeTwins[name] }

  private static let safeTwins = [
    "aten::_reshape_alias": "aten::as_strided",
    "aten::_reshape_alias_copy": "aten::as_strided_copy",
    "aten::empty.memory_format": "aten::zeros",
    "aten::empty_permuted": "aten::zeros",
    "aten::empty_like": "aten::zeros_like",
    "aten::new_empty": "aten::new_zeros",
  ]
}

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
