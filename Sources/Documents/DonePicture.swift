internal import Files
internal import Foundation

/// What a run has found of a picture, as a line of unfinished work:
///
///     PLACE STAMP : CLASSES ; CHECK
///
/// The stamp tells a file that was written since from the one that was read; the check tells a line that
/// a disk or a person has damaged.
struct DonePicture: Hashable, Sendable {
  /// Which picture of the part, counted from 0.
  let place: Int
  /// The picture's file when it was read; see `FileStamp`.
  let stamp: String
  /// Its classes, likeliest first, none where no label is above the threshold; `nil` where it could not be read.
  let classes: [Int]?

  private static let failed = "!"

  /// The line, its end included.
  var line: String {
    let found = classes.map { $0.map(String.init).joined(separator: " ") } ?? Self.failed
    let text = "\(place) \(stamp) : \(found)"
    return "\(text) ; \(Self.check(text))\n"
  }

  init(place: Int, stamp: String, classes: [Int]?) {
    (self.place, self.stamp, self.classes) = (place, stamp, classes)
  }

  /// Reads a line; `nil` for one that no run wrote.
  init?(line: some Sequence<UInt8>) {
    guard let text = String(validating: Array(line), as: UTF8.self),
      let end = text.range(of: " ; "),
      Self.check(text[..<end.lowerBound]) == text[end.upperBound...]
    else { return nil }
    let parts = text[..<end.lowerBound].split(
      separator: " : ", maxSplits: 1, omittingEmptySubsequences: false)
    let head = parts.first?.split(separator: " ") ?? []
    guard parts.count == 2, head.count == 2, let place = Int(head[0])
    else { return nil }
    (self.place, stamp) = (place, String(head[1]))
    if parts[1] == Self.failed {
      classes = nil
      return
    }
    let numbers = parts[1].split(separator: " ").map { Int($0) }
    let known = numbers.compactMap(\.self)
    guard known.count == numbers.count, Set(known).count == known.count else { return nil }
    classes = known
  }

  private static func check(_ text: some StringProtocol) -> String {
    String(SHA256.hex(of: Array(text.utf8)).prefix(8))
  }
}
