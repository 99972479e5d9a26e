internal import Report

/// The answers of two networks, counted, and those that differ by what they changed from and to.
struct ChangeTable {
  /// A kind of change.
  struct Kind: Sendable {
    let old: String
    let new: String
    /// Its pictures, the clearest first.
    let rows: [AnswerRow]

    fileprivate var meanShift: Float { rows.map(\.picture).meanShift ?? -.infinity }
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
        ($1.rows.count, $1.meanShift, $0.old, $0.new)
          < ($0.rows.count, $0.meanShift, $1.old, $1.new)
      }
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
    return .init(
      pictureCount: known.count, oldRight: known.count { $0.old.label == $0.truth },
      newRight: known.count { $0.new.label == $0.truth },
      fixed: known.count(where: \.isFixed), broken: known.count(where: \.isBroken))
  }
}
