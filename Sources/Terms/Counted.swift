/// Counts with their nouns.
package enum Counted {
  /// “1 line”, “2 lines”.
  package static func text(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
