public import Terms

/// What can be wrong with a request.
public enum RequestFault: Fault, Hashable {
  /// Parts of it do not go together, or a value is out of its range; in one sentence.
  case unfit(String)
  /// A key that no request of its kind has.
  case unknownKey(String, nearest: [String])
  /// A key that stands in one object twice.
  case repeatedKey(String)
  /// A value that is not of its key's kind.
  case value(key: String, reason: String)
  /// It is no JSON object.
  case notJSON(String)

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unfit(let sentence): sentence
    case .unknownKey(let key, let nearest):
      "a request of this kind has no key “\(key)”"
        + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?")
    case .repeatedKey(let key): "the key “\(key)” stands in the request twice; say it once"
    case .value(let key, let reason): "the value of “\(key)” does not fit: \(reason)"
    case .notJSON(let reason): "the request cannot be read: \(reason)"
    }
  }
}
