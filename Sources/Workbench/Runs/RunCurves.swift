internal import Evaluation
internal import Faithfulness
internal import Foundation
internal import Report

/// The curves of one map, or their mean over many: places on the x axis as parts, and values.
struct MethodCurves: Encodable, Sendable {
  /// The contrastive score while the salient pixels go, from none to all of the map's own.
  var contrast: [Double?] = []
  /// The probability of the class while all pixels go; empty where whole curves were not measured.
  var deletion: [Double?] = []
  /// The same while all come back.
  var insertion: [Double?] = []
  /// How often maps were added.
  var count = 0

  /// Where the points of the contrastive score lie.
  static let parts = (0...40).map { Double($0) / 40 }

  init() {}

  /// Reads the curves of a map.
  init(_ curves: MapCurves) {
    let length = Double(max(curves.salientCount, 1))
    contrast = Self.parts.map { part in
      Self.value(of: curves.salient.scores, at: curves.salient.counts, part * length)
    }
    deletion = (curves.deletion?.fact ?? []).map { exp($0) }
    insertion = (curves.insertion?.fact ?? []).map { exp($0) }
    count = 1
  }

  /// The mean of curves, each point over those that have it.
  init(meanOf all: [MethodCurves]) {
    func mean(_ values: (MethodCurves) -> [Double?]) -> [Double?] {
      let length = all.map { values($0).count }.max() ?? 0
      return (0..<length).map { place in
        let found = all.compactMap { one in
          values(one).indices.contains(place) ? values(one)[place] : nil
        }
        return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
      }
    }
    (contrast, deletion, insertion) = (mean(\.contrast), mean(\.deletion), mean(\.insertion))
    count = all.reduce(0) { $0 + $1.count }
  }

  /// A curve between its points.
  private static func value(of values: [Double], at counts: [Int], _ place: Double) -> Double? {
    guard let next = counts.firstIndex(where: { Double($0) >= place }) else { return values.last }
    guard next > 0 else { return values.first }
    let (low, high) = (Double(counts[next - 1]), Double(counts[next]))
    return values[next - 1] + (values[next] - values[next - 1]) * (place - low) / (high - low)
  }
}

/// The mean curves of a run, and its pictures.
struct RunCurves: Encodable, Sendable {
  struct Picture: Encodable {
    /// Its place among the run's.
    let place: Int
    let name: String
    let pairs: [String]
  }

  /// Where the points of whole curves lie, as parts of all pixels.
  let deleted: [Double]
  let inserted: [Double]
  let parts: [Double]
  /// By method, the mean over pictures of the mean over a picture's pairs; `nil` where nothing was measured.
  let means: [MethodCurves?]
  let pictures: [Picture]

  init(_ source: EvaluationReport.Source) throws {
    let (run, labels) = (source.run, source.tabled.labels)
    var sums = [[MethodCurves]](repeating: [], count: run.methods.count)
    var pictures: [Picture] = []
    var first: MapCurves?
    for (place, picture) in run.pictures.enumerated() where !picture.pairs.isEmpty {
      let pairs = try run.pairs(of: picture)
      first = first ?? pairs.lazy.flatMap(\.curves).compactMap(\.self).first
      for method in run.methods.indices {
        let own = pairs.compactMap { $0.curves[method].map(MethodCurves.init) }
        if !own.isEmpty { sums[method].append(MethodCurves(meanOf: own)) }
      }
      pictures.append(
        Picture(
          place: place, name: picture.name,
          pairs: pairs.map { PictureCurves.question($0.pair, labels) }))
    }
    means = sums.map { $0.isEmpty ? nil : MethodCurves(meanOf: $0) }
    self.pictures = pictures
    parts = MethodCurves.parts
    let all = Double(max(run.featureCount, 1))
    deleted = (first?.deletion?.counts ?? []).map { Double($0) / all }
    inserted = (first?.insertion?.counts ?? []).map { Double($0) / all }
  }
}
