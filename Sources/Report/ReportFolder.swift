internal import Files
internal import Foundation

/// A folder that appears whole or not at all.
///
/// Everything is written to a hidden folder beside it first. A folder that was there already is
/// filled file by file, the manifest last, so that one with a manifest is always whole.
struct ReportFolder {
  let path: String
  private let staging: String
  private static let last = "manifest.json"

  /// Whether a folder may already hold files.
  enum Existing: Sendable {
    case mustBeEmpty
    case overwrite
  }

  init(_ path: String, _ existing: Existing) throws(FileError) {
    self.path = path
    let url = URL(filePath: path)
    let parent = url.deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard isFolder.boolValue else { throw .unwritable(path, reason: "it is a file") }
      guard FileManager.default.isWritableFile(atPath: path) else {
        throw .unwritable(path, reason: "permission is lacking")
      }
      let contents = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      if existing == .mustBeEmpty && !contents.isEmpty { throw .folderNotEmpty(path) }
    }
    staging =
      "\(parent)/.\(url.lastPathComponent)-\(ProcessInfo.processInfo.processIdentifier).part"
    do {
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    } catch { throw .unwritable(path, reason: Self.reason(error)) }
  }

  /// Where a file is to be written.
  func file(_ name: String) -> String { "\(staging)/\(name)" }

  func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    do { try Data(bytes).write(to: URL(filePath: file(name))) } catch {
      throw .unwritable("\(path)/\(name)", reason: Self.reason(error))
    }
  }

  /// Puts the folder in its place.
  func commit() throws(FileError) {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      try? files.removeItem(atPath: "\(path)/\(Self.last)")
      let names = try files.contentsOfDirectory(atPath: staging).sorted {
        ($0 == Self.last ? 1 : 0, $0) < ($1 == Self.last ? 1 : 0, $1)
      }
      for name in names where rename(file(name), "\(path)/\(name)") != 0 {
        throw FileError.unwritable("\(path)/\(name)", reason: String(cString: strerror(errno)))
      }
      try files.removeItem(atPath: staging)
    } catch let error as FileError {
      throw error
    } catch { throw .unwritable(path, reason: Self.reason(error)) }
  }

  /// Leaves nothing behind.
  func discard() { try? FileManager.default.removeItem(atPath: staging) }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileWriteNoPermission?: "permission is lacking"
    case .fileWriteOutOfSpace?: "the disk is full"
    case .fileWriteVolumeReadOnly?: "the disk is read-only"
    default: "its folder could not be made, or the disk refused"
    }
  }
}
