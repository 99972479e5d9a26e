internal import Foundation

/// What documents were made of and how: equal origins make equal documents on one machine.
///
/// Stands in the header of a file of documents and at the head of unfinished work.
struct DocumentOrigin: Codable, Hashable {
  /// The checksum of the network's file and of what its card says of input and output.
  let network: String
  /// The checksum of the pictures' names.
  let pictures: String
  let pictureCount: Int
  let mass: Float
  let atMost: Int?
  let batch: Int
  var shard: Int
  var shardCount: Int

  /// What another origin has otherwise, in words; empty where it is the same.
  func differences(from other: DocumentOrigin) -> [String] {
    func text(_ limit: Int?) -> String { limit.map(String.init) ?? "none" }
    return [
      network == other.network ? nil : "another network or card",
      pictures == other.pictures ? nil : picturesDifference(from: other),
      mass == other.mass ? nil : "--mass \(mass), not \(other.mass)",
      atMost == other.atMost ? nil : "--at-most \(text(atMost)), not \(text(other.atMost))",
      batch == other.batch ? nil : "--batch \(batch), not \(other.batch)",
      (shard, shardCount) == (other.shard, other.shardCount)
        ? nil : "--shard \(shard)/\(shardCount), not \(other.shard)/\(other.shardCount)",
    ].compactMap(\.self)
  }

  private func picturesDifference(from other: DocumentOrigin) -> String {
    pictureCount == other.pictureCount
      ? "as many other pictures, or the same in another order or under other names"
      : "other pictures (\(pictureCount), not \(other.pictureCount))"
  }

  /// The origin of all parts together.
  var whole: DocumentOrigin {
    var whole = self
    (whole.shard, whole.shardCount) = (1, 1)
    return whole
  }
}

/// What the header of a file of documents says of them.
struct DocumentMark: Codable, Hashable {
  let origin: DocumentOrigin
  /// How many pictures could not be read.
  let failed: Int
}

extension Encodable where Self: Decodable {
  /// The value as a line of JSON in ASCII, keys in order.
  func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads a line of JSON; `nil` where it says something else.
  init?(line: some StringProtocol) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else {
      return nil
    }
    self = value
  }
}
