internal import Foundation
internal import Terms

/// How pages and manifests name files: reports are handed on, and where a file lies on one machine is
/// nobody else's concern.
public enum ShownPaths: Hashable, Sendable {
  /// By their names alone; a checksum says which file it was. Paths in a command that begin at the root
  /// become names too, all others stay as they were typed.
  case names
  /// By their whole paths, and commands as they were typed.
  case full

  /// A file or folder.
  package func path(_ path: String) -> String {
    if path.isEmpty { return "" }
    switch self {
    case .names: return Self.name(of: path)
    case .full: return URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }
  }

  /// A picture, where its place in a folder that was named still tells it apart.
  func relative(_ path: String) -> String {
    path.hasPrefix("/") || self == .full ? self.path(path) : path
  }

  /// A file, by the path that is shown.
  func file(_ file: Manifest.File) -> Manifest.File {
    Manifest.File(
      path: path(file.path), sha256: file.sha256, size: file.size, output: file.output,
      overridden: file.overridden?.mapValues(text))
  }

  /// A command, word for word.
  func command(_ command: String) -> String {
    if self == .full { return command }
    return Self.words(of: command).map { word in
      let ends: Set<Character> = ["=", ",", ":", "+"]
      return CommandText.quoted(Self.named(in: word, between: ends, fewestFolders: 0))
    }.joined(separator: " ")
  }

  /// A sentence, or the value of a setting.
  package func text(_ text: String) -> String {
    if self == .full { return text }
    let ends: Set<Character> = [
      " ", "=", ",", ";", ":", "+", "“", "”", "\"", "'", "’", "(", ")", "[", "]", "\n",
    ]
    return Self.named(in: text, between: ends, fewestFolders: 1)
  }

  /// A setting's value.
  func value(_ value: SettingValue) -> SettingValue {
    switch value {
    case .text(let text): .text(self.text(text))
    case .list(let values): .list(values.map { self.value($0) })
    case .number, .flag: value
    }
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// A text whose paths from the root are names.
  ///
  /// - Parameter fewestFolders: How many folders a path has at the least: a sentence may hold a stroke that
  ///   begins none.
  private static func named(
    in text: String, between ends: Set<Character>, fewestFolders: Int
  ) -> String {
    var shown = ""
    var piece = ""
    func close() {
      let folders = piece.split(separator: "/").count - 1
      shown += piece.hasPrefix("/") && folders >= fewestFolders ? name(of: piece) : piece
      piece = ""
    }
    for character in text {
      if ends.contains(character) {
        close()
        shown.append(character)
      } else {
        piece.append(character)
      }
    }
    close()
    return shown
  }

  /// The words of a command that ``CommandText`` wrote.
  private static func words(of command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var (isQuoted, isEscaped) = (false, false)
    for character in command {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == "\\" && !isQuoted {
        isEscaped = true
      } else if character == " " && !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
