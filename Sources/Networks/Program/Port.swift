public import Tensors

/// A named input or output of a program.
public struct Port: Hashable, Sendable {
  /// An input's name in `forward`; an output's key where the network returns a dictionary, its place
  /// in a tuple, counted from 0, or both: `logits`, `1`, `deep.features`.
  public let name: String
  /// Its declared shape; `nil` where a length is free. Empty too where the file declares none.
  public let shape: [Int?]
  /// The type of its numbers; `nil` where the file declares none that Rather reads.
  public let type: ElementType?
  /// What it always is, for an input that the network was exported with a fixed value of.
  public let fixed: FixedValue?
  let slot: Int

  init(name: String, shape: [Int?], type: ElementType?, slot: Int, fixed: FixedValue? = nil) {
    (self.name, self.shape, self.type) = (name, shape, type)
    (self.slot, self.fixed) = (slot, fixed)
  }

  /// The name and shape, for people.
  public var text: String { "“\(name)” \(shape.shapeText)" }
}

/// An argument of `forward` that was no tensor when the network was exported, and stays what it was.
public enum FixedValue: Hashable, Sendable {
  /// Nothing, as for a mask that is not used.
  case none
  /// A whole number.
  case int(Int)
  /// A number.
  case double(Double)
  /// A truth value.
  case bool(Bool)
  /// A text.
  case string(String)
}
