extension Tensor {
  /// The maps `[N, C, h, w]` enlarged or reduced bilinearly, corners not aligned.
  public func resizedBilinearly(height: Int, width: Int) throws(TensorError) -> Tensor {
    try Operators.bilinear(.tensor(self), .ints([height, width]), .bool(false))
  }

  /// The pictures `[N, C, h, w]` resized bilinearly, each new pixel a weighted mean over all old
  /// ones it covers, as Pillow does.
  public func resizedAntialiased(height: Int, width: Int) throws(TensorError) -> Tensor {
    try Operators.antialiased(.tensor(self), .ints([height, width]), .bool(false))
  }
}
