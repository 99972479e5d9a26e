internal import Report

/// The answers of two networks, counted, and those that differ by what they changed from and to.
struct ChangeTable {
  /// A kind of change.
  struct Kind: Sendable {
    let old: String
    let new: String
    /// Its pictures, the clearest first.
    let rows: [AnswerRow]
  }

  let counts: DifferenceReport.Counts
  /// The commonest first; of equally many pictures, the one with the larger mean shift.
  let changes: [Kind]

  init(_ rows: [AnswerRow]) {
    let changed = rows.filter(\.isChanged)
    counts = .init(
      pictures: rows.count, changed: changed.count, truth: Self.truth(rows.map(\.picture)))
    changes = Dictionary(grouping: changed) { [$0.picture.old.label, $0.picture.new.label] }
      .map { names, rows in
        Kind(old: names[0], new: names[1], rows: rows.sorted { Self.isClearer($0, $1) })
      }.sorted {
        ($1.rows.count, Self.meanShift($1), $0.old, $0.new)
          < ($0.rows.count, Self.meanShift($0), $1.old, $1.new)
      }
  }

  private static func meanShift(_ kind: Kind) -> Float {
    let shifts = kind.rows.compactMap(\.picture.shift)
    return shifts.isEmpty ? -.infinity : shifts.reduce(0, +) / Float(shifts.count)
  }

  /// By the shift; what has none comes last, by how sure the new network is.
  private static func isClearer(_ one: AnswerRow, _ other: AnswerRow) -> Bool {
    func key(_ row: AnswerRow) -> (Float, Float) {
      (row.picture.shift ?? -.infinity, row.picture.new.probability)
    }
    let (mine, its) = (key(one), key(other))
    return mine == its ? one.path < other.path : its < mine
  }

  private static func truth(
    _ pictures: [DifferenceManifest.Picture]
  ) -> DifferenceManifest.Truth? {
    let known = pictures.filter { $0.truth != nil }
    if known.isEmpty { return nil }
    func isRight(_ answer: DifferenceManifest.Answer, _ picture: DifferenceManifest.Picture) -> Bool
    {
      answer.label == picture.truth
    }
    return .init(
      pictureCount: known.count, oldRight: known.count { isRight($0.old, $0) },
      newRight: known.count { isRight($0.new, $0) },
      fixed: known.count { isRight($0.new, $0) && !isRight($0.old, $0) },
      broken: known.count { isRight($0.old, $0) && !isRight($0.new, $0) })
  }
}
