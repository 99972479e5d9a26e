/// What an operator does, as far as rules of a backward walk care.
public enum OperatorKind: String, Sendable, CaseIterable {
  case convolution
  case linear
  case batchNormalization = "batch normalisation"
  /// One number becomes another by itself: ReLU, sigmoid, SiLU …
  case activation
  case maxPooling = "max pooling"
  /// A weighted mean whose weights are positive and fixed: average pooling, bilinear resizing.
  case averaging
  case sum
  case difference
  case product
  case quotient
  case concatenation
  /// Numbers move, are repeated or left out, but stay what they are.
  case rearrangement
  case softmax
  case other

  /// The kind of an operator by its name in libtorch, such as `aten::conv2d`; overloads of one name
  /// are of one kind.
  init(operatorNamed name: String) {
    let base = name.split(separator: ".").first.map(String.init) ?? name
    self = Self.byName[base] ?? .other
  }

  private static let byName: [String: OperatorKind] = {
    var kinds: [String: OperatorKind] = [:]
    for (kind, names) in names { for name in names { kinds["aten::" + name] = kind } }
    return kinds
  }()

  private static let names: [(OperatorKind, [String])] = [
    (
      .convolution,
      [
        "conv1d", "conv2d", "conv3d", "convolution", "_convolution", "conv_transpose1d",
        "conv_transpose2d", "conv_transpose3d",
      ]
    ),
    (.linear, ["linear", "addmm", "mm", "matmul", "bmm", "baddbmm"]),
    (
      .batchNormalization,
      [
        "batch_norm", "native_batch_norm", "_native_batch_norm_legit_no_training",
        "cudnn_batch_norm",
      ]
    ),
    (
      .activation,
      [
        "relu", "relu6", "hardtanh", "clamp", "clamp_min", "clamp_max", "leaky_relu", "prelu",
        "elu",
        "selu", "celu", "gelu", "silu", "mish", "sigmoid", "hardsigmoid", "hardswish", "tanh",
        "softplus", "log_sigmoid", "rrelu", "threshold",
      ]
    ),
    (
      .maxPooling,
      [
        "max_pool1d", "max_pool2d", "max_pool2d_with_indices", "max_pool3d", "adaptive_max_pool2d",
        "amax",
      ]
    ),
    (
      .averaging,
      [
        "avg_pool1d", "avg_pool2d", "avg_pool3d", "adaptive_avg_pool1d", "adaptive_avg_pool2d",
        "_adaptive_avg_pool2d", "adaptive_avg_pool3d", "mean", "upsample_bilinear2d",
      ]
    ),
    (.sum, ["add", "sum"]),
    (.difference, ["sub", "rsub"]),
    (.product, ["mul"]),
    (.quotient, ["div"]),
    (.concatenation, ["cat", "concat", "concatenate", "stack"]),
    (
      .rearrangement,
      [
        "view", "_unsafe_view", "reshape", "flatten", "unflatten", "permute", "transpose", "t",
        "numpy_T",
        "movedim", "squeeze", "unsqueeze", "expand", "expand_as", "contiguous", "clone", "alias",
        "detach", "dropout", "feature_dropout", "slice", "select", "narrow", "split",
        "split_with_sizes", "chunk", "unbind", "index_select", "pixel_shuffle", "channel_shuffle",
        "constant_pad_nd", "pad", "reflection_pad2d", "replication_pad2d", "upsample_nearest2d",
        "roll", "flip", "to", "_to_copy", "identity", "view_as", "lift_fresh_copy", "repeat",
      ]
    ),
    (.softmax, ["softmax", "_softmax", "log_softmax", "_log_softmax"]),
  ]
}
