import ArgumentParser
import Sessions

/// How much memory a command may take.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Memory for weights, activations and samples, such as 500M or 2G. (default: "
        + "half of the machine's, or of its control group's)", valueName: "size"))
  var memory: MemorySize?

  func validate() throws { try usage { try MemoryChoice.check(allowance) } }

  /// Bytes that were allowed; `nil` where nothing was said.
  var allowance: Int? { memory?.bytes }

  /// Bytes of tensors.
  var bytes: Int { MemoryChoice.tensorBytes(of: allowance) }

  /// The tensors of a command that was told nothing.
  static let `default` = MemoryChoice.tensorBytes(of: nil)
}

/// A command that can be told how much memory it may take.
protocol MemoryBounded {
  /// Bytes of tensors that it may have.
  var memoryBytes: Int { get }
}

/// A number of bytes as people write it.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let text = argument.uppercased()
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = String(text.dropFirst(digits.count))
    let shifts = ["": 0, "K": 10, "M": 20, "G": 30]
    let name = unit.replacing("IB", with: "").replacing("B", with: "")
    guard let number = Double(String(digits)), let shift = shifts[name] else { return nil }
    let size = number * Double(1 << shift)
    guard size >= Double(1 << 20), size < 1e18 else { return nil }
    bytes = Int(size)
  }
}
