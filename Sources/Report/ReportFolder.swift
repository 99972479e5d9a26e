public import Files
internal import Foundation

/// A folder whose manifest comes last, so that one with a manifest is always whole.
///
/// Everything is written to a hidden folder beside it first, and moved from there file by file. Until then
/// the folder is empty, or what it was; an empty one that was made for the work goes with a work that failed.
public struct ReportFolder: Sendable {
  let path: String
  private let staging: String
  private static let last = "manifest.json"

  /// Fails where a report could not be put, before the work for it is done.
  static func check(
    _ path: String, _ existing: ExistingFiles, beside inputs: [String] = []
  ) throws(FileError) {
    try OutputRule.check(folder: path, existing: existing, reading: inputs)
  }

  /// Fills a folder with a report, whole or not at all: where anything fails, the folder is what it was.
  ///
  /// - Parameters:
  ///   - path: The folder; it need not be there.
  ///   - existing: What to do where it is not empty. Files of an earlier report that the new one does not
  ///     write are taken away, all others stay.
  ///   - fill: Writes the files, the manifest last.
  /// - Returns: What `fill` gives.
  /// - Throws: ``FileError`` where the folder cannot be written or is not empty, and what `fill` throws.
  public static func write<Written>(
    at path: String, existing: ExistingFiles, _ fill: (ReportFolder) throws -> Written
  ) throws -> Written {
    try check(path, existing)
    let folder = try ReportFolder(path)
    do {
      let written = try fill(folder)
      try folder.commit(existing)
      return written
    } catch {
      folder.discard()
      throw error
    }
  }

  private init(_ path: String) throws(FileError) {
    self.path = path
    staging = Self.staging(of: path)
    UnfinishedFiles.add(staging)
    do {
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
    } catch {
      if !WholeFile.exists(URL(filePath: path).deletingLastPathComponent().path) {
        throw .unwritable(path, reason: "the folder that holds it is gone; make it again")
      }
      throw FileError.refusal(of: path, error).whileWriting
    }
  }

  /// Makes the folder, and the hidden one beside it, before the process gives up the right to make them.
  ///
  /// - Returns: Where it has to write for a report: beneath the two, and in the folder that holds them it
  ///   takes away the hidden one, once that is empty.
  package static func prepare(_ path: String) -> Confinement.Places {
    guard let holder = PreparedPlace.makeFolder(path, isDeep: true) else { return .init() }
    let staging = staging(of: path)
    _ = PreparedPlace.makeFolder(staging, isDeep: false)
    let parent = URL(filePath: path).deletingLastPathComponent().path
    return .init(writable: [path, staging], clearable: [holder, parent])
  }

  /// The hidden folder of this process; those of processes that are gone are taken away.
  private static func staging(of path: String) -> String {
    let url = URL(filePath: path)
    let parent = url.deletingLastPathComponent().path
    Orphans.remove(in: parent, between: ".\(url.lastPathComponent)-", and: ".part")
    return "\(parent)/.\(url.lastPathComponent)-\(ProcessInfo.processInfo.processIdentifier).part"
  }

  /// Where a file is to be written.
  func file(_ name: String) -> String { "\(staging)/\(name)" }

  /// Fills a file; what is wrong is said of its place.
  func fill(_ name: String, _ body: (String) throws -> Void) throws {
    do { try body(file(name)) } catch let error as FileError {
      throw error.of("\(path)/\(name)").whileWriting
    }
  }

  /// Writes a file.
  public func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    do { try Data(bytes).write(to: URL(filePath: file(name))) } catch {
      throw FileError.refusal(of: "\(path)/\(name)", error).whileWriting
    }
  }

  /// Writes a text.
  public func write(_ name: String, _ text: String) throws(FileError) {
    try write(name, Array(text.utf8))
  }

  /// Writes a manifest, which is the last file.
  func write(_ manifest: some HeadedManifest) throws {
    try write(Self.last, manifest.json())
  }

  /// What a manifest of the files that were written begins with.
  func header(_ kind: ManifestKind, _ provenance: Provenance) throws -> ManifestHeader {
    ManifestHeader(kind, provenance, files: try names.filter { $0 != Self.last }.sorted())
  }

  /// The names of the files that were written.
  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: staging) }
  }

  /// Puts the folder in its place and takes away files of an earlier report.
  ///
  /// - Throws: ``FileError/folderNotEmpty(_:)`` where another process has filled it meanwhile.
  private func commit(_ existing: ExistingFiles) throws(FileError) {
    try Self.check(path, existing)
    let files = FileManager.default
    do {
      let names = try names.sorted {
        ($0 == Self.last ? 1 : 0, $0) < ($1 == Self.last ? 1 : 0, $1)
      }
      let stale = Self.reported(in: path).filter { !names.contains($0) }
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      unlink("\(path)/\(Self.last)")
      for name in stale { unlink("\(path)/\(name)") }
      for name in names where rename(file(name), "\(path)/\(name)") != 0 {
        throw FileError.refusal(of: "\(path)/\(name)").whileWriting
      }
      try files.removeItem(atPath: staging)
      UnfinishedFiles.remove(staging)
    } catch { throw FileError.refusal(of: path, error).whileWriting }
  }

  /// Files that the report which lies in a folder says are its own.
  static func reported(in path: String) -> [String] {
    guard let bytes = try? ByteStream.bytes("\(path)/\(last)", atMost: 64 << 20) else { return [] }
    let (data, decoder) = (Data(bytes), JSONDecoder())
    // Manifests of schema 1 have no list of files, and do not say what they describe.
    let names =
      (try? decoder.decode(Listed.self, from: data))?.files
      ?? (try? decoder.decode(Manifest.self, from: data))?.maps.compactMap(\.png)
      ?? (try? decoder.decode(ContrastiveManifest.self, from: data))?.files
      ?? (try? decoder.decode(ContrastiveSummaryManifest.self, from: data))?.files ?? []
    return names.filter { !$0.contains("/") }
  }

  private struct Listed: Decodable {
    let files: [String]
  }

  /// Leaves nothing behind.
  private func discard() {
    try? FileManager.default.removeItem(atPath: staging)
    UnfinishedFiles.remove(staging)
  }
}

/// What of a report is written.
public enum ReportContents: Hashable, Sendable {
  /// All of it: the manifest, maps as numbers, pictures, and the page.
  case pages
  /// The manifest and maps as numbers, which takes a fraction of the time.
  case numbers
}
