internal import CLibTorch

/// A zip archive of named records, as PyTorch writes it, open for writing.
///
/// Records go to `path` as they are added; ``finish()`` completes the archive.
package final class ArchiveWriter {
  private var writer: ct_writer?

  /// Starts an archive; its folder must exist.
  package init(path: String) throws(TensorError) {
    var opened: ct_writer?
    try checked("create archive") { ct_writer_open(path, &opened, $0) }
    writer = opened
  }

  deinit {
    if writer != nil { try? finish() }
  }

  /// Adds a record.
  package func add(_ name: String, _ bytes: [UInt8]) throws(TensorError) {
    guard let writer else { throw .unexpectedResult(operation: "write \(name)") }
    try checked("write \(name)") { ct_writer_add(writer, name, bytes, Int64(bytes.count), $0) }
  }

  /// Writes the directory and closes the file.
  package func finish() throws(TensorError) {
    guard let finished = writer else { return }
    writer = nil
    try checked("finish archive") { ct_writer_close(finished, $0) }
  }
}
