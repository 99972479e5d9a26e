internal import CLibTorch

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A zip archive of named records, as `torch.export` and `torch.save` write them, open for reading.
public final class ArchiveReader {
  private let reader: ct_reader
  /// The names of all records.
  public let names: Set<String>

  /// Opens an archive and reads its directory.
  public init(path: String) throws(TensorError) {
    var opened: ct_reader?
    try checked("open archive") { ct_reader_open(path, &opened, $0) }
    guard let opened else { throw .unexpectedResult(operation: "open archive") }
    var listing: UnsafeMutablePointer<CChar>?
    do throws(TensorError) {
      try checked("list archive") { ct_reader_names(opened, &listing, $0) }
    } catch {
      ct_reader_close(opened)
      throw error
    }
    defer { ct_string_free(listing) }
    reader = opened
    names = Set(
      listing.map { String(cString: $0).split(separator: "\n").map(String.init) } ?? [])
  }

  deinit { ct_reader_close(reader) }

  /// The bytes of a record.
  public func bytes(_ name: String) throws(TensorError) -> [UInt8] {
    var size: Int64 = 0
    try checked("read \(name)") { ct_reader_size(reader, name, &size, $0) }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    try checked("read \(name)") { ct_reader_read(reader, name, &bytes, size, $0) }
    return bytes
  }

  /// A tensor over a record's bytes, which are read once and not copied again.
  ///
  /// - Throws: ``TensorError/backend(operation:message:)`` when the form does not fit the bytes.
  public func tensor(
    _ name: String, _ type: ElementType, shape: [Int], strides: [Int], offset: Int
  ) throws(TensorError) -> Tensor {
    let sizes = shape.map(Int64.init)
    let steps = strides.map(Int64.init)
    var box: ct_tensor?
    try checked("read \(name)") {
      ct_reader_tensor(
        reader, name, type.rawValue, sizes, steps, Int64(shape.count), Int64(offset), &box, $0)
    }
    return try Tensor(result: box, of: "read \(name)")
  }
}

/// A zip archive of named records, open for writing.
///
/// Records go to `path` as they are added; ``finish()`` completes the archive.
public final class ArchiveWriter {
  private var writer: ct_writer?

  /// Starts an archive; its folder must exist.
  public init(path: String) throws(TensorError) {
    var opened: ct_writer?
    try checked("create archive") { ct_writer_open(path, &opened, $0) }
    writer = opened
  }

  deinit {
    if writer != nil { try? finish() }
  }

  /// Adds a record.
  public func add(_ name: String, _ bytes: [UInt8]) throws(TensorError) {
    guard let writer else { throw .unexpectedResult(operation: "write \(name)") }
    try checked("write \(name)") { ct_writer_add(writer, name, bytes, Int64(bytes.count), $0) }
  }

  /// Writes the directory and closes the file.
  public func finish() throws(TensorError) {
    guard let finished = writer else { return }
    writer = nil
    try checked("finish archive") { ct_writer_close(finished, $0) }
  }
}
