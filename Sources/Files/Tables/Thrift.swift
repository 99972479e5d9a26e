/// A value of Apache Thrift, as its compact protocol writes it: what the metadata of a Parquet file
/// consists of.
///
/// The protocol: [Thrift compact protocol]. Integers are zigzag varints; a field says how far its number is
/// from the one before and its type.
///
/// [Thrift compact protocol]: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
indirect enum Thrift {
  case int32(Int32)
  case int64(Int64)
  case text(String)
  case list([Thrift])
  /// Fields by rising number.
  case structure([(number: UInt8, value: Thrift)])

  /// The bytes of the value.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  private var kind: UInt8 {
    switch self {
    case .int32: 5
    case .int64: 6
    case .text: 8
    case .list: 9
    case .structure: 12
    }
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .int32(let value): Self.appendVarint(Self.zigzag(Int64(value)), to: &bytes)
    case .int64(let value): Self.appendVarint(Self.zigzag(value), to: &bytes)
    case .text(let text):
      Self.appendVarint(UInt64(text.utf8.count), to: &bytes)
      bytes += text.utf8
    case .list(let values):
      // The lists that may be empty hold structures.
      let kind = values.first?.kind ?? Thrift.structure([]).kind
      if values.count < 15 {
        bytes.append(UInt8(values.count) << 4 | kind)
      } else {
        bytes.append(0xF0 | kind)
        Self.appendVarint(UInt64(values.count), to: &bytes)
      }
      for value in values { value.append(to: &bytes) }
    case .structure(let fields):
      var last: UInt8 = 0
      for (number, value) in fields {
        bytes.append((number - last) << 4 | value.kind)
        value.append(to: &bytes)
        last = number
      }
      bytes.append(0)
    }
  }

  private static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }

  /// Appends seven bits a byte, the lowest first.
  static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
