public import Contrast
public import Networks

extension Manifest {
  /// An improbable class that was added to a whole output, so that others can be set against it.
  public struct Rival: Codable, Hashable, Sendable {
    /// Its place among the network's outputs.
    public let index: Int
    /// What the card calls it.
    public let label: String
    /// How likely the network finds it, 0…1.
    public let probability: Float
    /// Why it was added.
    public let role: AddedRival.Role

    /// Describes a class of an answer that was added.
    public init(_ rival: AddedRival, in prediction: Prediction) {
      let found = prediction.classes.first { $0.index == rival.index }
      index = rival.index
      label = found?.label ?? ""
      probability = found?.probability ?? 0
      role = rival.role
    }
  }
}
