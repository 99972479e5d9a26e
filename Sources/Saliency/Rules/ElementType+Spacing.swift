internal import Tensors

extension ElementType {
  /// The distance from 1 to the next number; numbers near 1 are rounded by half of it at most.
  var spacing: Double {
    switch self {
    case .float64: 0x1p-52
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    default: 0x1p-23
    }
  }
}
