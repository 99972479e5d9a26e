internal import Files
internal import Terms

/// What can go wrong with the folder in which a workbench keeps what it shall remember.
enum RecordsFault: Fault, Hashable {
  /// The folder holds other things.
  case otherFolder(String)
  /// The file is none of records.
  case notRecords(String)
  case newer(String)
  /// Another server has the folder.
  case busy(String)
  case damaged(String, reason: String)
  /// The machine refuses to write.
  case unwritable(String, reason: String)
  /// The folder was taken away.
  case removed(String)

  var kind: FaultKind {
    switch self {
    case .otherFolder, .busy: .usage
    case .notRecords, .newer, .damaged: .data
    case .unwritable, .removed: .io
    }
  }

  var description: String {
    switch self {
    case .otherFolder(let path):
      "the folder \(path) is not empty and holds no records of rather serve; name another with --data"
    case .notRecords(let path):
      "\(path) holds no records of rather serve; take it away, or name another folder with --data"
    case .newer(let path): "\(path) was written by a newer Rather; use that one"
    case .busy(let path):
      "another rather serve keeps its records in \(path); end it, or name another folder with --data"
    case .damaged(let path, let reason):
      "the records \(path) cannot be used: \(reason); take the file away, or name another folder with --data"
    case .unwritable(let path, let reason):
      "the records \(path) cannot be written: \(reason); make room, or check the permissions"
    case .removed(let path):
      "the records \(path) were removed while the server was open; start it again"
    }
  }
}
