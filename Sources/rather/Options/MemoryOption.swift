import ArgumentParser
import Files
import Tensors

/// How much memory a command may take.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Memory for weights, activations and samples, such as 500M or 2G. (default: "
        + "half of the machine's, or of its control group's)", valueName: "size"))
  var memory: MemorySize?

  func validate() throws {
    let all = MachineMemory.bytes
    guard let memory, memory.bytes > all else { return }
    throw ValidationError(
      "--memory is more than this machine or its control group has, \(all >> 20)M; name less")
  }

  /// Bytes of tensors.
  var bytes: Int { memory.map { Self.tensors(of: $0.bytes) } ?? Self.usual }

  /// The tensors of a command that was told nothing.
  static let usual = tensors(of: MachineMemory.bytes / 2)

  /// What of an allowance is left for tensors: a network's graph, pictures and libraries' own work
  /// take some of it, more than the 200 MB that a command has beside its allowance.
  private static func tensors(of allowance: Int) -> Int {
    allowance - min(64 << 20, allowance / 4)
  }
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
