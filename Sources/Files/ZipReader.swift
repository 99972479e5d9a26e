internal import CDeflate
internal import CZip

/// A zip archive, open for reading by libzip; every record is held against its CRC-32.
///
/// Records that are stored as they are, as PyTorch stores weights, are read straight into their
/// place and checked there.
package final class ZipReader {
  /// The names of all records.
  package let names: Set<String>
  /// The length of the archive itself.
  package let fileByteCount: Int

  private let path: String
  private let archive: OpaquePointer
  private let records: [String: Record]

  private struct Record {
    let index: UInt64
    let byteCount: Int
    let crc: UInt32
    let isStored: Bool
  }

  /// Opens an archive and reads its directory.
  ///
  /// - Throws: ``ZipError``.
  package init(path: String) throws(ZipError) {
    self.path = path
    do { fileByteCount = try PlainFile(path).size } catch { throw .file(error) }
    var code: Int32 = 0
    guard let opened = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw .noArchive(path, reason: String(cString: zip_error_strerror(&error)))
    }
    var records: [String: Record] = [:]
    do throws(ZipError) {
      for index in 0..<UInt64(max(zip_get_num_entries(opened, 0), 0)) {
        let (name, record) = try Self.record(index, of: opened, path)
        if records.updateValue(record, forKey: name) != nil { throw .repeated(name, of: path) }
      }
    } catch {
      zip_discard(opened)
      throw error
    }
    archive = opened
    self.records = records
    names = Set(records.keys)
  }

  deinit { zip_discard(archive) }

  /// How many bytes a record unpacks to.
  package func byteCount(of name: String) throws(ZipError) -> Int { try record(name).byteCount }

  /// How many bytes all records unpack to.
  ///
  /// - Throws: ``ZipError/damaged(_:of:)`` where that is more than a number can say.
  package func unpackedByteCount() throws(ZipError) -> Int {
    var sum = 0
    for (name, record) in records {
      let (next, overflow) = sum.addingReportingOverflow(record.byteCount)
      if overflow { throw .damaged(name, of: path) }
      sum = next
    }
    return sum
  }

  /// The bytes of a record.
  ///
  /// - Parameter limit: The most that are read.
  /// - Throws: ``ZipError/tooLarge(_:of:byteCount:limit:)``, ``ZipError/damaged(_:of:)``.
  package func bytes(_ name: String, limit: Int) throws(ZipError) -> [UInt8] {
    let count = try byteCount(of: name)
    guard count <= limit else {
      throw .tooLarge(name, of: path, byteCount: count, limit: limit)
    }
    do {
      return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        try read(
          name,
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
        filled = count
      }
    } catch let error as ZipError {
      throw error
    } catch {
      throw .damaged(name, of: path)
    }
  }

  /// Fills memory that is as long as a record with its bytes.
  ///
  /// - Throws: ``ZipError/damaged(_:of:)`` where they are not what was written.
  package func read(
    _ name: String, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ZipError) {
    let record = try record(name)
    guard buffer.count == record.byteCount else { throw .damaged(name, of: path) }
    let isSound = record.isStored ? copy(record, into: buffer) : unpack(record, into: buffer)
    guard isSound else { throw .damaged(name, of: path) }
  }

  /// Unpacks a record; libzip checks it where it ends.
  private func unpack(_ record: Record, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    guard let file = zip_fopen_index(archive, record.index, 0) else { return false }
    defer { zip_fclose(file) }
    var more: UInt8 = 0
    return Self.fill(buffer) { zip_fread(file, $0, $1) } && zip_fread(file, &more, 1) == 0
  }

  /// Reads a record that is stored as it is, and checks it.
  ///
  /// libzip would sum it as well, at several times the cost, but for a record that is read in part:
  /// so its last byte is read apart.
  private func copy(_ record: Record, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    let last = max(buffer.count - 1, 0)
    for part in [0..<last, last..<buffer.count] where !part.isEmpty {
      guard
        let source = zip_source_zip(
          archive, archive, record.index, 0, UInt64(part.lowerBound), Int64(part.count))
      else { return false }
      defer { zip_source_free(source) }
      guard zip_source_open(source) == 0 else { return false }
      defer { zip_source_close(source) }
      let memory = UnsafeMutableRawBufferPointer(rebasing: buffer[part])
      guard Self.fill(memory, by: { zip_source_read(source, $0, $1) }) else { return false }
    }
    return libdeflate_crc32(0, buffer.baseAddress, buffer.count) == record.crc
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer,
    by read: (UnsafeMutableRawPointer?, UInt64) -> zip_int64_t
  ) -> Bool {
    var filled = 0
    while filled < buffer.count {
      let count = read(
        buffer.baseAddress?.advanced(by: filled), UInt64(buffer.count - filled))
      guard count > 0 else { return false }
      filled += Int(count)
    }
    return true
  }

  private func record(_ name: String) throws(ZipError) -> Record {
    guard let record = records[name] else { throw .noRecord(name, of: path) }
    return record
  }

  /// No record can be longer, packed as tightly as zip can.
  private static let tightestPacking: UInt64 = 1032

  private static func record(
    _ index: UInt64, of archive: OpaquePointer, _ path: String
  ) throws(ZipError) -> (String, Record) {
    var status = zip_stat_t()
    let wanted = UInt64(
      ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD)
    guard zip_stat_index(archive, index, 0, &status) == 0, status.valid & wanted == wanted,
      let name = status.name.map({ String(cString: $0) })
    else { throw .noArchive(path, reason: String(cString: zip_strerror(archive))) }
    let isStored = status.comp_method == UInt16(ZIP_CM_STORE)
    let most = status.comp_size.multipliedReportingOverflow(by: isStored ? 1 : tightestPacking)
    guard !most.overflow, status.size <= most.partialValue, let count = Int(exactly: status.size)
    else { throw .damaged(name, of: path) }
    return (name, Record(index: index, byteCount: count, crc: status.crc, isStored: isStored))
  }
}
