/// What an operator does, as far as rules of a backward walk care.
public enum OperatorKind: String, Sendable, CaseIterable {
  case convolution
  case linear
  case batchNormalization = "batch normalisation"
  /// Numbers are normalised by statistics of their own: layer, group, instance and RMS normalisation.
  case normalization = "normalisation"
  /// One number becomes another by itself: ReLU, sigmoid, SiLU …
  case activation
  /// One number becomes another by itself, and no network has it for an activation: exp, root, power …
  case elementwise = "element by element"
  case maxPooling = "max pooling"
  /// The largest or the smallest of numbers, other than by pooling.
  case extreme
  /// A weighted mean whose weights are positive and fixed: average pooling, bilinear resizing.
  case averaging
  /// A weighted mean whose weights are fixed, but not all positive: bicubic resizing.
  case resampling
  case sum
  /// A length of vectors.
  case norm
  case difference
  case product
  case quotient
  case concatenation
  /// Numbers move, are repeated or left out, but stay what they are.
  case rearrangement
  /// Numbers stay in their places, and a mask or a range says which.
  case selection
  case softmax
  /// Of what it reads, the result has the shape or the type and none of the numbers.
  case shape
  case other

  /// The kind of an operator by its name in libtorch, such as `aten::conv2d`; overloads of one name
  /// are of one kind.
  init(operatorNamed name: String) {
    let base = name.split(separator: ".").first.map(String.init) ?? name
    // The number that it fills with may follow from the input.
    self = name == "aten::fill.Tensor" ? .other : Self.byName[base] ?? .other
  }

  static let byName: [String: OperatorKind] = {
    var kinds: [String: OperatorKind] = [:]
    for (kind, list) in names {
      for name in list.split(whereSeparator: \.isWhitespace) { kinds["aten::" + name] = kind }
    }
    return kinds
  }()
}
