internal import CZip

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Zip archives of uncompressed entries, by libzip; equal entries give equal bytes.
package enum ZipWriter {
  /// Writes an archive, whole or not at all.
  ///
  /// - Throws: ``FileError/archive(_:reason:)``.
  package static func write(
    _ entries: [(name: String, bytes: [UInt8])], to path: String
  ) throws(FileError) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw .archive(path, reason: "it could not be created (libzip error \(code))")
    }
    do throws(FileError) {
      for entry in entries { try add(entry.name, entry.bytes, to: archive, path) }
    } catch {
      zip_discard(archive)
      throw error
    }
    if zip_close(archive) != 0 {
      let number = zip_error_code_system(zip_get_error(archive))
      let reason = "libzip says: \(String(cString: zip_strerror(archive)))"
      zip_discard(archive)
      if number != 0 { throw .refusal(of: path, number) }
      throw .archive(path, reason: reason)
    }
  }

  private static func add(
    _ name: String, _ bytes: [UInt8], to archive: OpaquePointer, _ path: String
  ) throws(FileError) {
    // libzip reads the bytes when it closes and frees them itself.
    guard let copy = malloc(max(bytes.count, 1)) else {
      throw .archive(path, reason: "there is not enough memory")
    }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { memcpy(copy, base, source.count) }
    }
    guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
      free(copy)
      throw .archive(path, reason: "libzip says: \(String(cString: zip_strerror(archive)))")
    }
    let index = zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw .archive(path, reason: "libzip says: \(String(cString: zip_strerror(archive)))")
    }
    zip_set_file_compression(archive, UInt64(index), ZIP_CM_STORE, 0)
    // The time of day must not change the bytes: 1980-01-01, the first that zip can say.
    zip_file_set_dostime(archive, UInt64(index), 0, 0x21, 0)
  }
}
