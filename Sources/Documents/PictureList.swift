internal import Files
internal import Foundation
internal import Imagery
internal import Terms

/// The pictures that documents are made of, in order.
public struct PictureList: Hashable, Sendable {
  /// What they are called, relative to the folder or to the list's folder; some may be whole paths.
  public let names: [String]
  /// What was left out, in sentences: pictures that are there or named twice, links to nothing.
  public let notes: [String]
  /// What the names are relative to; empty for the folder that the process works in.
  private let folder: String
  /// The file that lists them.
  private let list: String?

  /// The pictures below a folder, or those that a text file lists: a path a line, empty lines and
  /// those that begin with `#` passed over.
  ///
  /// - Parameter path: The folder or the list; `-` reads the list from standard input, its paths
  ///   relative to the folder that the process works in.
  /// - Throws: ``DocumentsError/missing(_:)``, ``DocumentsError/picture(_:)``,
  ///   ``DocumentsError/notPictures(_:)``, ``DocumentsError/emptyList(_:)``,
  ///   ``DocumentsError/nothingThere(list:first:)``, `PictureError` where a folder holds none.
  public init(at path: String) throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if path != "-", isThere, isFolder.boolValue {
      var notes: [String] = []
      names = try Picture.names(below: path) { notes.append("\($0)") }
      (self.notes, folder, list) = (notes, path, nil)
      return
    }
    guard path == "-" || isThere else { throw DocumentsError.missing(path) }
    (names, notes) = Self.named(in: try Self.text(path))
    list = path == "-" ? nil : path
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard let first = names.first else { throw DocumentsError.emptyList(path) }
    guard names.indices.contains(where: { FileManager.default.fileExists(atPath: self[$0]) })
    else { throw DocumentsError.nothingThere(list: path, first: first) }
  }

  /// The most bytes of a list: a million of long paths.
  private static let limit = 256 << 20

  private static func text(_ path: String) throws -> String {
    let bytes =
      path == "-"
      ? try ByteStream.standardInput(atMost: limit) : try ByteStream.contents(path, atMost: limit)
    do { return try TextFile.text(of: bytes) } catch ReadingFault.encoding(let name) {
      throw FileError.unreadable(path, .encoding(name))
    } catch {
      throw PictureFormat(of: bytes) == nil
        ? DocumentsError.notPictures(path) : DocumentsError.picture(path)
    }
  }

  /// The names of a list, each once, and what of them is named twice.
  private static func named(in text: String) -> (names: [String], notes: [String]) {
    var counts: [ExactName: Int] = [:]
    var (names, repeated): ([String], [(word: String, name: ExactName)]) = ([], [])
    for line in text.split(whereSeparator: \.isNewline) {
      let word = line.trimmingCharacters(in: .whitespaces)
      if word.isEmpty || word.hasPrefix("#") { continue }
      let name = plain(word)
      counts[ExactName(name), default: 0] += 1
      switch counts[ExactName(name)] {
      case 1: names.append(name)
      case 2: repeated.append((word, ExactName(name)))
      default: break
      }
    }
    let notes = repeated.first.map { first in
      let times = counts[first.name].map { $0 == 2 ? "twice" : "\($0) times" } ?? "twice"
      let others =
        switch repeated.count {
        case 1: ""
        case 2: ", and another more than once;"
        default: ", and \(repeated.count - 1) others more than once;"
        }
      return "\(first.word) is listed \(times)"
        + (others.isEmpty ? " and counts once" : "\(others) each counts once")
    }
    return (names, notes.map { [$0] } ?? [])
  }

  /// A path without the parts that say nothing: `./a//b.png` is `a/b.png`.
  private static func plain(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The path of a picture.
  public subscript(_ index: Int) -> String {
    let name = names[index]
    if folder.isEmpty || name.hasPrefix("/") { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The paths of all that is read: the pictures, and the list where they stand in one.
  public var files: [String] { names.indices.map { self[$0] } + (list.map { [$0] } ?? []) }

  /// The checksum of the names; the same wherever the folder lies.
  public var sha256: String {
    SHA256.hex(of: names.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] })
  }
}
