internal import Tensors

/// What libtorch takes for granted of some operators' arguments, and a network's file need not keep to.
///
/// Each was found by calling allowed operators with arguments of any kind over memory whose ends are
/// watched: without the check, libtorch reads beyond a tensor, divides by zero, never ends or fills the
/// machine with the heads of empty tensors.
enum OperatorGuard {
  /// What is wrong with a call; `nil` where nothing is, and for operators that check for themselves.
  static func fault(
    of name: String, _ arguments: [(name: String?, value: Value)], _ call: Operator
  ) -> String? {
    for (_, value) in arguments {
      if let rank = value.greatestRank, rank > mostAxes {
        return "a tensor of \(rank) axes has more than \(mostAxes)"
      }
    }
    guard let check = checks[name] else { return nil }
    var values: [String: Value] = [:]
    for (parameter, argument) in zip(call.parameters, arguments) {
      values[argument.name ?? parameter.name] = argument.value
    }
    return check(values)
  }

  typealias Check = @Sendable ([String: Value]) -> String?

  private static let checks: [String: Check] = {
    var checks: [String: Check] = [:]
    for name in ["_weight_norm", "_weight_norm_interface"] { checks[name] = weightNorm }
    for name in [
      "native_batch_norm", "_native_batch_norm_legit", "_native_batch_norm_legit.no_stats",
      "_native_batch_norm_legit_functional", "_native_batch_norm_legit_no_training",
      "_batch_norm_no_update",
    ] {
      checks[name] = batchNorm
    }
    for (name, check) in recurrent.merging(arithmetic, uniquingKeysWith: { first, _ in first }) {
      checks[name] = check
    }
    checks["scaled_dot_product_attention"] = attention
    checks["_scaled_dot_product_flash_attention_for_cpu"] = flashAttention
    for name in [
      "tensor_split.sections", "chunk", "unsafe_chunk", "hsplit.int", "vsplit.int", "dsplit.int",
    ] {
      checks[name] = pieces
    }
    for name in ["meshgrid", "meshgrid.indexing", "cartesian_prod", "combinations"] {
      checks[name] = grid
    }
    for name in ["matrix_power", "linalg_matrix_power"] { checks[name] = power }
    checks["unbind.int"] = { slices($0, of: "dim", each: nil) }
    checks["split.Tensor"] = { slices($0, of: "dim", each: "split_size") }
    checks["unsafe_split.Tensor"] = { slices($0, of: "dim", each: "split_size") }
    return Dictionary(uniqueKeysWithValues: checks.map { ("aten::" + $0.key, $0.value) })
  }()

  /// g holds a number for each slice of v.
  private static func weightNorm(_ values: [String: Value]) -> String? {
    guard let v = values["v"]?.tensor, let g = values["g"]?.tensor else {
      return "v or g is missing"
    }
    if v.count == 0 { return "v has no elements" }
    let given = values["dim"].flatMap { if case .int(let dim) = $0 { dim } else { nil } } ?? 0
    let axis = given < 0 ? given + v.rank : given
    guard (0..<v.rank).contains(axis) else { return "there is no axis \(given)" }
    let expected = (0..<v.rank).map { $0 == axis ? v.shape[axis] : 1 }
    return g.shape == expected ? nil : "g has shape \(g.shape), and \(expected) is needed"
  }

  /// A number a channel in each; and averages, where they are not taken of the batch.
  private static func batchNorm(_ values: [String: Value]) -> String? {
    guard let input = values["input"]?.tensor, input.rank > 1 else {
      return "its input has no channels"
    }
    for name in ["weight", "bias", "running_mean", "running_var"] {
      guard let tensor = values[name]?.tensor else { continue }
      if tensor.shape != [input.shape[1]] {
        return "\(name) has shape \(tensor.shape), and [\(input.shape[1])] is needed"
      }
    }
    if case .bool(true)? = values["training"] { return nil }
    let hasAverages = values["running_mean"]?.tensor != nil && values["running_var"]?.tensor != nil
    return hasAverages ? nil : "averages are missing"
  }

