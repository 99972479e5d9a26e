public import Terms

/// What can be wrong with a data set.
public enum DatasetError: Fault, Hashable {
  case unknown(String, known: [String])
  case notIDX(String)
  case idxSize(String, declared: Int, found: Int)
  /// The file with the name of pictures holds labels, and that of labels pictures.
  case swapped(pictures: String, labels: String)
  case axes(String, found: Int, expected: Int)
  case counts(String, pictures: Int, String, labels: Int)
  case sizes(pictures: Int, labels: Int)
  case label(Int, classes: Int)
  case checksum(String, found: String, expected: String)
  case notFound(String, tried: [String])
  case download(String, reason: String)
  case noClasses(String)
  case emptyClass(String)
  case oneClass(String)
  case noLabels(String, wanted: String)
  case sizesDiffer(String)
  /// So many pictures to learn from, all the same.
  case alike(Int)
  /// There are too few pictures to keep some for measuring.
  case tooFew(String)
  case squareTooLarge(side: Int, height: Int, width: Int)

  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .unknown, .squareTooLarge: .usage
    default: .data
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "there is no data set “\(name)”; name \(known.joined(separator: ", ")) or a folder"
    case .notIDX(let path): "\(path) is not an IDX file of bytes"
    case .idxSize(let path, let declared, let found):
      "\(path) declares \(declared) bytes of data and has \(found)"
        + "\(found > declared ? " or more" : ""); fetch it again"
    case .swapped(let pictures, let labels):
      "\(pictures) holds labels and \(labels) pictures; swap their names"
    case .axes(let path, let found, let expected):
      "\(path) is an IDX file of \(found) \(found == 1 ? "axis" : "axes"), and "
        + (expected == 3 ? "pictures have three: count, height and width" : "labels have one")
    case .counts(let pictures, let count, let labels, let others):
      "\(pictures) holds \(count) pictures and \(labels) \(others) labels; use two "
        + "files that belong together"
    case .sizes(let pictures, let labels):
      "\(pictures) bytes of pictures do not fit \(labels) labels"
    case .label(let label, let classes):
      "a label is \(label), but there are \(classes) classes, counted from 0"
    case .checksum(let path, let found, let expected):
      "\(path) is not the published file: its SHA-256 is \(found.prefix(16))…, not "
        + "\(expected.prefix(16))…; delete it and fetch it again"
    case .notFound(let name, let tried):
      "\(name) was not found in \(tried.joined(separator: ", ")); "
        + "run `rather data fetch`, or name a folder with --from"
    case .download(let url, let reason): "\(url) could not be fetched: \(reason)"
    case .noClasses(let path):
      "\(path) has fewer than two folders of pictures; make one folder per class"
    case .emptyClass(let path): "\(path) holds fewer than two pictures that can be read"
    case .oneClass(let path): "all labels in \(path) are 0; there must be two classes or more"
    case .noLabels(let path, let wanted):
      "\(path) has no labels beside it; put \(wanted) into its folder"
    case .sizesDiffer(let path):
      "the training and the test pictures in \(path) are of different sizes"
    case .alike(let count):
      count == 1
        ? "there is one picture to learn from, and nothing to tell it apart from; add more"
        : "the \(count) pictures to learn from are all the same, so there is nothing to "
          + "learn; use different ones"
    case .tooFew(let path):
      "\(path) has too few pictures to learn from some and measure on others; bring at least two of a "
        + "class"
    case .squareTooLarge(let side, let height, let width):
      "a square of \(side) pixels does not fit pictures of \(width) × \(height); choose a smaller one"
    }
  }
}
