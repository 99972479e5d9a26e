/// The checksums of a zip archive, which made-up bytes do not get right.
enum ZipSums {
  /// The archive with the CRC-32 in its directory that each record has which is stored as it is.
  static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var mended = bytes
    guard let end = last([0x50, 0x4B, 5, 6], in: bytes) else { return bytes }
    var entry = number(bytes, end + 16, 4)
    while number(bytes, entry, 4) == 0x0201_4B50 {
      let local = number(bytes, entry + 42, 4)
      let start = local + 30 + number(bytes, local + 26, 2) + number(bytes, local + 28, 2)
      let stop = start + number(bytes, entry + 24, 4)
      let isStored = number(bytes, entry + 10, 2) == 0
      if isStored, stop <= bytes.count, entry + 20 <= bytes.count {
        let sum = crc32(bytes[start..<stop])
        for place in 0..<4 {
          mended[entry + 16 + place] = UInt8(truncatingIfNeeded: sum >> (8 * place))
        }
      }
      entry += 46 + [28, 30, 32].map { number(bytes, entry + $0, 2) }.reduce(0, +)
    }
    return mended
  }

  /// A little-endian number; 0 beyond the end.
  private static func number(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Int {
    guard place + length <= bytes.count else { return 0 }
    return bytes[place..<place + length].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func last(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...bytes.count - mark.count).last { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }
}