  /// libtorch divides by the number of heads, and reads the value as if it were as long as the key.
  private static func attention(_ values: [String: Value]) -> String? {
    var shapes: [[Int]] = []
    for name in ["query", "key", "value"] {
      guard let tensor = values[name]?.tensor else { return "\(name) is missing" }
      if tensor.shape.contains(0) { return "\(name) has no elements" }
      if tensor.rank < 2 { return "\(name) has shape \(tensor.shape)" }
      shapes.append(tensor.shape)
    }
    let (key, value) = (shapes[1], shapes[2])
    guard key[key.count - 2] == value[value.count - 2] else {
      return "the key has shape \(key), and the value \(value)"
    }
    return nil
  }

  /// The kernel itself takes all three to have the same batch, heads and lengths.
  private static func flashAttention(_ values: [String: Value]) -> String? {
    if let fault = attention(values) { return fault }
    let shapes = ["query", "key", "value"].compactMap { values[$0]?.tensor?.shape }
    let (query, key, value) = (shapes[0], shapes[1], shapes[2])
    guard query.count == 4, key.count == 4, value == key, query[3] == key[3],
      query[..<2] == key[..<2]
    else { return "query, key and value have shapes \(query), \(key) and \(value)" }
    guard let mask = values["attn_mask"]?.tensor else { return nil }
    let full = [query[0], query[1], query[2], key[2]]
    let fits =
      mask.rank <= 4
      && zip(mask.shape.reversed(), full.reversed()).allSatisfy { $0 == 1 || $0 == $1 }
    return fits && mask.rank >= 2 ? nil : "the mask has shape \(mask.shape)"
  }

  /// libtorch turns a negative power around until it is none, which the smallest never is.
  private static func power(_ values: [String: Value]) -> String? {
    if case .int(.min)? = values["n"] { return "no power can be \(Int.min)" }
    return nil
  }

  /// The most axes of a tensor: libtorch's own kernels take no more, and every view of one that has a
  /// million has a head of as many numbers.
  private static let mostAxes = 64

  /// A grid has an axis for each of its tensors, and is as many tensors of so many axes.
  private static func grid(_ values: [String: Value]) -> String? {
    var count = 0
    if case .tensors(let list)? = values["tensors"] { count = list.count }
    if case .int(let size)? = values["r"] { count = size }
    return count > mostAxes ? "a grid of \(count) axes has more than \(mostAxes)" : nil
  }

  /// The most results of one call: each has a head of its own, however empty it is.
  private static let mostPieces = 1 << 16

  private static func pieces(_ values: [String: Value]) -> String? {
    for name in ["sections", "chunks"] {
      if case .int(let count)? = values[name], count > mostPieces {
        return "\(count) pieces are more than \(mostPieces)"
      }
    }
    return nil
  }

  /// As many results as there are slices along an axis, of a view that may be longer than memory.
  private static func slices(
    _ values: [String: Value], of axis: String, each: String?
  ) -> String? {
    guard let tensor = values["self"]?.tensor else { return nil }
    var (dim, size) = (0, 1)
    if case .int(let given)? = values[axis] { dim = given }
    if let each, case .int(let given)? = values[each] { size = given }
    let place = dim < 0 ? dim + tensor.rank : dim
    // What is no axis or no size libtorch refuses.
    guard (0..<tensor.rank).contains(place), size > 0 else { return nil }
    let count = tensor.shape[place] / size
    return count > mostPieces ? "\(count) pieces are more than \(mostPieces)" : nil
  }
}

extension Value {
  /// The most axes that one of its tensors has; `nil` where it has none.
  fileprivate var greatestRank: Int? {
    switch self {
    case .tensor(let tensor): tensor.rank
    case .tensors(let list): list.compactMap { $0?.rank }.max()
    default: nil
    }
  }
}
