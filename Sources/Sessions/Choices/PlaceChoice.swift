package import Files
internal import Foundation
package import Report

/// Where a report goes.
public struct PlaceChoice: Defaulted {
  /// The folder to write; a new one named after the picture where none is named.
  public var folder: String?
  /// Whether it may hold an earlier report, which is written over.
  public var force = false
  /// Whether pages and pictures are written, beside the manifest and the maps as numbers.
  public var pages = true
  /// Whether pages and manifests hold whole paths, and not only the names of files.
  public var fullPaths = false

  /// Takes a new folder, named after the picture, in the folder that the process works in.
  public init() {}

  /// Takes a folder.
  public init(_ folder: String, force: Bool = false) {
    (self.folder, self.force) = (folder, force)
  }

  /// How pages and manifests name files.
  package var paths: ShownPaths { fullPaths ? .full : .names }

  /// What of a report is written.
  package var contents: ReportContents { pages ? .pages : .numbers }

  package var existing: ExistingFiles { force ? .overwrite : .refuse }

  /// The folder that was named, or a new one: NAME-suffix, that nobody else fills.
  ///
  /// - Parameters:
  ///   - name: What the folder is about, such as a picture's path.
  ///   - holder: The job that writes; the process where there is none.
  package func path(
    about name: String, suffix: String, for holder: OutputLock.Holder? = nil
  ) -> String {
    if let folder { return folder }
    let stem = URL(filePath: name).deletingPathExtension().lastPathComponent + "-\(suffix)"
    let names = sequence(first: 1) { $0 + 1 }.lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }
    let isFree = { (name: String) in
      if FileManager.default.fileExists(atPath: name) { return false }
      return (try? holder?.take(name) ?? OutputLock.take(name)) != nil
    }
    return names.first(where: isFree) ?? stem
  }
}
