internal import Foundation
internal import Networks
public import Terms

extension Question {
  /// The question in words: “Why cello, rather than violin?”
  ///
  /// - Parameter value: What a regression answered.
  public func text(_ labels: ClassLabels, value: Float? = nil) -> String {
    switch self {
    case .why(let p):
      return labels.head == .similarities
        ? "Why like \(labels.text(p))?" : "Why \(labels.text(p))?"
    case .whyRatherThan(let p, let q):
      return labels.head == .similarities
        ? "Why more like \(labels.text(p)) than \(labels.text(q))?"
        : "Why \(labels.text(p)), rather than \(labels.text(q))?"
    case .whyValue(let q):
      let answer = value.map(Self.number) ?? "this value"
      // The name of the value that is asked about, of several.
      let name = labels.head == .values ? labels.names.first.map { "\($0) " } ?? "" : ""
      return "Why \(name)\(answer)" + (q.map { ", rather than \(Self.number($0))?" } ?? "?")
    }
  }

  /// A short name for files and arrays: `why-cello-rather-than-violin`.
  public func key(_ labels: ClassLabels) -> String {
    func words(_ set: ClassSet) -> String {
      set.indices.count > 2
        ? "\(set.indices.count)-classes"
        : set.indices.map { Self.slug(labels[$0], $0) }.joined(separator: "+")
    }
    switch self {
    case .why(let p): return "why-\(words(p))"
    case .whyRatherThan(let p, let q): return "why-\(words(p))-rather-than-\(words(q))"
    case .whyValue(let q):
      let name = labels.head == .values ? labels.names.first.map { Self.slug($0, 0) } : nil
      return "why-\(name ?? "value")" + (q.map { "-rather-than-\(Self.number($0))" } ?? "")
    }
  }

  private static func number(_ value: Float) -> String {
    String(format: "%.4g", value)
  }

  private static func slug(_ label: String, _ index: Int) -> String {
    let letters = label.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let words = String(letters).split(separator: "-").joined(separator: "-")
    return words.isEmpty ? "class-\(index)" : String(words.prefix(40))
  }
}
