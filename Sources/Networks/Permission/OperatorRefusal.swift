/// Why a network may not call an operator.
public enum OperatorRefusal: String, Hashable, Sendable, CaseIterable {
  case files = "it reads or writes files"
  case otherProcesses = "it talks to other processes"
  case rawMemory = "it works on raw memory"
  case sizesInPlace = "it changes the size or the memory of a tensor in place"
  case printing = "it prints"
  case random = "it draws random numbers, so that no answer could be had twice"
  case quantised = "it works on quantised numbers, which Rather does not read"
  case unlisted = "it is not one of those that compute tensors from tensors"

  /// The reason for an operator that is not allowed.
  ///
  /// It only chooses the words: what may be called is ``AllowedOperators``' to say.
  init(of name: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let base =
      parts.last.map { $0.drop { $0 == ":" }.prefix { $0 != "." } }.map(String.init) ?? name
    let byNamespace = Self.namespaces[parts.first ?? ""]
    self = byNamespace ?? Self.names.first { $0.value.contains(base) }?.key ?? .unlisted
  }

  private static let namespaces: [String: OperatorRefusal] = [
    "c10d": .otherProcesses, "_c10d_functional": .otherProcesses,
    "_c10d_functional_autograd": .otherProcesses, "symm_mem": .otherProcesses,
    "_dtensor": .otherProcesses, "inductor": .rawMemory, "inductor_prims": .rawMemory,
    "quantized": .quantised, "_quantized": .quantised, "quantization": .quantised,
    "quantized_decomposed": .quantised, "onednn": .quantised, "torchao": .quantised,
  ]

  private static let names: [OperatorRefusal: Set<String>] = [
    .files: ["from_file"],
    .rawMemory: ["data_ptr"],
    .sizesInPlace: [
      "resize", "resize_", "resize_as", "resize_as_", "resize_as_sparse", "resize_as_sparse_",
      "set",
      "set_", "set_data", "sparse_resize", "sparse_resize_", "sparse_resize_and_clear",
      "sparse_resize_and_clear_", "_resize_output", "_resize_output_", "_copy_from_and_resize",
    ],
    .printing: ["_print"],
    .random: [
      "bernoulli", "bernoulli_", "binomial", "cauchy", "cauchy_", "exponential", "exponential_",
      "geometric", "geometric_", "log_normal", "log_normal_", "multinomial", "native_dropout",
      "normal", "normal_", "poisson", "rand", "rand_like", "randint", "randint_like", "randn",
      "randn_like", "random", "random_", "randperm", "rrelu_with_noise", "rrelu_with_noise_",
      "uniform", "uniform_",
    ],
    .quantised: [
      "dequantize", "fake_quantize_per_channel_affine", "fake_quantize_per_tensor_affine",
      "int_repr", "quantize_per_channel", "quantize_per_tensor", "quantize_per_tensor_dynamic",
      "_int_mm", "_weight_int4pack_mm", "_weight_int8pack_mm",
    ],
  ]
}
