public import Contrast
internal import Faithfulness
internal import GRDB
internal import Networks
public import Terms

/// The records of a run, read as they were when it was opened, even while the run goes on.
///
///     let run = try EvaluationRun.open("run")
///     try run.forEachPair { pair in
///       for (method, curves) in zip(run.methods, pair.curves) { … }
///     }
public struct EvaluationRun: Sendable {
  /// The path of the folder that holds the run's records.
  public let folder: String
  /// What the numbers follow from.
  public let identity: EvaluationIdentity
  /// The methods in order of addition.
  public let methods: [EvaluatedMethod]
  /// The pictures by name, those that could not be measured too.
  public let pictures: [EvaluatedPicture]
  /// How many pictures the run was asked for, done or not.
  public let namedCount: Int
  private let records: DatabaseQueue
  /// The methods' numbers in the records.
  private let methodIDs: [Int]

  /// Opens a run.
  ///
  /// - Parameter folder: The folder that `rather evaluate --output` named.
  /// - Throws: ``EvaluationError/notARun(_:)``, ``EvaluationError/newerRun(_:)``,
  ///   ``EvaluationError/records(_:reason:)``.
  public static func open(_ folder: String) throws -> EvaluationRun {
    let records = try RecordFile.opened(in: folder)
    return try RecordFile.using(folder) {
      try records.inDatabase { try EvaluationRun(folder, records, $0) }
    }
  }

  private init(_ folder: String, _ records: DatabaseQueue, _ db: Database) throws {
    guard let run = try RunRow.fetchOne(db) else { throw EvaluationError.notARun(folder) }
    let contents = try RunContents(db, folder)
    identity = try run.read()
    methods = contents.methods.map(\.method)
    methodIDs = contents.methods.map(\.id)
    pictures = try contents.pictures(db)
    namedCount = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM named") ?? 0
    self.folder = folder
    self.records = records
  }

  /// The names of the classes.
  public var labels: ClassLabels {
    guard case .list(let names)? = identity.card.labels else { return ClassLabels([]) }
    return ClassLabels(names)
  }

  /// n, the number of pixels of the network's input.
  public var featureCount: Int { identity.card.form.featureCount ?? 0 }

  /// The explainers in order of addition.
  public var explainers: [EvaluatedExplainer] {
    var seen: Set<EvaluatedExplainer> = []
    return methods.map(\.explainer).filter { seen.insert($0).inserted }
  }

  /// The schemes in order of addition.
  public var schemes: [Scheme] {
    var seen: Set<Scheme> = []
    return methods.map(\.scheme).filter { seen.insert($0).inserted }
  }

  /// The place of a method among ``methods``; `nil` where it was not measured.
  public func place(of explainer: EvaluatedExplainer, by scheme: Scheme) -> Int? {
    methods.firstIndex { $0.explainer == explainer && $0.scheme == scheme }
  }

  /// Pictures that not all methods have been measured on.
  public var unfinished: [EvaluatedPicture] {
    pictures.filter { $0.failure == nil && $0.measured.contains(false) }
  }

  /// What was measured on a picture, pair by pair in the picture's own order.
  ///
  /// - Throws: ``EvaluationError/records(_:reason:)``.
  public func pairs(of picture: EvaluatedPicture) throws -> [MeasuredPair] {
    if picture.pairs.isEmpty { return [] }
    let rows = try RecordFile.using(folder) {
      try records.inDatabase { db in
        try CurvesRow.fetchAll(
          db,
          sql: """
            SELECT curves.* FROM curves JOIN picture ON picture.id = curves.picture
            WHERE picture.name = ?
            """, arguments: [picture.name])
      }
    }
    let places = Dictionary(
      methodIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return try picture.pairs.map { pair in
      var found = [MapCurves?](repeating: nil, count: methods.count)
      for row in rows where row.fact == pair.fact {
        guard let place = places[row.method], let curves = row.curves(of: featureCount) else {
          throw RecordFile.damaged(folder)
        }
        found[place] = curves
      }
      return MeasuredPair(picture: picture.name, pair: pair, curves: found)
    }
  }

  /// Calls a closure for every pair of every picture, pictures by name, a picture in memory at a time.
  ///
  /// - Throws: ``EvaluationError/records(_:reason:)``, and what the closure throws.
  public func forEachPair(_ body: (MeasuredPair) throws -> Void) throws {
    for picture in pictures { try pairs(of: picture).forEach(body) }
  }
}

extension CurvesRow {
  /// The curves; `nil` where the bytes are none.
  fileprivate func curves(of featureCount: Int) -> MapCurves? {
    guard let salient = CurveCode.curve(from: salient), (0...featureCount).contains(salientCount)
    else { return nil }
    let whole = [deletion, insertion].map { $0.flatMap { CurveCode.curve(from: $0) } }
    let last = ([salient] + whole.compactMap(\.self)).compactMap(\.counts.last).max() ?? 0
    if last > featureCount { return nil }
    if (deletion != nil) != (whole[0] != nil) || (insertion != nil) != (whole[1] != nil) {
      return nil
    }
    return MapCurves(
      salientCount: salientCount, featureCount: featureCount, salient: salient, deletion: whole[0],
      insertion: whole[1])
  }
}
