/// Bytes of a file, read by offset; what lies past the end is `nil`, never a trap.
struct Bytes {
  let all: [UInt8]

  init(_ all: [UInt8]) { self.all = all }

  var count: Int { all.count }

  subscript(offset: Int) -> UInt8? { all.indices.contains(offset) ? all[offset] : nil }

  /// A part, cut at the end of the file.
  func part(_ start: Int, _ count: Int) -> ArraySlice<UInt8> {
    let start = min(max(start, 0), all.count)
    return all[start..<min(start + max(count, 0), all.count)]
  }

  /// A whole number of up to four bytes, most significant first.
  func big(_ offset: Int, _ count: Int) -> Int? { number(part(offset, count), count) }

  /// A whole number of up to four bytes, least significant first.
  func little(_ offset: Int, _ count: Int) -> Int? { number(part(offset, count).reversed(), count) }

  func has(_ expected: some Sequence<UInt8>, at offset: Int) -> Bool {
    all.dropFirst(offset).starts(with: expected)
  }

  func has(_ ascii: String, at offset: Int) -> Bool { has(ascii.utf8, at: offset) }

  private func number(_ digits: some Collection<UInt8>, _ count: Int) -> Int? {
    digits.count == count ? digits.reduce(0) { $0 << 8 | Int($1) } : nil
  }
}
