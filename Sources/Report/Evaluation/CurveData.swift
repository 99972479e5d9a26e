internal import Evaluation
internal import Faithfulness
internal import Foundation

/// Curves of a pair as a page holds them: 16-bit numbers, little end first, in base 64.
///
/// A number x of 0…1 is `65535 x`, a logarithm l of a probability `−2000 l`, at most 65535: to 0.05 % of
/// the probability, down to e⁻³².⁷. For each method that was measured: the points of the curve to n_δ
/// (where, fact, foil), those of deletion (fact, foil), those of insertion (fact).
struct CurveData {
  /// The most points of a curve.
  static let mostPoints = 41

  /// Where the points of deletion and of insertion lie, 0…1; the same for all maps of a run.
  struct Places: Hashable, Sendable {
    var deletion: [Double] = []
    var insertion: [Double] = []

    /// - Parameter curves: Any map's.
    init(_ curves: MapCurves?) {
      guard let curves else { return }
      let n = Double(curves.featureCount)
      func places(_ curve: ContrastCurve?) -> [Double] {
        (curve?.counts ?? []).thinned.map { Double($0) / n }
      }
      (deletion, insertion) = (places(curves.deletion), places(curves.insertion))
    }
  }

  private var bytes = Data()

  /// - Parameter curves: By method, those not measured left out.
  init(_ curves: [MapCurves]) {
    for map in curves {
      let salient = map.salient.counts.indices.map { $0 }.thinned
      append(fraction: Double(salient.count) / 65535)
      let length = max(1, Double(map.salientCount))
      for i in salient {
        append(fraction: Double(map.salient.counts[i]) / length)
        append(log: map.salient.fact[i])
        append(log: map.salient.foil[i])
      }
      for i in (map.deletion?.counts ?? []).indices.map({ $0 }).thinned {
        append(log: map.deletion?.fact[i] ?? 0)
        append(log: map.deletion?.foil[i] ?? 0)
      }
      for i in (map.insertion?.counts ?? []).indices.map({ $0 }).thinned {
        append(log: map.insertion?.fact[i] ?? 0)
      }
    }
  }

  /// The numbers as text.
  var base64: String { bytes.base64EncodedString() }

  private mutating func append(fraction: Double) { append(fraction * 65535) }
  private mutating func append(log: Double) { append(-2000 * log) }

  private mutating func append(_ number: Double) {
    let value = UInt16(min(65535, max(0, number.isNaN ? 65535 : number)).rounded())
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
  }
}

extension Array {
  /// At most ``CurveData/mostPoints`` elements, evenly spread, both ends among them.
  fileprivate var thinned: [Element] {
    let most = CurveData.mostPoints
    guard count > most else { return self }
    return (0..<most).map { self[($0 * (count - 1) + (most - 1) / 2) / (most - 1)] }
  }
}
