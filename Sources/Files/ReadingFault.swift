public import Terms

/// Why a file is not read; the sentence goes on from “PATH cannot be read: ”.
public enum ReadingFault: Fault, Hashable {
  /// No file has this path.
  case missing
  /// A link has it, and what the link names is not there.
  case danglingLink
  /// Links lead to each other.
  case linkCircle
  /// A folder has it.
  case folder
  /// A device, a pipe or a socket has it, which need not end.
  case noPlainFile
  /// The system refuses to open it.
  case forbidden
  /// The system gives another reason, in its own words.
  case system(String)
  /// It has more bytes than are read of its kind.
  case tooLarge(limit: Int)
  /// It is compressed, and unpacks to more bytes than are unpacked of its kind or size.
  case unpacksTooLarge(limit: Int)
  /// It is compressed, and cut off or damaged.
  case damaged
  /// It is text in another encoding than UTF-8.
  case encoding(String)
  /// It is no text in UTF-8.
  case noText

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// What was wrong and what to do.
  public var description: String {
    switch self {
    case .missing: "there is no such file; check the path"
    case .danglingLink: "it is a link to a file that is not there"
    case .linkCircle: "it is a link that leads back to itself"
    case .folder: "it is a folder; name a file in it"
    case .noPlainFile: "it is a device or a pipe; save its contents in a file, and name that"
    case .forbidden: "permission denied; ask its owner, or change its permissions"
    case .system(let reason): reason
    case .tooLarge(let limit):
      "it is larger than \(Self.size(limit)), the most that is read of a file of its kind"
    case .unpacksTooLarge(let limit):
      "it unpacks to more than \(Self.size(limit)), the most for a file of its kind and size; "
        + "if it is sound, unpack it first"
    case .damaged: "it is cut off or damaged; fetch it again"
    case .encoding(let name): "it is text in \(name); save it as UTF-8"
    case .noText: "it is not text in UTF-8"
    }
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
  }
}
