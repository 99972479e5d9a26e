internal import Documents
internal import Foundation
internal import Imagery
internal import Terms

/// The pictures that words name: pictures, folders, patterns and lists.
package struct PictureSelection: Sendable {
  /// The paths, each once, in the order in which they are named.
  package private(set) var paths: [String]
  /// What of them was left out, in sentences.
  package private(set) var notes: [String]
  /// The lists that name some.
  package let lists: [String]
  /// Whether one picture was named, and nothing that may hold several.
  package let isOne: Bool

  /// Looks what words name.
  ///
  /// - Parameter words: A picture; a folder, for the pictures below it; a text file that ends in `.txt`, or `-`
  ///   for standard input, for those that it lists, a path a line; a pattern with `*`, `?` or `[`.
  /// - Throws: `DocumentsError` and `PictureError` where a folder or a list holds none;
  ///   ``RequestFault/unfit(_:)`` where a pattern matches none.
  package init(_ words: [String]) throws {
    guard let first = words.first else { throw RequestFault.unfit("no picture is named") }
    if words.count == 1, Self.kind(of: first) == .picture {
      (paths, notes, lists, isOne) = ([first], [], [], true)
      return
    }
    var (paths, notes, lists): ([String], [String], [String]) = ([], [], [])
    var seen: Set<ExactName> = []
    for word in words {
      let named: [String]
      switch Self.kind(of: word) {
      case .picture: named = [word]
      case .pattern: named = try Self.fitting(word)
      case .list, .folder:
        let list = try PictureList(at: word)
        named = list.names.indices.map { list[$0] }
        notes += list.notes.map { "Note: \($0)" }
        if Self.kind(of: word) == .list, word != "-" { lists.append(word) }
      }
      paths += named.filter { seen.insert(ExactName($0)).inserted }
    }
    (self.paths, self.notes, self.lists, isOne) = (paths, notes, lists, false)
  }

  /// The same without what lies below a folder that holds reports and is written to: an earlier run's pictures
  /// of maps are no photos.
  ///
  /// - Throws: ``RequestFault/unfit(_:)`` where nothing else is named.
  func leavingOut(below folder: String) throws -> PictureSelection {
    func resolved(_ path: String) -> String {
      URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
    guard PictureSetMark.isThere(in: folder) else { return self }
    let place = resolved(folder) + "/"
    var rest = self
    rest.paths = paths.filter { !resolved($0).hasPrefix(place) }
    let count = paths.count - rest.paths.count
    if count == 0 { return self }
    guard !rest.paths.isEmpty else {
      throw RequestFault.unfit(
        "all pictures that are named lie in \(folder), which reports are written to; name another "
          + "folder with --output")
    }
    rest.notes.append(
      "Note: \(Counted.text(count, "picture")) in \(folder), which reports are written to, "
        + (count == 1 ? "is left out" : "are left out"))
    return rest
  }

  /// What reports about these words are called after.
  package static func title(of words: [String]) -> String {
    guard words.count == 1, let word = words.first, kind(of: word) != .pattern, word != "-" else {
      return "pictures"
    }
    return word
  }

  private enum Kind {
    case picture, folder, list, pattern
  }

  private static func kind(of word: String) -> Kind {
    if word == "-" { return .list }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: word, isDirectory: &isFolder) {
      if isFolder.boolValue { return .folder }
      return word.lowercased().hasSuffix(".txt") ? .list : .picture
    }
    return word.contains { "*?[".contains($0) } ? .pattern : .picture
  }

  /// The files that match a pattern, sorted.
  private static func fitting(_ pattern: String) throws -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, found.gl_pathc > 0 else {
      throw RequestFault.unfit("no file matches \(pattern)")
    }
    return (0..<Int(found.gl_pathc)).compactMap { place in
      found.gl_pathv[place].map { String(cString: $0) }
    }
  }
}
