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
    var enlarged: [UInt8] = []
    enlarged.reserveCapacity(width * height * 3)
    for row in 0..<self.height {
      var line: [UInt8] = []
      line.reserveCapacity(width * 3)
      for start in stride(from: row * self.width * 3, to: (row + 1) * self.width * 3, by: 3) {
        for _ in 0..<factor { line += pixels[start..<start + 3] }
      }
      for _ in 0..<factor { enlarged += line }
    }
    return Picture(trusted: enlarged, width: width, height: height)
  }

  /// How many times larger small pictures are shown, so that eyes can follow single pixels.
  public var factorForEyes: Int {
    max(1, Int((Self.sideForEyes / Double(max(width, height))).rounded()))
  }

  private static let sideForEyes = 384.0
}
