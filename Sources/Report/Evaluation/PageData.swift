internal import Contrast
internal import Evaluation
internal import Faithfulness
internal import Foundation
internal import Terms

/// What the script of a page of evaluation reads.
struct PageData: Encodable {
  let runs: [Run]

  struct Run: Encodable {
    let title: String
    /// n.
    let n: Int
    let explainers: [String]
    let schemes: [String]
    /// For each method the places of its explainer and its scheme.
    let methods: [[Int]]
    /// Names of the classes that pictures mention.
    let classes: [String: String]
    /// Where whole curves have points.
    let deletion: [Double]
    let insertion: [Double]
    let pictures: [Picture]
    /// How many pictures with pairs are not here.
    let leftOut: Int
  }

  struct Picture: Encodable {
    let name: String
    /// A small JPEG in base 64.
    let small: String?
    let pairs: [Pair]
  }

  struct Pair: Encodable {
    let cluster: Int
    let fact: Int
    let foil: [Int]
    /// Probabilities of fact and foil.
    let p: [Double]
    /// For each method n_δ, CAUC among schemes, CAUC among explainers, CDROP, deletion, insertion,
    /// log-odds.
    let numbers: [[Double?]?]
    let curves: String
  }

  /// Reads the curves of runs.
  ///
  /// - Parameters:
  ///   - limit: About how many bytes the curves may take. Where they take more, every second picture
  ///     is taken, or every third, and so on.
  ///   - paths: How pictures outside of their folder are named.
  ///   - small: The small JPEG of a picture, where it is to be had.
  init(
    _ sources: [EvaluationReport.Source], limit: Int, paths: ShownPaths = .names,
    progress: ProgressHandler,
    small: (EvaluatedPicture) -> [UInt8]?
  ) throws {
    let maps = sources.reduce(0) { $0 + $1.tabled.counts.maps.reduce(0, +) }
    let pictures = sources.reduce(0) { $0 + $1.tabled.counts.withPairs }
    let bytes = maps * Self.bytesPerMap + pictures * Self.bytesPerPicture
    let stride = max(1, (bytes + limit - 1) / limit)
    var (done, total) = (0, sources.reduce(0) { $0 + $1.tabled.counts.withPairs / stride })
    runs = try sources.map { source in
      try Run(source, every: stride, paths) { picture in
        done += 1
        total = max(total, done)
        try progress(.init(completed: done, total: total))
        return small(picture)
      }
    }
  }

  /// What a map and a small picture take in the page, about.
  private static let bytesPerMap = 760
  private static let bytesPerPicture = 5200

  /// The data as text that may stand in a script element.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return VisibleText.ofJSON(String(decoding: try encoder.encode(self), as: UTF8.self))
      .replacing("<", with: "\\u003c")
  }
}

extension PageData.Run {
  init(
    _ source: EvaluationReport.Source, every stride: Int, _ paths: ShownPaths,
    small: (EvaluatedPicture) throws -> [UInt8]?
  ) throws {
    let tabled = source.tabled
    let pairs = Dictionary(grouping: tabled.pairs, by: \.picture)
    let shown = pairs.keys.sorted().enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    var places = CurveData.Places(nil)
    var classes: Set<Int> = []
    pictures = try shown.map { place in
      let picture = source.run.pictures[place]
      let measured = try source.run.pairs(of: picture)
      if places.deletion.isEmpty {
        places = CurveData.Places(measured.lazy.flatMap(\.curves).compactMap(\.self).first)
      }
      let found = (pairs[place] ?? []).compactMap { pair -> PageData.Pair? in
        guard let curves = measured.first(where: { $0.pair == pair.pair })?.curves else {
          return nil
        }
        classes.formUnion([pair.pair.fact] + pair.pair.foil)
        return PageData.Pair(pair, curves)
      }
      return PageData.Picture(
        name: picture.name.hasPrefix("/") ? paths.path(picture.name) : picture.name,
        small: try small(picture).map { Data($0).base64EncodedString() },
        pairs: found)
    }
    let (explainers, schemes) = (tabled.explainers, tabled.schemes)
    title = paths.text(tabled.title)
    n = source.run.featureCount
    self.explainers = explainers.map(\.title)
    self.schemes = schemes.map(\.title)
    methods = tabled.methods.map { method in
      [
        explainers.firstIndex(of: method.explainer) ?? 0,
        schemes.firstIndex(of: method.scheme) ?? 0,
      ]
    }
    self.classes = Dictionary(
      uniqueKeysWithValues: classes.map { (String($0), tabled.labels[$0]) })
    (deletion, insertion) = (places.deletion.map(short), places.insertion.map(short))
    leftOut = pairs.count - shown.count
  }
}

extension PageData.Pair {
  fileprivate init(_ pair: TabledPair, _ curves: [MapCurves?]) {
    cluster = pair.pair.cluster
    fact = pair.pair.fact
    foil = pair.pair.foil
    p = [short(pair.factProbability), short(pair.foilProbability)]
    numbers = pair.numbers.map { numbers in
      numbers.map {
        // JSON has no infinities, as log-odds are of what the foil has nothing of.
        [
          Double($0.salientCount), $0.caucAmongSchemes, $0.caucAmongExplainers, $0.cdrop,
          $0.whole?.deletion, $0.whole?.insertion, $0.whole?.logOdds,
        ].map { $0.flatMap { $0.isFinite ? short($0) : nil } }
      }
    }
    self.curves = CurveData(curves.compactMap(\.self)).base64
  }
}

/// A number rounded to five digits, which is more than a page shows.
private func short(_ value: Double) -> Double { Double(String(format: "%.5g", value)) ?? value }
