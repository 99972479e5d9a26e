internal import CLibTorch

/// Where a tensor lives and is computed.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  /// The processor.
  case cpu
  /// A CUDA device by number.
  case cuda(Int)

  /// The processor and every CUDA device that can be used.
  public static var available: [Device] {
    [.cpu] + (0..<Int(ct_device_count())).map(Device.cuda)
  }

  /// As libtorch writes it: `cpu`, `cuda:0`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }

  /// Reads `cpu`, `cuda` or `cuda:1`; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "cpu": self = .cpu
    case "cuda": self = .cuda(0)
    default:
      guard text.hasPrefix("cuda:"), let index = Int(text.dropFirst(5)), index >= 0 else {
        return nil
      }
      self = .cuda(index)
    }
  }
}
