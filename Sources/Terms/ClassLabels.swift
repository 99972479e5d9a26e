/// The names of a network's classes, and how people's words find them.
public struct ClassLabels: Hashable, Sendable {
  /// The names in order of the classes' indices.
  public let names: [String]
  /// How they belong together: of labels that are each there or not, `not dog` is a class, too.
  public let head: Head

  /// Makes labels of names.
  public init(_ names: [String], head: Head = .choice) { (self.names, self.head) = (names, head) }

  /// The name of a class, with its index behind a `#` where another class has that name, too; its index where it has
  /// none.
  ///
  /// - Complexity: O(n) for n classes; ``shownNames`` are all of them at once.
  public subscript(_ index: Int) -> String {
    guard names.indices.contains(index) else {
      if let other = head.opposite(of: index), names.indices.contains(other) {
        return Self.absence(of: self[other])
      }
      return "class \(index)"
    }
    let name = names[index]
    let isTwin = names.firstIndex(of: name) != index || names[(index + 1)...].contains(name)
    return isTwin ? twin(index, among: names) : name
  }

  /// The names as lists show them: no two are the same.
  public var shownNames: [String] {
    let known = Set(names)
    if known.count == names.count { return names }
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    return names.indices.map { counts[names[$0]] == 1 ? names[$0] : twin($0, among: known) }
  }

  /// What a class is called whose name another has, too.
  private func twin(_ index: Int, among known: some Sequence<String>) -> String {
    let numbered = "\(names[index])#\(index)"
    return known.contains(numbered) ? "@\(index)" : numbered
  }

  /// What the absence of a label is called.
  public static func absence(of name: String) -> String { "not " + name }

  /// The names of a set, joined: “cello or violin”; of absences, “neither cello nor violin”.
  public func text(_ set: ClassSet) -> String {
    if set.indices.count > 1, head.isAbsence(set), let labels = head.opposite(of: set) {
      return "neither " + labels.indices.map { self[$0] }.joined(separator: " nor ")
    }
    let words = set.indices.map { self[$0] }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The class that a word means: a label (letter case aside, but where two labels differ by nothing else), a label with
  /// its index (`crane#134`), the second name that a label has in brackets, an index, or the beginning of one label only;
  /// `@3` is always the class of index 3 unless a label is that word itself. `not` before the name of a label that has a
  /// sigmoid of its own means its absence.
  ///
  /// A number that is both an index and the beginning of another class's label is ambiguous.
  ///
  /// - Throws: ``LabelError/unknown(_:nearest:)``, ``LabelError/ambiguous(_:candidates:)``,
  ///   ``LabelError/index(_:count:)``.
  public func index(of word: String) throws(LabelError) -> Int {
    guard let index = try indexIfKnown(of: word) else {
      throw .unknown(word, nearest: NearestNames.of(word, in: names))
    }
    return index
  }

  /// The same, and `nil` where no class is called so: for whoever tries, whom it costs no search for likely names.
  package func indexIfKnown(of word: String) throws(LabelError) -> Int? {
    let wanted = word.lowercased()
    let alike = names.indices.filter { names[$0].lowercased() == wanted }
    let exact = alike.filter { names[$0] == word }
    if let only = try unique(exact.isEmpty ? alike : exact, word) { return only }
    if let numbered = numbered(wanted) { return numbered }
    let common = names.indices.filter { names[$0].lowercased().hasSuffix("(\(wanted))") }
    if let only = try unique(common, word) { return only }
    if word.hasPrefix("@"), let index = Int(word.dropFirst()) { return try existing(index) }
    if let absent = try absence(wanted) { return absent }
    let begun =
      wanted.isEmpty ? [] : names.indices.filter { names[$0].lowercased().hasPrefix(wanted) }
    if let index = Int(word), names.indices.contains(index) {
      if begun.isEmpty || begun.contains(index) { return index }
      throw .ambiguous(word, candidates: ([index] + begun).prefix(5).map { candidate($0) })
    }
    if let only = try unique(begun, word) { return only }
    return try Int(word).map { index throws(LabelError) in try existing(index) }
  }

  /// The classes that words mean.
  public func set(of words: [String]) throws(LabelError) -> ClassSet {
    let indices = try words.map { word throws(LabelError) in try index(of: word) }
    guard let set = ClassSet(indices) else { throw .empty }
    return set
  }

  /// The class of a label with its index.
  private func numbered(_ word: String) -> Int? {
    guard let mark = word.lastIndex(of: "#"), let index = Int(word[word.index(after: mark)...]),
      names.indices.contains(index), names[index].lowercased() == word[..<mark]
    else { return nil }
    return index
  }

  /// The class of `not dog`; `nil` for other words.
  private func absence(_ word: String) throws(LabelError) -> Int? {
    let prefix = Self.absence(of: "")
    guard case .labels = head, word.hasPrefix(prefix),
      let label = try indexIfKnown(of: String(word.dropFirst(prefix.count)))
    else { return nil }
    return head.opposite(of: label)
  }

  private func existing(_ index: Int) throws(LabelError) -> Int {
    guard names.indices.contains(index) else { throw .index(index, count: names.count) }
    return index
  }

  /// A class with the word that means it and nothing else.
  private func candidate(_ index: Int) -> String { "\(self[index]) (@\(index))" }

  private func unique(_ found: [Int], _ word: String) throws(LabelError) -> Int? {
    guard found.count > 1 else { return found.first }
    throw .ambiguous(word, candidates: found.prefix(5).map { candidate($0) })
  }
}

/// What can be wrong with the name of a class.
public enum LabelError: Fault, Hashable {
  case unknown(String, nearest: [String])
  case ambiguous(String, candidates: [String])
  case index(Int, count: Int)
  case empty

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unknown(let word, let nearest):
      "there is no class named “\(word)”"
        + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?")
    case .ambiguous(let word, let candidates):
      "“\(word)” may mean \(candidates.joined(separator: ", ")); write more of it, or what stands in brackets after the one that is meant"
    case .index(let index, let count):
      "there is no class \(index); the \(count) classes are counted from 0"
    case .empty: "name at least one class"
    }
  }
}
