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

  /// Fails where a report could not be put, before the work for it is done.
  static func check(
    _ path: String, _ existing: ExistingFiles, beside inputs: [String] = []
  ) throws(FileError) {
    try OutputRule.check(folder: path, existing: existing, reading: inputs)
  }

  init(_ path: String) throws(FileError) {
    self.path = path
    let url = URL(filePath: path)
    let parent = url.deletingLastPathComponent().path
    staging =
      "\(parent)/.\(url.lastPathComponent)-\(ProcessInfo.processInfo.processIdentifier).part"
    Orphans.remove(in: parent, between: ".\(url.lastPathComponent)-", and: ".part")
    UnfinishedFiles.add(staging)
    do {
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    } catch { throw .refusal(of: path, error) }
  }

  /// Where a file is to be written.
  func file(_ name: String) -> String { "\(staging)/\(name)" }

  /// Fills a file; what is wrong is said of its place.
  func fill(_ name: String, _ body: (String) throws -> Void) throws {
    do { try body(file(name)) } catch let error as FileError {
      throw error.of("\(path)/\(name)")
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    do { try Data(bytes).write(to: URL(filePath: file(name))) } catch {
      throw .refusal(of: "\(path)/\(name)", error)
    }
  }

  /// Puts the folder in its place and takes away files of an earlier report.
  ///
  /// - Throws: ``FileError/folderNotEmpty(_:)`` where another process has filled it meanwhile.
  func commit(replacing stale: [String], _ existing: ExistingFiles) throws(FileError) {
    try Self.check(path, existing)
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      unlink("\(path)/\(Self.last)")
      for name in stale { unlink("\(path)/\(name)") }
      let names = try files.contentsOfDirectory(atPath: staging).sorted {
        ($0 == Self.last ? 1 : 0, $0) < ($1 == Self.last ? 1 : 0, $1)
      }
      for name in names where rename(file(name), "\(path)/\(name)") != 0 {
        throw FileError.refusal(of: "\(path)/\(name)")
      }
      try files.removeItem(atPath: staging)
      UnfinishedFiles.remove(staging)
    } catch { throw .refusal(of: path, error) }
  }

  /// Leaves nothing behind.
  func discard() {
    try? FileManager.default.removeItem(atPath: staging)
    UnfinishedFiles.remove(staging)
  }
}
