internal import CLibTorch

/// A Swift type that tensors can hold.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// Its name in libtorch.
  static var elementType: ElementType { get }
}

extension Float: TensorElement {
  /// 32-bit floating point.
  public static var elementType: ElementType { .float32 }
}

extension Double: TensorElement {
  /// 64-bit floating point.
  public static var elementType: ElementType { .float64 }
}

extension Int64: TensorElement {
  /// 64-bit integers.
  public static var elementType: ElementType { .int64 }
}

extension UInt8: TensorElement {
  /// Bytes.
  public static var elementType: ElementType { .uint8 }
}

extension Tensor {
  /// Copies elements in row-major order into a new tensor on the CPU.
  public init<Element: TensorElement>(_ elements: [Element], shape: [Int]) throws(TensorError) {
    guard shape.reduce(1, *) == elements.count else {
      throw .elementCount(elements.count, shape: shape)
    }
    let sizes = shape.map(Int64.init)
    let strides = Self.rowMajorStrides(shape).map(Int64.init)
    var box: ct_tensor?
    try checked("from_elements") { message in
      elements.withUnsafeBytes {
        ct_tensor_make(
          $0.baseAddress, Int64($0.count), Element.elementType.rawValue, sizes, strides,
          Int64(shape.count), 0, &box, message)
      }
    }
    self = try Tensor(result: box, of: "from_elements")
  }

  /// A tensor of one number and no axes.
  public init(_ number: Float) throws(TensorError) { try self.init([number], shape: []) }

  /// The elements in row-major order.
  ///
  /// - Throws: ``TensorError/elementType(_:expected:)`` when they are not of the type asked for.
  public func elements<Element: TensorElement>(
    as type: Element.Type = Element.self
  ) throws(TensorError) -> [Element] {
    guard elementType == Element.elementType else {
      throw .elementType(elementType ?? .bool, expected: Element.elementType)
    }
    let count = count
    var failure: TensorError?
    let elements = [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(TensorError) {
        try checked("elements") {
          ct_tensor_read(
            handle.box, buffer.baseAddress, Int64(count * MemoryLayout<Element>.stride), $0)
        }
        filled = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return elements
  }

  /// The elements as 32-bit floats, converted where they are of another type.
  public func floats() throws(TensorError) -> [Float] {
    try (elementType == .float32 ? self : converted(to: .float32)).elements(as: Float.self)
  }

  /// The only element, as a 32-bit float.
  public func number() throws(TensorError) -> Float {
    let all = try floats()
    guard let first = all.first, all.count == 1 else {
      throw .elementCount(all.count, shape: [])
    }
    return first
  }

  init(result box: ct_tensor?, of operation: String) throws(TensorError) {
    guard let box else { throw .unexpectedResult(operation: operation) }
    self.init(owning: box)
  }

  static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * max(shape[axis + 1], 1)
    }
    return strides
  }
}

extension Tensor {
  /// The elements' bytes in row-major order, whatever their type.
  public func bytes() throws(TensorError) -> [UInt8] {
    let width = elementType?.byteCount ?? 0
    var bytes = [UInt8](repeating: 0, count: count * width)
    try checked("bytes") { ct_tensor_read(handle.box, &bytes, Int64(bytes.count), $0) }
    return bytes
  }
}
