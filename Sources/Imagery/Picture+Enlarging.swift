extension Picture {
  /// Each pixel as a square of `factor` × `factor`.
  ///
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size.
  public func enlarged(by factor: Int) throws(PictureError) -> Picture {
    if factor == 1 { return self }
    let (width, columns) = width.multipliedReportingOverflow(by: factor)
    let (height, rows) = height.multipliedReportingOverflow(by: factor)
    guard !columns, !rows else {
      throw .size(width: self.width, height: self.height)
    }
    try Self.check(width: width, height: height)
    return Picture(width: width, height: height) { x, y in
      self[x / factor, y / factor] ?? .black
    }
  }

  /// How many times larger small pictures are shown, so that eyes can follow single pixels.
  public var factorForEyes: Int {
    max(1, Int((Self.sideForEyes / Double(max(width, height))).rounded()))
  }

  private static let sideForEyes = 384.0
}
