extension ColorMap {
  /// A bar of all colours: lowest at the left, or at the bottom where the bar is taller than wide.
  ///
  /// - Throws: ``PictureError/size(width:height:)`` when no picture has that size.
  public func legend(width: Int, height: Int) throws(PictureError) -> Picture {
    try Picture.check(width: width, height: height)
    let isUpright = height > width
    return Picture(width: width, height: height) { x, y in
      color(at: isUpright ? Self.share(height - 1 - y, of: height) : Self.share(x, of: width))
    }
  }

  /// Where the `index`th of `count` lies on the way from 0 to 1, ends included.
  private static func share(_ index: Int, of count: Int) -> Float {
    count > 1 ? Float(index) / Float(count - 1) : 0.5
  }
}
