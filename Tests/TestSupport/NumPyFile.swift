public import Foundation
public import Tensors

/// Arrays that `numpy.save` wrote: 32-bit floats in C order.
public enum NumPyFile {
  /// Reads one file.
  public static func tensor(at url: URL) throws -> Tensor { try tensor(in: Data(contentsOf: url)) }

  /// Reads the bytes of one file.
  public static func tensor(in data: Data) throws -> Tensor {
    let bytes = [UInt8](data)
    let headerLength = Int(bytes[8]) | Int(bytes[9]) << 8
    let header = String(decoding: bytes[10..<10 + headerLength], as: UTF8.self)
    guard header.contains("<f4"), header.contains("False") else {
      throw CocoaError(.fileReadCorruptFile)
    }
    let inside = header.split(separator: "(")[1].split(
      separator: ")", omittingEmptySubsequences: false)[0]
    let shape = inside.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    let floats = bytes[(10 + headerLength)...].withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 4).map {
        Float(bitPattern: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
      }
    }
    return try Tensor(floats, shape: shape)
  }

  /// A file that `numpy.load` reads.
  public static func data(of tensor: Tensor) throws -> Data {
    let shape = tensor.shape.map { "\($0)," }.joined()
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]) + Data(padded.utf8)
    try tensor.floats().map(\.bitPattern.littleEndian).withUnsafeBufferPointer { data.append($0) }
    return data
  }
}
