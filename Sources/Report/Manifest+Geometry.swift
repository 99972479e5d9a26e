public import Imagery
internal import Networks
internal import Terms

extension Manifest {
  /// The sizes of a photo and of its maps, and where on the photo a map lies.
  public struct Geometry: Codable, Hashable, Sendable {
    /// The photo's size in pixels; `nil` where there is no one photo.
    public let photo: Size?
    /// What the network saw of the photo, in its pixels from the upper left; maps cover just that. `nil`
    /// where there is no one photo.
    public let seen: Region?
    /// The size of the network's input in pixels, which is that of the maps.
    public let map: Size

    /// Maps of an input's size over no one photo.
    init(of input: Preprocessing) {
      (photo, seen) = (nil, nil)
      map = Size(width: input.width, height: input.height)
    }

    /// Maps over a photo.
    init(of input: Preprocessing, over photo: Picture) {
      self.photo = Size(width: photo.width, height: photo.height)
      seen = input.region(of: photo)
      map = Size(width: input.width, height: input.height)
    }
  }

  /// The classes of a set.
  static func classes(_ indices: [Int], _ labels: ClassLabels) -> [Class] {
    indices.map { .init(index: $0, label: labels[$0]) }
  }
}

extension Prediction {
  /// The logits of all classes in the order of their indices; JSON has no infinities.
  var logits: [Float?] {
    classes.sorted { $0.index < $1.index }.map { $0.logit.isFinite ? $0.logit : nil }
  }
}

extension Manifest.Scheme {
  /// The same with files named as they are shown.
  func shown(_ paths: ShownPaths) -> Manifest.Scheme {
    .init(
      name: name, contrast: contrast, support: support, mass: mass, limit: limit,
      source: source.map(paths.text), tree: tree.map(paths.file), strangers: strangers,
      without: without, rivals: rivals)
  }
}
