internal import Foundation

/// How the HLTA program's files name a class: `c486-cello`, or `c486` where it has no label.
struct ClassWord {
  let index: Int
  /// The label with its blanks; may be empty.
  let label: String

  /// Reads a word; `nil` where it names no class.
  init?(_ word: some StringProtocol) {
    guard word.first == "c" else { return nil }
    let digits = word.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let index = Int(digits) else { return nil }
    let rest = word.dropFirst(1 + digits.count)
    guard rest.isEmpty || rest.first == "-" else { return nil }
    self.index = index
    label = String(rest.dropFirst()).replacing("_", with: " ")
  }

  /// The word for a class; blanks become `_`, for words end at them.
  static func text(_ leaf: LatentTree.Leaf) -> String {
    let index = String(format: "c%03d", leaf.index)
    if leaf.label.isEmpty { return index }
    let label = leaf.label.map { $0.isWhitespace ? "_" : $0 == "\"" ? "'" : $0 }
    return "\(index)-\(String(label))"
  }
}
