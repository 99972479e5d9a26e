internal import Foundation

/// What lies in a folder and the folders that it holds or links to, each once.
struct FolderListing {
  /// The pictures that were found, relative to the folder.
  private(set) var names: [String] = []
  private(set) var notes: [PictureFolderNote] = []

  private let root: String
  /// The first path to each file and folder.
  private var seen: [Place: String] = [:]
  /// Links that are still to follow, after all that is there without them.
  private var links: [String] = []

  /// What tells files from each other, whatever they are called.
  private struct Place: Hashable {
    let device: UInt64
    let number: UInt64

    init(_ facts: stat) { (device, number) = (UInt64(facts.st_dev), UInt64(facts.st_ino)) }
  }

  init(_ root: String) { self.root = root }

  mutating func run() throws(PictureError) {
    var facts = stat()
    guard stat(root, &facts) == 0 else { throw .missing(root) }
    guard facts.st_mode & S_IFMT == S_IFDIR, access(root, R_OK | X_OK) == 0 else {
      throw .unreadable(root, reason: "it is not a folder, or permission is denied")
    }
    seen[Place(facts)] = ""
    enter("")
    while !links.isEmpty { take(links.removeFirst()) }
  }

  private func path(_ name: String) -> String {
    name.isEmpty ? root : root.hasSuffix("/") ? root + name : "\(root)/\(name)"
  }

  /// Takes what a folder holds; links come later.
  private mutating func enter(_ folder: String) {
    guard let found = try? FileManager.default.contentsOfDirectory(atPath: path(folder)) else {
      return notes.append(.closed(folder))
    }
    for entry in found.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where !entry.hasPrefix(".") {
      let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
      var facts = stat()
      guard lstat(path(name), &facts) == 0 else { continue }
      if facts.st_mode & S_IFMT == S_IFLNK { links.append(name) } else { take(name) }
    }
  }

  private mutating func take(_ name: String) {
    var facts = stat()
    let isThere = stat(path(name), &facts) == 0
    let isPicture = Picture.isLikelyPicture(name)
    guard isThere else {
      // Whoever reads a picture says what is wrong with it.
      return isPicture ? names.append(name) : notes.append(.goneLink(name))
    }
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    guard isFolder || isPicture else { return }
    if let first = seen[Place(facts)] { return notes.append(.twice(name, first: first)) }
    seen[Place(facts)] = name
    if isFolder { enter(name) } else { names.append(name) }
  }
}
