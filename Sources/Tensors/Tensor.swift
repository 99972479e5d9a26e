internal import CLibTorch

/// An immutable array of numbers in libtorch.
///
/// Every operation throws instead of trapping; one `try` covers a whole expression.
public struct Tensor: Sendable {
  let handle: TensorHandle

  init(owning box: ct_tensor) { handle = TensorHandle(box) }

  /// The length of each axis.
  public var shape: [Int] {
    [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      count = rank
      var sizes = [Int64](repeating: 0, count: count)
      ct_tensor_sizes(handle.box, &sizes)
      for (i, size) in sizes.enumerated() { buffer.initializeElement(at: i, to: Int(size)) }
    }
  }

  /// The number of axes.
  public var rank: Int { Int(ct_tensor_rank(handle.box)) }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Bytes of all elements.
  public var byteCount: Int { count * (elementType?.byteCount ?? 8) }

  /// What the elements are; `nil` for a type that Rather has no name for.
  public var elementType: ElementType? { ElementType(rawValue: ct_tensor_dtype(handle.box)) }

  /// Equal for copies of this value alone: other tensors, of equal elements even, have another.
  public var identity: ObjectIdentifier { ObjectIdentifier(handle) }

  /// Where the elements live.
  public var device: Device {
    let index = ct_tensor_cuda_index(handle.box)
    return index < 0 ? .cpu : .cuda(Int(index))
  }
}

/// Owns one reference to a libtorch tensor.
///
/// Sendable because the reference is never written after `init`, libtorch counts references
/// atomically, and nothing outside a run writes into an existing tensor.
final class TensorHandle: @unchecked Sendable {
  let box: ct_tensor

  init(_ box: ct_tensor) { self.box = box }

  deinit { ct_tensor_release(box) }
}
