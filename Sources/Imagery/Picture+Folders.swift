extension Picture {
  /// The pictures below a folder at any depth, by their names' endings: paths relative to it, sorted.
  ///
  /// Links are followed; what is hidden, and what lies in hidden folders, is passed over.
  ///
  /// - Parameter note: Called with what else is left out.
  /// - Throws: ``PictureError/emptyFolder(_:)`` where there are none, ``PictureError/missing(_:)`` or
  ///   ``PictureError/unreadable(_:reason:)`` where the folder cannot be looked into.
  public static func names(
    below folder: String, note: (PictureFolderNote) -> Void = { _ in }
  ) throws(PictureError) -> [String] {
    var listing = FolderListing(folder)
    try listing.run()
    listing.notes.forEach(note)
    if listing.names.isEmpty { throw .emptyFolder(folder) }
    return listing.names.sorted { $0 == $1 ? $0.utf8.lexicographicallyPrecedes($1.utf8) : $0 < $1 }
  }
}

/// What is left out of the pictures below a folder; paths are relative to it.
public enum PictureFolderNote: Hashable, Sendable, CustomStringConvertible {
  /// A link to what is not there; where it has a picture's name it is no note but a picture, which cannot be read.
  case goneLink(String)
  /// A picture or a folder that another path leads to as well, which comes first.
  case twice(String, first: String)
  /// A folder that may not be looked into.
  case closed(String)

  /// One sentence that says what is left out.
  public var description: String {
    switch self {
    case .goneLink(let path): "\(path) is a link to a file that is not there, and is left out"
    case .twice(let path, let first):
      "\(path) is \(first.isEmpty ? "the folder itself" : first) by another name, and counts once"
    case .closed(let path): "\(path) may not be looked into, and is left out; check its permissions"
    }
  }
}
