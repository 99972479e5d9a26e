public import Networks
public import Terms

/// What can be wrong with making documents, or with joining their parts.
public enum DocumentsError: Hashable, Sendable {
  case notPictures(String)
  /// Nothing has the path.
  case missing(String)
  /// A picture was named in place of a folder of them.
  case picture(String)
  /// None of so many pictures could be read.
  case noDocuments(of: Int)
  /// No label of any picture is above the threshold.
  case noLabels(threshold: Float)
  case emptyList(String)
  case nothingThere(list: String, first: String)
  /// The network's answers are no classes.
  case regression
  /// The network takes another number of pictures at once.
  case batch(Int, network: Int)
  /// There are fewer passes than parts.
  case shards(Int, passes: Int)
  /// A part was to be written where nothing says which one it is.
  case plainShard(String)
  /// What another command left unfinished, and how that differs.
  case otherWork(String, differences: [String])
  /// Another process writes the same documents.
  case busy(String)
  /// What the network answers for a picture cannot be used.
  case answer(String, NetworkError)
  /// Parts of different documents, and how the first differs from the second.
  case otherDocuments(String, String, differences: [String])
  case sameShard(String, String, shard: String)
  case missingShards([Int], of: Int)
  /// Two names of one file, or two files of the same documents.
  case sameDocuments(String, String)
}

extension DocumentsError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .regression, .batch, .shards, .plainShard, .otherWork, .busy: .usage
    default: .data
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .notPictures, .missing, .picture, .noDocuments, .noLabels, .emptyList,
      .nothingThere, .answer:
      inputDescription
    case .regression, .batch, .shards, .plainShard, .otherWork, .busy: workDescription
    case .otherDocuments, .sameShard, .missingShards, .sameDocuments: mergeDescription
    }
  }

  private var inputDescription: String {
    switch self {
    case .notPictures(let path):
      "\(path) is neither a folder of pictures nor a list of them; a list is a text file with one "
        + "path per line"
    case .missing(let path):
      "\(path) does not exist; name a folder of pictures, or a text file that lists some"
    case .picture(let path):
      "\(path) is one picture, where many are needed; name a folder of pictures, or a text file "
        + "that lists some"
    case .noDocuments(0): "the files hold no document, so nothing was written"
    case .noDocuments(1):
      "the only picture could not be read, so there is no document, and nothing was written"
    case .noDocuments(let count):
      "none of the \(count) pictures could be read, so there is no document, and nothing was written"
    case .noLabels(let threshold):
      "of no picture a label's probability is above \(threshold), so no document has a class, and nothing was "
        + "written; lower --threshold"
    case .emptyList(let path): "\(path) lists no pictures; write one path per line"
    case .nothingThere(let list, let first):
      "none of the pictures listed in \(list) is there (\(first), for example); paths "
        + "are relative to the list's own folder"
    case .answer(let path, let error): "\(path): \(error), or leave the picture out"
    default: ""
    }
  }

  private var workDescription: String {
    switch self {
    case .regression:
      "the network's card says regression, and a document is made of classes; name a classifier"
    case .batch(let batch, let network):
      "the network takes \(network) pictures at once, not \(batch); leave --batch out"
    case .shards(let count, let passes):
      "the pictures are too few for \(count) shards; name at most \(passes), or a smaller --batch"
    case .plainShard(let path):
      "\(path) could not say which shard it is, because only the header of a gzip "
        + "file can; end its name in .gz"
    case .otherWork(let path, let differences):
      "\(path) is the unfinished work of another command (\(differences.joined(separator: "; "))); "
        + "finish that, name another --output, or start anew with --force"
    case .busy(let path):
      "another process is at work on \(path); wait for it, or name another --output"
    default: ""
    }
  }

  private var mergeDescription: String {
    switch self {
    case .otherDocuments(let one, let other, let differences):
      "\(one) and \(other) are not parts of the same documents "
        + "(\(differences.joined(separator: "; "))); merge the parts of one set"
    case .sameShard(let one, let other, let shard):
      "\(one) and \(other) are both shard \(shard); name each part once"
    case .sameDocuments(let one, let other):
      "\(one) and \(other) hold the same documents, which would count twice; name each file once"
    case .missingShards(let missing, let count):
      "of \(count) shards, \(missing.map { "\($0)/\(count)" }.joined(separator: ", ")) "
        + "\(missing.count == 1 ? "is" : "are") missing; name all parts"
    default: ""
    }
  }
}
