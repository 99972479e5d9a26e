internal import Networks
internal import Tensors

extension LayerBuilder {
  /// Gives every channel of a batch mean 0 and variance 1, then a learnt scale and shift.
  ///
  ///     γ (x − μ) / √(σ² + ε) + β,  ε = ``normalizationFloor``    (Ioffe and Szegedy 2015, algorithm 1)
  ///
  /// Where ``moments`` name the module, μ and σ² are theirs, whatever the batch.
  mutating func batchNormalization(_ value: Reference, in module: String) throws -> Reference {
    let count = value.shape[0]
    normalized.append((module, value))
    let known = moments[module]
    let (mean, variance) = (
      known.map { builder.addBuffer("\(module).running_mean", $0.mean) },
      known.map { builder.addBuffer("\(module).running_var", $0.variance) }
    )
    return builder.call(
      "batch_norm", in: module, type: "BatchNorm2d",
      [
        ("input", .value(value)), ("weight", .weight("weight", try constant(1, count))),
        ("bias", .weight("bias", try constant(0, count))),
        ("running_mean", mean.map { .value($0) } ?? .none),
        ("running_var", variance.map { .value($0) } ?? .none), ("training", .bool(known == nil)),
        ("momentum", .double(0.1)), ("eps", .double(Double(Self.normalizationFloor))),
        ("cudnn_enabled", .bool(true)),
      ], shape: value.shape)
  }

  /// What is added to variances before their roots are taken.
  static let normalizationFloor: Float = 1e-5

  /// A program that also gives what its normalisations are given, under their modules' names.
  func measuringProgram(output: Reference) throws -> Program {
    var builder = builder
    builder.addOutput("0", output)
    for (module, value) in normalized { builder.addOutput(module, value) }
    return try builder.program()
  }

  /// The mean of each channel over its places.
  mutating func globalMean(_ value: Reference, in module: String) -> Reference {
    builder.call(
      "mean.dim", in: module, type: "Mean", [("self", .value(value)), ("dim", .ints([2, 3]))],
      shape: [value.shape[0]])
  }

  mutating func sum(_ value: Reference, _ other: Reference, in module: String, type: String)
    -> Reference
  {
    builder.call(
      "add.Tensor", in: module, type: type, [("self", .value(value)), ("other", .value(other))],
      shape: value.shape)
  }
}
