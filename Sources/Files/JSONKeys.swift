/// Keys of JSON text, which decoders take once and say nothing of the others.
package enum JSONKeys {
  /// The first key that stands in one object twice; `nil` where none does, or where the text is nested more
  /// deeply than decoders go.
  ///
  /// - Complexity: linear in the text.
  package static func repeated(in text: [UInt8]) -> String? {
    // The keys of each object that is open; `nil` for a list.
    var open: [Set<ArraySlice<UInt8>>?] = []
    var (place, expectsKey) = (0, false)
    while place < text.count, open.count < depthLimit {
      switch text[place] {
      case UInt8(ascii: "{"):
        open.append([])
        expectsKey = true
      case UInt8(ascii: "["):
        open.append(nil)
        expectsKey = false
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = open.popLast()
        expectsKey = false
      case UInt8(ascii: ","): expectsKey = open.last.map { $0 != nil } ?? false
      case quote:
        let word = text[(place + 1)..<end(of: text, from: place + 1)]
        place = word.endIndex
        if expectsKey, open[open.count - 1]?.insert(word).inserted == false {
          return String(decoding: word, as: UTF8.self)
        }
        expectsKey = false
      default: break
      }
      place += 1
    }
    return nil
  }

  private static let depthLimit = 2000
  private static let quote = UInt8(ascii: "\"")

  /// The place of the mark that ends a string.
  private static func end(of text: [UInt8], from start: Int) -> Int {
    var place = start
    while place < text.count, text[place] != quote {
      place += text[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place, text.count)
  }
}
