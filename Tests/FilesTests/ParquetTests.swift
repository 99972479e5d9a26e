import Files
import Foundation
import TestSupport
import Testing

/// Known answers, bad input; that others read it is in `TableReadingTests`.
@Suite struct ParquetTests {
  /// Every byte by the Thrift and Parquet specifications: a field is (distance to its number) · 16 + type,
  /// types 5, 6, 8, 9, 12 are int32, int64, text, list, structure; n is written as 2n.
  @Test func `a file of one number and one missing value is that by hand`() throws {
    let table = try Table([.integers("a", [258, nil])])
    let page: [UInt8] = [
      0x15, 0, 0x15, 32, 0x15, 32,  // a data page of 16 bytes, packed 16
      0x2C, 0x15, 4, 0x15, 0, 0x15, 6, 0x15, 6, 0, 0,  // 2 values, plain, levels in runs
      4, 0, 0, 0, 2, 1, 2, 0,  // 4 bytes of levels: one 1, one 0
      2, 1, 0, 0, 0, 0, 0, 0,  // 258
    ]
    #expect(page.count == 33)
    let metadata: [UInt8] = [
      0x15, 2,  // version 1
      0x19, 0x2C,  // a schema of 2:
      0x48, 5, 0x74, 0x61, 0x62, 0x6C, 0x65, 0x15, 2, 0,  // "table" of 1 column
      0x15, 4, 0x25, 2, 0x18, 1, 0x61, 0,  // INT64, optional, "a"
      0x16, 4,  // 2 rows
      0x19, 0x1C,  // 1 group:
      0x19, 0x1C,  // of 1 chunk:
      0x26, 0, 0x1C,  // whose metadata is
      0x15, 4, 0x19, 0x25, 0, 6,  // INT64; plain and runs
      0x19, 0x18, 1, 0x61, 0x15, 0,  // at "a", not packed
      0x16, 4, 0x16, 66, 0x16, 66, 0x26, 8, 0, 0,  // 2 values, 33 bytes, 33 packed, from byte 4
      0x16, 66, 0x16, 4, 0,  // 33 bytes, 2 rows
      0x28, 6, 0x72, 0x61, 0x74, 0x68, 0x65, 0x72, 0,  // by "rather"
    ]
    let magic = Array("PAR1".utf8)
    let expected = magic + page + metadata + [UInt8(metadata.count), 0, 0, 0] + magic
    #expect(try Parquet.bytes(of: table, compression: .none) == expected)
  }

  @Test func `packing makes repeated values small`() throws {
    let table = try Table([.numbers("a", [Double?](repeating: 0.1, count: 10_000))])
    #expect(try Parquet.bytes(of: table, compression: .none).count > 80_000)
    #expect(try Parquet.bytes(of: table).count < 1000)
    #expect(try Parquet.bytes(of: table) == Parquet.bytes(of: table))
  }

  @Test func `a row group has rows, and files are written over only if they may`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, table) = (folder.appending(path: "t.parquet").path, try Table([.integers("x", [1])]))
    #expect(throws: ParquetError.rowsPerGroupOutOfRange(0)) {
      try Parquet.bytes(of: table, rowsPerGroup: 0)
    }
    try Parquet.write(table, to: path)
    #expect(try ByteStream.bytes(path, atMost: 1 << 20) == Parquet.bytes(of: table))
    #expect(throws: FileError.exists(path)) {
      try Parquet.write(table, to: path, existing: .refuse)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["t.parquet"])
  }
}
