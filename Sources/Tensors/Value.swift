/// An argument or a result of an operator.
public enum Value: Sendable {
  case none
  case tensor(Tensor)
  case int(Int)
  case double(Double)
  case bool(Bool)
  case string(String)
  case device(Device)
  case ints([Int])
  case doubles([Double])
  case bools([Bool])
  /// A list of tensors; `nil` where the operator takes optional ones.
  case tensors([Tensor?])

  /// The tensor, where there is one.
  public var tensor: Tensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }
}
