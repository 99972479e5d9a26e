public import Terms

extension PictureSet {
  /// The pictures at some places, in that order; the classes stay those of the whole set.
  ///
  /// - Throws: ``DatasetError/sizes(pictures:labels:)`` for no places.
  public func choosing(_ places: [Int]) throws(DatasetError) -> PictureSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(places.count * pictureLength)
    for place in places { pixels += self.pixels(of: place) }
    return try PictureSet(
      height: height, width: width, channels: channels, pixels: pixels,
      labels: places.map { labels[$0] }, classNames: classNames)
  }

  /// The pictures of one class.
  public func only(_ classIndex: Int) throws(DatasetError) -> PictureSet {
    try choosing(labels.indices.filter { labels[$0] == classIndex })
  }

  /// The pictures of all classes but one.
  public func without(_ classIndex: Int) throws(DatasetError) -> PictureSet {
    try choosing(labels.indices.filter { labels[$0] != classIndex })
  }

  /// At most so many pictures, in their order; which ones follows from the seed.
  ///
  /// With the same seed fewer pictures are some of the more.
  public func sample(_ count: Int, seed: Seed) throws(DatasetError) -> PictureSet {
    try choosing(Self.sample(Array(labels.indices), count, RandomStream(seed)).sorted())
  }

  /// All pictures of the other classes and at most so many of one, in their order; which ones follows
  /// from the seed.
  ///
  /// With the same seed fewer pictures are some of the more, so that networks that learn from them
  /// differ in what they have seen of the class alone.
  public func limiting(
    _ classIndex: Int, to count: Int, seed: Seed
  ) throws(DatasetError) -> PictureSet {
    let own = labels.indices.filter { labels[$0] == classIndex }
    let kept = Self.sample(own, count, RandomStream(seed).stream(for: classIndex))
    return try choosing((labels.indices.filter { labels[$0] != classIndex } + kept).sorted())
  }

  private static func sample(_ places: [Int], _ count: Int, _ stream: RandomStream) -> [Int] {
    var stream = stream
    return stream.permutation(of: places.count).prefix(max(count, 0)).map { places[$0] }
  }
}
