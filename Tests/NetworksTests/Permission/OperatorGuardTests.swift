import Tensors
import TestSupport
import Testing

@testable import Networks

/// Calls that libtorch does not survive are refused, and sound ones are made.
///
/// Kinds: bad input. Each bad call was found by the fuzzer, and ended the process.
@Suite struct OperatorGuardTests {
  private typealias Arguments = [(name: String?, value: Value)]

  private static func ones(_ shape: Int...) throws -> Value {
    .tensor(try Tensor([Float](repeating: 1, count: shape.reduce(1, *)), shape: shape))
  }

  private func fault(_ name: String, _ arguments: Arguments) throws -> String? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let call = try Operator("aten::" + parts[0], overload: parts.count == 2 ? parts[1] : "")
    return OperatorGuard.fault(of: call.name, arguments, call)
  }

  @Test func `a weight norm whose numbers do not fit is refused`() throws {
    let v = try Self.ones(3, 4)
    #expect(try fault("_weight_norm", [("v", v), ("g", Self.ones(5, 2, 0, 1))]) != nil)
    #expect(try fault("_weight_norm_interface", [("v", Self.ones(0)), ("g", Self.ones(0))]) != nil)
    #expect(try fault("_weight_norm", [("v", v), ("g", Self.ones(1, 4)), ("dim", .int(7))]) != nil)
    #expect(try fault("_weight_norm", [("v", v), ("g", Self.ones(3, 1))]) == nil)
    #expect(
      try fault("_weight_norm", [("v", v), ("g", Self.ones(1, 4)), ("dim", .int(-1))]) == nil)
  }

  @Test func `batch norm without averages, or with others than a number a channel, is refused`()
    throws
  {
    let input = try Self.ones(2, 3, 4, 4)
    let rest: Arguments = [
      ("training", .bool(false)), ("momentum", .double(0)), ("eps", .double(1)),
    ]
    #expect(try fault("_native_batch_norm_legit.no_stats", [("input", input)] + rest) != nil)
    for name in ["weight", "bias", "running_mean", "running_var"] {
      var given: Arguments = [("input", input)] + rest
      for each in ["weight", "bias", "running_mean", "running_var"] {
        given.append((each, each == name ? try Self.ones(2) : try Self.ones(3)))
      }
      #expect(try fault("native_batch_norm", given)?.contains(name) == true, "\(name)")
    }
    let sound: Arguments = [("running_mean", try Self.ones(3)), ("running_var", try Self.ones(3))]
    #expect(try fault("native_batch_norm", [("input", input)] + rest + sound) == nil)
  }

  @Test(arguments: [(0, 1), (4, 2), (4, 5), (8, 1), (4, -1), (4, .max)])
  func `a recurrent layer with another number of weights is refused`(weights: Int, layers: Int)
    throws
  {
    for (name, states) in [("gru.input", 1), ("lstm.input", 2)] {
      let list = Value.tensors(try (0..<weights).map { _ in try Self.ones(2, 2).tensor })
      let state = try Self.ones(1, 2, 2)
      let arguments: Arguments = [
        ("input", try Self.ones(1, 2, 2)),
        ("hx", states == 2 ? .tensors([state.tensor, state.tensor]) : state), ("params", list),
        ("has_biases", .bool(true)), ("num_layers", .int(layers)), ("dropout", .double(0)),
        ("train", .bool(false)), ("bidirectional", .bool(false)), ("batch_first", .bool(true)),
      ]
      #expect(try fault(name, arguments) != nil, "\(name)")
    }
  }

  @Test func `attention over nothing is refused`() throws {
    let some = try Self.ones(2, 2, 3, 4)
    let none = try Self.ones(0, 2, 3, 4)
    let name = "scaled_dot_product_attention"
    #expect(try fault(name, [("query", some), ("key", none), ("value", some)]) != nil)
    #expect(try fault(name, [("query", some), ("key", some), ("value", some)]) == nil)
  }

  @Test func `attention whose parts do not fit is refused where the kernel would read beyond`()
    throws
  {
    let name = "_scaled_dot_product_flash_attention_for_cpu"
    let four = try Self.ones(2, 3, 4, 4)
    let sound: Arguments = [("query", four), ("key", four), ("value", four)]
    #expect(try fault(name, sound) == nil)
    #expect(try fault(name, sound + [("attn_mask", Self.ones(4, 4))]) == nil)
    #expect(try fault(name, sound + [("attn_mask", Self.ones(4, 3))]) != nil)
    for (place, other) in [
      (1, [2, 3, 5, 4]), (2, [2, 2, 4, 4]), (2, [2, 3, 4, 5]), (0, [1, 3, 4, 4]),
    ] {
      var parts = sound
      let count = other.reduce(1, *)
      parts[place].value = .tensor(try Tensor([Float](repeating: 1, count: count), shape: other))
      #expect(try fault(name, parts) != nil, "\(other) in place \(place)")
    }
  }

  @Test func `more pieces than a network can mean are refused`() throws {
    let some = try Self.ones(2, 2)
    for name in ["tensor_split.sections", "chunk"] {
      let argument = name == "chunk" ? "chunks" : "sections"
      #expect(try fault(name, [("self", some), (argument, .int(1 << 31))]) != nil, "\(name)")
      #expect(try fault(name, [("self", some), (argument, .int(2))]) == nil, "\(name)")
    }
    let long = try Operator("aten::expand").tensor([Self.ones(1), .ints([1 << 40])])
    #expect(try fault("unbind.int", [("self", .tensor(long))]) != nil)
    #expect(try fault("split.Tensor", [("self", .tensor(long)), ("split_size", .int(3))]) != nil)
    #expect(try fault("unbind.int", [("self", some)]) == nil)
  }

  @Test func `a power that libtorch never finishes is refused`() throws {
    let some = try Self.ones(2, 2)
    for name in ["matrix_power", "linalg_matrix_power"] {
      #expect(try fault(name, [("self", some), ("n", .int(.min))]) != nil, "\(name)")
      for n in [.min + 1, -2, 0, 3, .max] {
        #expect(try fault(name, [("self", some), ("n", .int(n))]) == nil, "\(name) \(n)")
      }
    }
  }

  @Test func `a grid of more axes than a tensor can have is refused`() throws {
    let row = try Self.ones(2)
    func list(_ count: Int) -> Value { .tensors(Array(repeating: row.tensor, count: count)) }
    for name in ["meshgrid", "meshgrid.indexing", "cartesian_prod"] {
      let rest: Arguments = name.hasSuffix("indexing") ? [("indexing", .string("ij"))] : []
      #expect(try fault(name, [("tensors", list(65))] + rest) != nil, "\(name)")
      #expect(try fault(name, [("tensors", list(3))] + rest) == nil, "\(name)")
    }
    #expect(try fault("combinations", [("self", row), ("r", .int(1 << 20))]) != nil)
    #expect(try fault("combinations", [("self", row), ("r", .int(2))]) == nil)
  }

  @Test func `a tensor of more axes than libtorch computes with is refused by every operator`()
    throws
  {
    let axes = [Int](repeating: 1, count: 65)
    let deep = try Operator("aten::view").tensor([Self.ones(1), .ints(axes)])
    #expect(try fault("alias", [("self", .tensor(deep))]) != nil)
    #expect(try fault("cat", [("tensors", .tensors([deep]))]) != nil)
    let flat = try Operator("aten::view").tensor([Self.ones(1), .ints(Array(axes.dropLast()))])
    #expect(try fault("alias", [("self", .tensor(flat))]) == nil)
  }
}
