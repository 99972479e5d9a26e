internal import Files

/// The IDX format of the MNIST family: arrays of bytes behind a short header, often gzipped.
public struct IDX: Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// The elements in row-major order.
  public let bytes: [UInt8]

  /// The most bytes of a file: a million pictures of 28 × 28, and more.
  public static let limit = 1 << 30

  /// Reads a file, gzipped or plain, as far as its header says that it goes.
  ///
  /// - Throws: ``FileError``, ``DatasetError/notIDX(_:)``,
  ///   ``DatasetError/idxSize(_:declared:found:)``.
  public init(contentsOf path: String) throws {
    var header: Header?
    var bytes: [UInt8] = []
    try ByteStream.readContents(path, atMost: Self.limit) { piece in
      bytes += piece
      if header == nil, bytes.count >= Self.longestHeader {
        header = try Self.takeHeader(of: &bytes, named: path)
      }
      // What is beyond the data need not be unpacked to be refused.
      if let count = header?.count, bytes.count > count {
        throw DatasetError.idxSize(path, declared: count, found: bytes.count)
      }
    }
    let read = try header ?? Self.takeHeader(of: &bytes, named: path)
    guard bytes.count == read.count else {
      throw DatasetError.idxSize(path, declared: read.count, found: bytes.count)
    }
    (shape, self.bytes) = (read.shape, bytes)
  }

  private typealias Header = (shape: [Int], start: Int, count: Int)
  /// Four bytes, and four for each of four axes.
  private static let longestHeader = 20

  private static func takeHeader(of bytes: inout [UInt8], named name: String) throws -> Header {
    let header = try header(bytes, named: name)
    bytes.removeFirst(header.start)
    bytes.reserveCapacity(min(header.count, limit))
    return header
  }

  /// Reads bytes: two zeros, the element type (8: bytes), the number of axes, each axis's length
  /// in four bytes, highest first, then the elements.
  public init(decoding data: [UInt8], named name: String) throws(DatasetError) {
    let header = try Self.header(data, named: name)
    guard data.count - header.start == header.count else {
      throw .idxSize(name, declared: header.count, found: data.count - header.start)
    }
    (shape, bytes) = (header.shape, Array(data[header.start...]))
  }

  /// The lengths of the axes, where the elements start, and how many there are.
  private static func header(
    _ data: [UInt8], named name: String
  ) throws(DatasetError) -> Header {
    guard data.count >= 8, data[0] == 0, data[1] == 0, data[2] == 8, (1...4).contains(data[3]),
      data.count >= 4 + 4 * Int(data[3])
    else { throw .notIDX(name) }
    let rank = Int(data[3])
    let shape = (0..<rank).map { axis in
      data[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    let count = shape.reduce(1) { product, length in
      product.multipliedReportingOverflow(by: length).overflow ? .max : product * length
    }
    return (shape, 4 + 4 * rank, count)
  }
}
