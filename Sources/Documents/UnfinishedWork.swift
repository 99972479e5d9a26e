internal import Confusion
internal import Files
internal import Foundation

/// What has been done of a file of documents, kept beside it until it is whole.
///
/// The first line says what the work belongs to; then each picture has a line: its document, or `!`
/// where it could not be read. Lines are appended a pass at a time, so that whenever the process
/// ends, the file holds whole passes and a part of one more at most.
final class UnfinishedWork {
  /// Where it lies.
  let path: String
  /// How many pictures have been done.
  private(set) var doneCount = 0
  /// How many of them could not be read.
  private(set) var failedCount = 0

  private let file: Int32
  private static let failedLine = "!"

  /// Takes up the work on a file of documents where an earlier process left it, or begins.
  ///
  /// - Parameters:
  ///   - pictureCount: How many pictures there are to do.
  ///   - batch: How many of them a pass takes; a part of a pass is done again.
  ///   - existing: What to do with documents that are there already, and with work on others. Work
  ///     on these documents is always taken up.
  /// - Throws: ``DocumentsError/otherWork(_:differences:)``, ``DocumentsError/busy(_:)``,
  ///   `FileError` such as `exists`.
  init(
    on documents: String, from origin: DocumentOrigin, pictureCount: Int, batch: Int,
    existing: ExistingFiles
  ) throws {
    path = documents + ".part"
    let head = try origin.line() + "\n"
    let wasThere = FileManager.default.fileExists(atPath: path)
    let isWritten = FileManager.default.fileExists(atPath: documents)
    if !wasThere, isWritten, existing == .refuse { throw FileError.exists(documents) }
    file = try Self.openLocked(path)
    do {
      let found = try ByteStream.bytes(path, atMost: 2 * DocumentFile.limit)
      if found.starts(with: head.utf8) {
        try takeUp(found, after: head.utf8.count, pictureCount, batch)
      } else {
        // A process that ended while it wrote the first line has done nothing.
        if existing == .refuse, !head.utf8.starts(with: found) {
          throw DocumentsError.otherWork(path, differences: Self.differences(found, origin))
        }
        if existing == .refuse, isWritten { throw FileError.exists(documents) }
        try cut(to: 0)
        try append(Array(head.utf8))
      }
    } catch {
      close(file)
      throw error
    }
  }

  deinit { close(file) }

  /// Adds what a pass gave.
  func append(_ answers: [DocumentAnswer]) throws {
    let text = answers.map { answer in
      switch answer {
      case .document(let classes): classes.map(String.init).joined(separator: " ") + "\n"
      case .failed: Self.failedLine + "\n"
      }
    }.joined()
    try append(Array(text.utf8))
    doneCount += answers.count
    failedCount += answers.count { if case .failed = $0 { true } else { false } }
  }

  /// The documents, a line each.
  func documents() throws -> [UInt8] {
    let lines = try ByteStream.bytes(path, atMost: 2 * DocumentFile.limit)
      .split(separator: Self.newline).dropFirst()
    return lines.filter { !$0.elementsEqual(Self.failedLine.utf8) }.flatMap { $0 + [Self.newline] }
  }

  /// The documents are in their place.
  func remove() { unlink(path) }

  private static let newline = UInt8(ascii: "\n")

  /// Keeps the whole passes among the lines that are there.
  private func takeUp(
    _ bytes: [UInt8], after head: Int, _ pictureCount: Int, _ batch: Int
  ) throws {
    var (kept, place, lines, failed) = (head, head, 0, 0)
    while lines < pictureCount, let end = bytes[place...].firstIndex(of: Self.newline) {
      let line = bytes[place..<end]
      let isFailed = line.elementsEqual(Self.failedLine.utf8)
      guard isFailed || Self.isDocument(line) else { break }
      place = end + 1
      lines += 1
      failed += isFailed ? 1 : 0
      if lines.isMultiple(of: batch) || lines == pictureCount {
        (kept, doneCount, failedCount) = (place, lines, failed)
      }
    }
    try cut(to: kept)
  }

  /// Whether a line can be a document; a disk that lost power may hold anything.
  private static func isDocument(_ line: ArraySlice<UInt8>) -> Bool {
    let isDigit = { (byte: UInt8) in byte &- UInt8(ascii: "0") < 10 }
    guard let first = line.first, let last = line.last else { return false }
    return isDigit(first) && isDigit(last)
      && line.allSatisfy { isDigit($0) || $0 == UInt8(ascii: " ") }
  }

  private static func differences(_ found: [UInt8], _ origin: DocumentOrigin) -> [String] {
    let line = String(decoding: found.prefix(4096).prefix { $0 != newline }, as: UTF8.self)
    guard let other = DocumentOrigin(line: line) else { return ["it is no such work at all"] }
    return other.differences(from: origin)
  }

  /// Opens the file for this process alone, making it where there is none.
  private static func openLocked(_ path: String) throws -> Int32 {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw failure(path) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        throw DocumentsError.busy(path)
      }
      var facts = stat()
      if fstat(file, &facts) == 0, facts.st_nlink > 0 { return file }
      // Its owner finished and removed it in between.
      close(file)
    }
  }

  private func cut(to length: Int) throws {
    guard ftruncate(file, off_t(length)) == 0, lseek(file, off_t(length), SEEK_SET) >= 0 else {
      throw Self.failure(path)
    }
  }

  private func append(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func failure(_ path: String) -> FileError {
    .refusal(of: path)
  }
}
