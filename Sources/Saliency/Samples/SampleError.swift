public import Terms

/// Why a method that alters the picture cannot explain it.
public enum SampleError: Fault, Hashable {
  /// What cannot be divided takes more bytes than the memory that may be used.
  case tooLarge(String, bytes: Int, memory: Int)
  /// So few samples say nothing of so many segments.
  case tooFew(samples: Int, segments: Int)
  /// The score is the probability of all classes, which is 1 whatever the picture.
  case certain(classes: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .tooLarge(let what, let bytes, let memory):
      "\(what) takes \(bytes >> 20) MiB, and \(memory >> 20) MiB may be used; allow more memory or "
        + "choose a smaller size"
    case .tooFew(let samples, let segments):
      "\(samples) samples are too few for \(segments) segments, of which at least twice as many are needed; set more "
        + "samples, or fewer segments"
    case .certain(let classes):
      "the probability of all \(classes) classes together is 1 for every picture, so its odds are "
        + "infinite; choose fewer classes"
    }
  }
}

extension Resources {
  /// What is smaller than this is never refused; a network takes as much.
  private static let leastMemory = 16 << 20

  /// Refuses what is needed as a whole and does not fit.
  func check(_ what: String, bytes: Int) throws(SampleError) {
    guard bytes <= max(memory, Self.leastMemory) else {
      throw .tooLarge(what, bytes: bytes, memory: memory)
    }
  }
}
