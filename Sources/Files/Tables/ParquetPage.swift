/// The values of a column in some rows: a data page of version 1 with its header.
struct ParquetPage {
  /// PageHeader.
  let header: [UInt8]
  /// Definition levels and values, packed.
  let body: [UInt8]
  /// How many bytes the body has unpacked.
  let unpackedCount: Int
  /// How many values there are, missing ones counted.
  let valueCount: Int

  /// Lays values out.
  ///
  /// - Throws: ``ParquetError/pageTooLarge(column:)``.
  init(
    _ column: Table.Column, _ rows: Range<Int>, _ compression: Parquet.Compression
  ) throws(ParquetError) {
    let levels = Self.levels(column.values.presence(in: rows))
    let unpacked =
      Parquet.littleEndian(UInt32(levels.count)) + levels + column.values.plain(in: rows)
    body = compression == .gzip ? Gzip.compressed(unpacked) : unpacked
    (unpackedCount, valueCount) = (unpacked.count, rows.count)
    guard let size = Int32(exactly: unpacked.count), let packed = Int32(exactly: body.count),
      let count = Int32(exactly: rows.count)
    else { throw .pageTooLarge(column: column.name) }
    // DataPageHeader: plain values, levels of definition and repetition in runs.
    let page: Thrift = .structure([
      (1, .int32(count)), (2, .int32(0)), (3, .int32(3)), (4, .int32(3)),
    ])
    header =
      Thrift.structure([(1, .int32(0)), (2, .int32(size)), (3, .int32(packed)), (5, page)]).bytes
  }

  /// Runs of equal levels, 1 where a value is: twice the length as a varint, then the level in a byte.
  private static func levels(_ presence: [Bool]) -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    while start < presence.count {
      let end = presence[start...].firstIndex { $0 != presence[start] } ?? presence.count
      Thrift.appendVarint(UInt64(end - start) << 1, to: &bytes)
      bytes.append(presence[start] ? 1 : 0)
      start = end
    }
    return bytes
  }
}

extension Table.Values {
  /// Parquet's number of the type: INT64, DOUBLE or BYTE_ARRAY.
  var physicalType: Int32 {
    switch self {
    case .integers: 2
    case .numbers: 5
    case .text: 6
    }
  }

  /// Which rows have a value.
  func presence(in rows: Range<Int>) -> [Bool] {
    switch self {
    case .text(let values): values[rows].map { $0 != nil }
    case .integers(let values): values[rows].map { $0 != nil }
    case .numbers(let values): values[rows].map { $0 != nil }
    }
  }

  /// The values that are there, in Parquet's plain encoding: eight bytes a number; text behind its length.
  func plain(in rows: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .text(let values):
      for case .some(let text) in values[rows] {
        // A longer text makes the page too large, which is refused.
        bytes += Parquet.littleEndian(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes += text.utf8
      }
    case .integers(let values):
      for case .some(let integer) in values[rows] {
        bytes += Parquet.littleEndian(Int64(integer))
      }
    case .numbers(let values):
      for case .some(let number) in values[rows] {
        bytes += Parquet.littleEndian(number.bitPattern)
      }
    }
    return bytes
  }
}
