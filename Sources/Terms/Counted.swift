/// Counts with their nouns.
public enum Counted {
  /// “1 line”, “2 lines”.
  public static func text(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
