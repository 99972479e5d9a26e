internal import Files

/// The IDX format of the MNIST family: arrays of bytes behind a short header, often gzipped.
public struct IDX: Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// The elements in row-major order.
  public let bytes: [UInt8]

  /// Reads a file, gzipped or plain.
  ///
  /// - Throws: ``FileError``, ``DatasetError/notIDX(_:)``,
  ///   ``DatasetError/idxSize(_:declared:found:)``.
  public init(contentsOf path: String) throws {
    try self.init(decoding: ByteStream.decompressed(path), named: path)
  }

  /// Reads bytes: two zeros, the element type (8: bytes), the number of axes, each axis's length
  /// in four bytes, highest first, then the elements.
  public init(decoding data: [UInt8], named name: String) throws(DatasetError) {
    guard data.count >= 8, data[0] == 0, data[1] == 0, data[2] == 8, (1...4).contains(data[3]),
      data.count >= 4 + 4 * Int(data[3])
    else { throw .notIDX(name) }
    let rank = Int(data[3])
    shape = (0..<rank).map { axis in
      data[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    let start = 4 + 4 * rank
    let count = shape.reduce(1) { product, length in
      product.multipliedReportingOverflow(by: length).overflow ? .max : product * length
    }
    guard data.count - start == count else {
      throw .idxSize(name, declared: count, found: data.count - start)
    }
    bytes = Array(data[start...])
  }
}
