/// The names most like a mistaken one, for error messages.
package enum NearestNames {
  /// Up to `limit` of `names`, most alike first.
  ///
  /// Likeness is the restricted edit distance in which a swap of neighbours counts once; a name that
  /// contains the mistaken one, or whose word starts with it, comes first. Names that share less
  /// than half their letters are left out.
  package static func of(_ mistaken: String, in names: [String], limit: Int = 3) -> [String] {
    let wanted = Array(mistaken.lowercased())
    let text = String(wanted)
    let ranked = names.map { name -> (Int, String) in
      let lower = name.lowercased()
      if lower.hasPrefix(text) { return (0, name) }
      if lower.contains(text) && !text.isEmpty { return (1, name) }
      return (2 + distance(wanted, Array(lower)), name)
    }
    let furthest = 2 + max(2, wanted.count / 2)
    return ranked.enumerated().filter { $0.element.0 <= furthest }
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .prefix(limit).map(\.element.1)
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
