public import Files
internal import Foundation
public import Terms

extension PublishedDataset {
  /// Brings the four files into a folder and checks each by its SHA-256.
  ///
  /// A file is taken from `source` where one is given, a folder or the address that its name is put
  /// behind; otherwise from the system's package, and failing that from the public source. What is
  /// in the folder already and right is left alone.
  ///
  /// - Parameter existing: What to do with a file that is there and is not the published one.
  /// - Returns: Where the files came from.
  public func fetch(
    into folder: String, from source: String?, existing: ExistingFiles = .refuse,
    progress: ProgressHandler
  ) throws -> String {
    let used = source ?? systemSource ?? publicSource
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw FileError.refusal(of: folder, error) }
    for (i, file) in Self.files.enumerated() {
      try progress(ProgressUpdate(completed: i, total: Self.files.count, note: file))
      if let path = Self.path(of: file, in: folder), try isRight(path, i) { continue }
      try bring(file, i, from: used, into: folder, existing)
    }
    try progress(ProgressUpdate(completed: Self.files.count, total: Self.files.count))
    return used
  }

  private var systemSource: String? {
    systemFolder.flatMap { folder in
      Self.files.allSatisfy { Self.path(of: $0, in: folder) != nil } ? folder : nil
    }
  }

  private func isRight(_ path: String, _ index: Int) throws -> Bool {
    (try? SHA256.hex(of: ByteStream.contents(path, atMost: IDX.limit))) == checksums[index]
  }

  private func bring(
    _ file: String, _ index: Int, from source: String, into folder: String,
    _ existing: ExistingFiles
  ) throws {
    let data: Data
    let origin: String
    if source.hasPrefix("file://"), let url = URL(string: source) {
      return try bring(file, index, from: url.path, into: folder, existing)
    }
    if source.contains("://") {
      origin = (source.hasSuffix("/") ? source : source + "/") + file + ".gz"
      data = try Self.download(origin)
    } else {
      guard let path = Self.path(of: file, in: source) else {
        throw DatasetError.notFound(file, tried: [source])
      }
      origin = path
      data = Data(try ByteStream.bytes(path, atMost: IDX.limit))
    }
    let gzipped = data.starts(with: [0x1f, 0x8b])
    let target = "\(folder)/\(file)\(gzipped ? ".gz" : "")"
    try WholeFile.check(target, existing: existing)
    let partial = target + ".part"
    UnfinishedFiles.add(partial)
    defer {
      try? FileManager.default.removeItem(atPath: partial)
      UnfinishedFiles.remove(partial)
    }
    do { try data.write(to: URL(filePath: partial)) } catch {
      throw FileError.refusal(of: partial, error)
    }
    let found = SHA256.hex(of: try ByteStream.contents(partial, atMost: IDX.limit))
    guard found == checksums[index] else {
      throw DatasetError.checksum(origin, found: found, expected: checksums[index])
    }
    guard rename(partial, target) == 0 else {
      throw FileError.refusal(of: target)
    }
  }

  private static func download(_ address: String) throws -> Data {
    guard let url = URL(string: address) else {
      throw DatasetError.download(address, reason: "it is not an address")
    }
    do { return try Download(atMost: downloadLimit).data(from: url) } catch {
      throw DatasetError.download(address, reason: error.reason)
    }
  }

  /// More than any of the files has, packed or not.
  private static let downloadLimit = 64 << 20
}
