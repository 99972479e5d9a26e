internal import Confusion
internal import Files
internal import Foundation

/// What has been done of a file of documents, kept beside it until it is whole.
///
/// The first line says what the work belongs to; then each picture that was done has a line
/// (``DonePicture``), of which the last counts. Lines are appended a pass at a time, so that whenever the
/// process ends, the file holds what was done but for a pass.
final class UnfinishedWork {
  /// Where it lies.
  let path: String
  /// What the work was taken up with.
  private(set) var taken = TakenUp()

  /// How many pictures have been done.
  private(set) var doneCount = 0
  private var found: [DonePicture?]
  private let classCount: Int
  /// Whether a picture may have no class, as where no label is above a threshold.
  private let mayBeEmpty: Bool
  private let file: Int32

  /// Takes up the work on a file of documents where an earlier process left it, or begins.
  ///
  /// - Parameters:
  ///   - pictures: The paths of the pictures that there are to do.
  ///   - classCount: How many classes there are.
  ///   - mayBeEmpty: Whether a picture may have none of them.
  ///   - existing: What to do with documents that are there already, and with work on others. Work
  ///     on these documents is always taken up.
  /// - Throws: ``DocumentsError/otherWork(_:differences:)``, ``DocumentsError/busy(_:)``,
  ///   `FileError` such as `exists`.
  init(
    on documents: String, from origin: DocumentOrigin, pictures: [String], classCount: Int,
    mayBeEmpty: Bool = false, existing: ExistingFiles
  ) throws {
    (self.classCount, self.mayBeEmpty) = (classCount, mayBeEmpty)
    path = documents + ".part"
    found = Array(repeating: nil, count: pictures.count)
    let head = try origin.line() + "\n"
    let wasThere = Self.isBegun(documents)
    let isWritten = FileManager.default.fileExists(atPath: documents)
    if !wasThere, isWritten, existing == .refuse { throw FileError.exists(documents) }
    file = try Self.openLocked(path)
    do {
      let bytes = try ByteStream.bytes(path, atMost: 2 * DocumentFile.limit)
      if bytes.starts(with: head.utf8) {
        try takeUp(bytes, after: head.utf8.count, pictures)
      } else {
        // A process that ended while it wrote the first line has done nothing.
        if existing == .refuse, !head.utf8.starts(with: bytes) {
          throw DocumentsError.otherWork(path, differences: Self.differences(bytes, origin))
        }
        if existing == .refuse, isWritten { throw FileError.exists(documents) }
        try cut(to: 0)
        try append(Array(head.utf8))
      }
    } catch {
      close(file)
      if !wasThere { unlink(path) }
      throw error
    }
  }

  /// Whether there is work on a file of documents; an empty file is none.
  static func isBegun(_ documents: String) -> Bool {
    var facts = stat()
    return stat(documents + ".part", &facts) == 0 && facts.st_size > 0
  }

  deinit { close(file) }

  /// How many of them could not be read.
  var failedCount: Int { found.count { $0.map { $0.classes == nil } ?? false } }

  /// Whether no picture has a class, as where no label is above its threshold.
  var holdsNoClass: Bool { found.allSatisfy { $0?.classes?.isEmpty ?? true } }

  /// The passes that are not done, by their numbers: each is done as a whole.
  ///
  /// - Parameter batch: How many pictures a pass takes.
  func missingPasses(of batch: Int) -> [Int] {
    stride(from: 0, to: found.count, by: batch).filter { first in
      found[first..<min(first + batch, found.count)].contains { $0 == nil }
    }.map { $0 / batch }
  }

  /// Adds what a pass gave.
  func append(_ pictures: [DonePicture]) throws {
    try append(Array(pictures.map(\.line).joined().utf8))
    for picture in pictures {
      doneCount += found[picture.place] == nil ? 1 : 0
      found[picture.place] = picture
    }
  }

  /// The documents, a line each.
  func documents() -> [UInt8] {
    let lines = found.compactMap { $0?.classes }.map { classes in
      classes.map(String.init).joined(separator: " ") + "\n"
    }
    return Array(lines.joined().utf8)
  }

  /// The documents are in their place.
  func remove() { unlink(path) }

  private static let newline = UInt8(ascii: "\n")

  /// Keeps what sound lines say of pictures that are still the same.
  private func takeUp(_ bytes: [UInt8], after head: Int, _ pictures: [String]) throws {
    var place = head
    while let end = bytes[place...].firstIndex(of: Self.newline) {
      let done = DonePicture(line: bytes[place..<end])
      if let done, pictures.indices.contains(done.place), isPossible(done) {
        found[done.place] = done
      } else {
        taken.damaged += 1
      }
      place = end + 1
    }
    for (number, path) in pictures.enumerated() {
      guard let done = found[number], done.stamp != FileStamp.of(path) else { continue }
      found[number] = nil
      taken.changed += 1
    }
    doneCount = found.count { $0 != nil }
    taken.done = doneCount
    // A line that was cut off is not gone on with.
    try cut(to: place)
  }

  private func isPossible(_ picture: DonePicture) -> Bool {
    guard let classes = picture.classes else { return true }
    return (mayBeEmpty || !classes.isEmpty) && classes.allSatisfy((0..<classCount).contains)
  }

  private static func differences(_ found: [UInt8], _ origin: DocumentOrigin) -> [String] {
    let line = String(decoding: found.prefix(4096).prefix { $0 != newline }, as: UTF8.self)
    guard let other = DocumentOrigin(line: line) else { return ["it is no such work at all"] }
    let differences = other.differences(from: origin)
    return differences.isEmpty
      ? ["its first line was altered, as by an editor that ends lines in another way"] : differences
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
    FileError.refusal(of: path).whileWriting
  }
}
