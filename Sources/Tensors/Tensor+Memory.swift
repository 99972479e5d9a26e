internal import CLibTorch

extension Tensor {
  /// Copies of tensors that share memory among themselves wherever the given ones do.
  public static func forked(_ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
    let boxes: [ct_tensor?] = tensors.map(\.handle.box)
    var copies = [ct_tensor?](repeating: nil, count: tensors.count)
    try checked("fork") { ct_tensors_fork(boxes, Int64(boxes.count), &copies, $0) }
    return try copies.map { box throws(TensorError) in try Tensor(result: box, of: "fork") }
  }
}
