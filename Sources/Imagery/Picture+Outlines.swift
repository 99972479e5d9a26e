extension Picture {
  /// The picture with lines around a rectangle, inside its edges; what lies outside the picture is
  /// left out.
  public func outlined(
    x: Int, y: Int, width: Int, height: Int, thickness: Int, color: Color
  ) -> Picture {
    let (right, bottom) = (x + width, y + height)
    return Picture(width: self.width, height: self.height) { column, row in
      let old = self[column, row] ?? .black
      guard column >= x, column < right, row >= y, row < bottom else { return old }
      let depth = min(column - x, right - 1 - column, row - y, bottom - 1 - row)
      return depth < thickness ? color : old
    }
  }
}
