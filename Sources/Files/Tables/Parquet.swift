public import Terms

/// Tables as Apache Parquet, for data frames and databases.
///
/// The flat subset of the [Parquet format]: optional columns of UTF-8 text, 64-bit integers and doubles; a
/// page a column and row group, values plain, definition levels in runs. Every reader of Parquet reads it.
/// The bytes are a function of the table and the settings: no time, no machine.
///
/// [Parquet format]: https://github.com/apache/parquet-format
public enum Parquet {
  /// How the values of a page are packed.
  public enum Compression: Hashable, Sendable {
    /// Not at all.
    case none
    /// By zlib.
    case gzip

    var codec: Int32 { self == .none ? 0 : 2 }
  }

  /// The bytes of a table's file.
  ///
  /// - Parameter rowsPerGroup: How many rows readers take at once.
  /// - Throws: ``ParquetError``.
  public static func bytes(
    of table: Table, compression: Compression = .gzip, rowsPerGroup: Int = 1 << 16
  ) throws(ParquetError) -> [UInt8] {
    guard rowsPerGroup > 0 else { throw .rowsPerGroupOutOfRange(rowsPerGroup) }
    var bytes = magic
    var groups: [Thrift] = []
    for start in stride(from: 0, to: table.rowCount, by: rowsPerGroup) {
      let rows = start..<min(start + rowsPerGroup, table.rowCount)
      groups.append(try append(rows, of: table, compression, to: &bytes))
    }
    let metadata = metadata(of: table, groups).bytes
    bytes += metadata
    bytes += littleEndian(UInt32(metadata.count))
    return bytes + magic
  }

  /// Writes a table, whole or not at all.
  ///
  /// - Throws: ``ParquetError``, ``FileError/unwritable(_:reason:)``, ``FileError/exists(_:)``.
  public static func write(
    _ table: Table, to path: String, compression: Compression = .gzip,
    existing: ExistingFiles = .overwrite
  ) throws {
    try WholeFile.check(path, existing: existing)
    try WholeFile.write(bytes(of: table, compression: compression), to: path)
  }

  private static let magic = Array("PAR1".utf8)

  static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// Appends the pages of some rows, column by column, and returns the group's metadata (RowGroup).
  private static func append(
    _ rows: Range<Int>, of table: Table, _ compression: Compression, to bytes: inout [UInt8]
  ) throws(ParquetError) -> Thrift {
    var (chunks, total): ([Thrift], Int64) = ([], 0)
    for column in table.columns {
      let page = try ParquetPage(column, rows, compression)
      chunks.append(chunk(of: column, page, compression, at: Int64(bytes.count)))
      total += Int64(page.header.count + page.unpackedCount)
      bytes += page.header
      bytes += page.body
    }
    return .structure([
      (1, .list(chunks)), (2, .int64(total)), (3, .int64(Int64(rows.count))),
    ])
  }

  /// ColumnChunk, and in it ColumnMetaData.
  private static func chunk(
    of column: Table.Column, _ page: ParquetPage, _ compression: Compression, at offset: Int64
  ) -> Thrift {
    let (plain, runs): (Thrift, Thrift) = (.int32(0), .int32(3))
    return .structure([
      (2, .int64(0)),
      (
        3,
        .structure([
          (1, .int32(column.values.physicalType)), (2, .list([plain, runs])),
          (3, .list([.text(column.name)])), (4, .int32(compression.codec)),
          (5, .int64(Int64(page.valueCount))),
          (6, .int64(Int64(page.header.count + page.unpackedCount))),
          (7, .int64(Int64(page.header.count + page.body.count))), (9, .int64(offset)),
        ])
      ),
    ])
  }

  /// FileMetaData: the schema is a root and a leaf a column.
  private static func metadata(of table: Table, _ groups: [Thrift]) -> Thrift {
    let root: Thrift = .structure([
      (4, .text("table")), (5, .int32(Int32(table.columns.count))),
    ])
    let leaves = table.columns.map { column in
      var fields: [(number: UInt8, value: Thrift)] = [
        (1, .int32(column.values.physicalType)), (3, .int32(1)), (4, .text(column.name)),
      ]
      if case .text = column.values {
        // UTF-8, in the words of old readers and of new ones.
        fields += [(6, .int32(0)), (10, .structure([(1, .structure([]))]))]
      }
      return Thrift.structure(fields)
    }
    return .structure([
      (1, .int32(1)), (2, .list([root] + leaves)), (3, .int64(Int64(table.rowCount))),
      (4, .list(groups)), (6, .text("rather")),
    ])
  }
}

/// What a Parquet file cannot hold.
public enum ParquetError: Fault, Hashable {
  /// Row groups hold at least a row.
  case rowsPerGroupOutOfRange(Int)
  /// The values of a column and row group exceed 2 GiB.
  case pageTooLarge(column: String)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .rowsPerGroupOutOfRange(let count): "a row group has at least 1 row; \(count) is none"
    case .pageTooLarge(let column):
      "the column “\(column)” has over 2 GiB in one row group; take fewer rows per group"
    }
  }
}
