internal import Foundation

extension Picture {
  /// The pictures below a folder at any depth, by their names' endings: paths relative to it, sorted.
  ///
  /// What is hidden, and what lies in hidden folders, is passed over.
  ///
  /// - Throws: ``PictureError/emptyFolder(_:)`` where there are none, ``PictureError/unreadable(_:reason:)``
  ///   where the folder cannot be looked into.
  public static func names(below folder: String) throws(PictureError) -> [String] {
    let paths: [String]
    do { paths = try FileManager.default.subpathsOfDirectory(atPath: folder) } catch {
      throw .unreadable(folder, reason: "it is no folder, or permission is lacking")
    }
    let names = paths.filter { path in
      isLikelyPicture(path) && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }.sorted()
    if names.isEmpty { throw .emptyFolder(folder) }
    return names
  }
}
