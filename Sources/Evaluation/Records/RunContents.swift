internal import Contrast
internal import GRDB

/// What a run's tables hold beside curves.
struct RunContents {
  /// A method and its number.
  struct Method {
    let id: Int
    let method: EvaluatedMethod
  }

  /// The explainers in order of addition, and their numbers.
  let explainers: [(id: Int, explainer: EvaluatedExplainer)]
  /// The methods in order of addition.
  let methods: [Method]

  init(_ db: Database, _ folder: String) throws {
    explainers = try ExplainerRow.fetchAll(db, sql: "SELECT * FROM explainer ORDER BY id").map {
      ($0.id, try JSONText.read($0.description))
    }
    let byID = Dictionary(explainers, uniquingKeysWith: { first, _ in first })
    methods = try MethodRow.fetchAll(db, sql: "SELECT * FROM method ORDER BY id").map { row in
      let support = row.support.flatMap { Support($0) }
      guard let scheme = Scheme(rawValue: row.scheme), let explainer = byID[row.explainer],
        (support != nil) == scheme.hasTwoStages
      else { throw RecordFile.damaged(folder) }
      return Method(
        id: row.id, method: EvaluatedMethod(explainer: explainer, scheme: scheme, support: support))
    }
  }

  /// The pictures by name.
  func pictures(_ db: Database) throws -> [EvaluatedPicture] {
    let measured = try MeasuredRow.fetchAll(db).reduce(into: [Int: Set<Int>]()) {
      $0[$1.picture, default: []].insert($1.method)
    }
    return try PictureRow.fetchAll(db, sql: "SELECT * FROM picture ORDER BY name").map { row in
      EvaluatedPicture(
        name: row.name, sha256: row.sha256, failure: row.failure,
        likeliest: try JSONText.read(row.likeliest), clusters: try JSONText.read(row.clusters),
        measured: methods.map { measured[row.id]?.contains($0.id) ?? false })
    }
  }
}
