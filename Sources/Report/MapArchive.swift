internal import Files
internal import Tensors

/// Named arrays of 32-bit floats as `numpy.load` reads them.
struct MapArchive {
  private var entries: [(name: String, bytes: [UInt8])] = []

  init() {}

  /// Holds some maps, and what they were made of.
  init(of maps: [DrawnMap]) throws {
    for map in maps {
      try add(map.key, map.values)
      try map.addSources(to: &self)
    }
  }

  /// The arrays by their keys.
  var arrays: [String: [UInt8]] {
    Dictionary(entries.map { (String($0.name.dropLast(4)), $0.bytes) }) { first, _ in first }
  }

  mutating func add(_ name: String, _ tensor: Tensor) throws {
    let plain = try tensor.converted(to: .float32)
    entries.append((name + ".npy", try Self.header(plain.shape) + plain.bytes()))
  }

  func write(to path: String) throws(FileError) { try ZipWriter.write(entries, to: path) }

  /// The header of NumPy's format 1.0: magic, version, length, and a Python dictionary padded with
  /// spaces to a multiple of 64.
  private static func header(_ shape: [Int]) -> [UInt8] {
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(axes)), }"
    let prefix = 10
    text += String(repeating: " ", count: 63 - (prefix + text.utf8.count) % 64) + "\n"
    let length = text.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array(text.utf8)
  }
}
