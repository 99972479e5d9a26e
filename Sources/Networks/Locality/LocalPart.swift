internal import Tensors

/// Values of a layer for several pictures that differ from one picture in a region only.
struct LocalPart {
  /// Where they may differ.
  let region: PixelRegion
  /// What they are there, `[N, C, rows, columns]`.
  let values: Tensor
  /// How whole maps lie in memory, by libtorch's number.
  let memoryFormat: Int

  /// The values of all places, or of a window that may reach beyond them.
  ///
  /// - Parameters:
  ///   - ground: The picture's own values, `[1, C, H, W]`.
  ///   - beyond: What lies beyond them.
  /// - Returns: Memory that nobody else holds.
  func window(
    _ window: PixelRegion, on ground: Tensor, beyond: Double = 0
  ) throws(TensorError) -> Tensor {
    let (height, width) = (ground.shape[2], ground.shape[3])
    let inside = PixelRegion(
      rows: window.rows.clamped(to: 0..<height), columns: window.columns.clamped(to: 0..<width))
    var found = try copies(of: ground.part(inside))
    let rows = region.rows.clamped(to: inside.rows)
    let columns = region.columns.clamped(to: inside.columns)
    if !rows.isEmpty, !columns.isEmpty {
      let own = PixelRegion(rows: rows, columns: columns)
      _ = try LocalOperators.copy(
        .tensor(found.part(own.moved(-inside.rows.lowerBound, -inside.columns.lowerBound))),
        .tensor(values.part(own.moved(-region.rows.lowerBound, -region.columns.lowerBound))))
    }
    if inside != window {
      found = try LocalOperators.pad(
        .tensor(found),
        .ints([
          inside.columns.lowerBound - window.columns.lowerBound,
          window.columns.upperBound - inside.columns.upperBound,
          inside.rows.lowerBound - window.rows.lowerBound,
          window.rows.upperBound - inside.rows.upperBound,
        ]), .double(beyond))
    }
    return found
  }

  /// A picture's values, once for each of the pictures.
  private func copies(of ground: Tensor) throws(TensorError) -> Tensor {
    try LocalOperators.clone(
      .tensor(ground.expanded([values.shape[0]] + ground.shape.dropFirst())), .int(memoryFormat))
  }
}

extension PixelRegion {
  func moved(_ down: Int, _ right: Int) -> PixelRegion {
    PixelRegion(
      rows: rows.lowerBound + down..<rows.upperBound + down,
      columns: columns.lowerBound + right..<columns.upperBound + right)
  }

  /// All places of maps.
  static func all(of tensor: Tensor) -> PixelRegion {
    PixelRegion(rows: 0..<tensor.shape[2], columns: 0..<tensor.shape[3])
  }
}

extension Tensor {
  /// The part of maps that lies in a region, in the same memory.
  func part(_ region: PixelRegion) throws(TensorError) -> Tensor {
    try slice(axis: 2, region.rows).slice(axis: 3, region.columns)
  }
}

/// The operators that parts are put together with.
private enum LocalOperators {
  static func clone(_ arguments: Value...) throws(TensorError) -> Tensor {
    try found.get().clone.tensor(arguments)
  }

  static func copy(_ arguments: Value...) throws(TensorError) -> Tensor {
    try found.get().copy.tensor(arguments)
  }

  static func pad(_ arguments: Value...) throws(TensorError) -> Tensor {
    try found.get().pad.tensor(arguments)
  }

  private static let found = Result { () throws(TensorError) in
    (
      clone: try Operator("aten::clone"), copy: try Operator("aten::copy_"),
      pad: try Operator("aten::constant_pad_nd")
    )
  }
}
