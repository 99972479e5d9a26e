public import Tensors

/// What another method answers to the same question about the same picture.
public struct BesideMap: Sendable {
  /// The method, as people write it.
  public let title: String
  /// A line about how it was asked.
  public let note: String
  /// Its signed map `[H, W]`, of the input's size: more than zero speaks for Q and is drawn as what to
  /// add is, so of `H_P − w · H_Q` the negative; `nil` where there is none.
  public let map: Tensor?
  /// Why there is none.
  public let failure: String?

  /// Joins a method and its map.
  public init(title: String, note: String, map: Tensor?, failure: String? = nil) {
    self.title = title
    self.note = note
    self.map = map
    self.failure = failure
  }
}
