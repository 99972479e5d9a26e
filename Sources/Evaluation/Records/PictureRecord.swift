internal import Foundation

/// What a run writes down of a picture, ready for the records.
struct PictureRecord: Sendable {
  /// The curves of a method's map for a pair.
  struct Curves: Sendable {
    let fact: Int
    /// The method's place among those of the work.
    let method: Int
    let salientCount: Int
    let salient: Data
    let deletion: Data?
    let insertion: Data?
  }

  let name: String
  let sha256: String?
  let failure: String?
  var likeliest: [EvaluatedPicture.Class] = []
  var clusters: [[Int]] = []
  /// The places of the methods that were measured.
  var methods: [Int] = []
  var curves: [Curves] = []
  /// The record of a picture that could not be measured.
  static func failed(_ name: String, _ sha256: String?, _ reason: String) -> PictureRecord {
    PictureRecord(name: name, sha256: sha256, failure: reason)
  }

  /// How many altered pictures the curves have, and how many the network was asked about.
  var altered = (wanted: 0, asked: 0)
}
