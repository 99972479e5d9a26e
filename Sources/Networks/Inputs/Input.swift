public import Imagery
public import Tensors

/// What a person brought to a network, as the network reads it, with the way back to what they see.
public struct Input: Sendable {
  /// What was brought.
  public enum Brought: Sendable {
    /// A picture.
    case picture(Picture)
    /// A text and its tokens.
    case text(String, [Token])
    /// A row of a table, column by column.
    case row([Float])
    /// Numbers as the network reads them.
    case numbers
  }

  /// The numbers that methods explain at, `[1, …]`.
  public let tensor: Tensor
  /// What maps of it are over.
  public let features: Features
  /// What was brought.
  public let brought: Brought

  /// Joins numbers and what maps of them are over.
  public init(_ tensor: Tensor, over features: Features, brought: Brought = .numbers) {
    self.tensor = tensor
    self.features = features
    self.brought = brought
  }

  /// The same place of the input space, with other numbers.
  public func replacing(_ tensor: Tensor) -> Input {
    Input(tensor, over: features, brought: brought)
  }

  /// The device that the numbers lie on.
  public var device: Device { tensor.device }

  /// The shape of the numbers, `[1, …]`.
  public var shape: [Int] { tensor.shape }
}
