internal import Foundation
internal import Terms

/// What is wrong with JSON text that a decoder refuses: it says of every number that its type cannot hold that
/// the text was no JSON.
package enum JSONFault {
  /// Why text was refused, in a sentence without an end.
  ///
  /// - Complexity: up to three readings of the text.
  package static func text(of bytes: [UInt8]) -> String { number(in: bytes) ?? "it is not JSON" }

  /// Which number of text was refused; `nil` for what is no JSON.
  ///
  /// - Complexity: up to three readings of the text.
  package static func number(in bytes: [UInt8]) -> String? {
    let (data, decoder) = (Data(bytes), JSONDecoder())
    guard (try? decoder.decode(Anything.self, from: data)) != nil else { return nil }
    for attempt in [
      { _ = try decoder.decode(Numbers<Double>.self, from: data) },
      { _ = try decoder.decode(Numbers<Float>.self, from: data) },
    ] {
      do { try attempt() } catch let number as UnreadNumber {
        return number.description
      } catch {}
    }
    return "a number in it is too large, or is not whole where a whole one belongs"
  }

  /// Any value, unread.
  private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
  }

  /// A number that its type cannot hold.
  private struct UnreadNumber: Fault {
    let path: [any CodingKey]

    var kind: FaultKind { .data }

    var description: String {
      let place = path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      return "the number at \(place.isEmpty ? "the top level" : place) is too large or too small"
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A value all of whose numbers are of a type.
  private struct Numbers<Number: Decodable>: Decodable {
    init(from decoder: any Decoder) throws {
      if let object = try? decoder.container(keyedBy: Key.self) {
        for key in object.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
          _ = try object.decode(Self.self, forKey: key)
        }
      } else if var list = try? decoder.unkeyedContainer() {
        while !list.isAtEnd { _ = try list.decode(Self.self) }
      } else {
        let value = try decoder.singleValueContainer()
        let isOther =
          value.decodeNil() || (try? value.decode(Bool.self)) != nil
          || (try? value.decode(String.self)) != nil
        if isOther { return }
        do { _ = try value.decode(Number.self) } catch {
          throw UnreadNumber(path: decoder.codingPath)
        }
      }
    }
  }
}
