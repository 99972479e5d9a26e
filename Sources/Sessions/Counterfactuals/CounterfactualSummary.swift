internal import Counterfactuals
internal import Documents
internal import Files
internal import Foundation
internal import Imagery
internal import Networks
public import Report
internal import Tensors
internal import Terms

/// Contrastive examples of many pictures, and their means, as `rather counterfactual --summary` shows them.
public struct CounterfactualSummary: ContrastiveRequest {
  /// What commands and manifests call it.
  public static let name = "counterfactual summary"

  /// A folder of pictures, or a list with one path per line.
  public var picture = ""
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// The generator's decoder; its card, `NAME.json` next to `NAME.pt2`, names the encoder.
  public var generator = ""
  /// P; the network's answer where nothing is said.
  public var why: String?
  /// Q, or `all` for every other class; the likeliest other class where nothing is said.
  public var ratherThan: String?
  /// Only this many pictures are asked about.
  public var limit: Int?
  /// Whether every example and its difference from the input is written, to `examples.npz`.
  public var keep = false
  /// How examples are searched for.
  public var search = SearchChoice()
  /// Other methods to show beside it.
  public var comparisons: [ComparedMethod] = []
  /// Bytes for weights, activations and samples; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// Where the report goes.
  public var place = PlaceChoice()
  /// What all randomness follows from.
  public var seed: UInt64 = 0

  /// Asks nothing yet.
  public init() {}

  /// What was found, and where it was written.
  public struct Answer: Sendable {
    /// The report's folder.
    public let folder: String
    /// Its manifest.
    public let manifest: ContrastiveSummaryManifest
    /// How many questions were asked.
    public let questionCount: Int
    /// How many of them have no answer.
    public let unanswered: Int
    /// How many answers have a third class likelier at the end.
    public let thirdClassCount: Int
    /// How many pictures could not be read, each of which was told.
    public let failed: Int
    /// How many pictures there were.
    public let pictureCount: Int
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try validateParts()
    if let limit, limit < 1 { throw RequestFault.unfit("--limit must be 1 or more") }
  }

  var suffix: String { "summary" }

  /// Searches, and writes the report.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let folder = try claimed(telling)
    let work = try work(in: session)
    let list = try PictureList.told(at: picture, telling)
    let start = Date()
    let found = try ContrastiveSummaryRun(
      work: work, list: list, count: min(limit ?? .max, list.names.count), comparisons: comparisons,
      keepsExamples: keep
    ).sums(telling)
    let sums = found.sums
    let seconds = Date().timeIntervalSince(start)
    let manifest = try ContrastiveSummaryReport(
      network: work.network, source: picture, pictureCount: Set(sums.records.map(\.picture)).count,
      method: work.search.method, pairs: try sums.differences.means(),
      foils: try sums.differences.meansOfFoils(),
      beside: try zip(comparisons, sums.others).map { method, found in
        .init(
          name: method.name, title: method.title,
          pairs: try found.means() + found.meansOfFoils())
      },
      answers: sums.records.isEmpty ? nil : try sums.table(work.network.labels),
      examples: keep ? sums.records.map(\.example) : [], meanInputs: try sums.meanInputs(),
      provenance: work.provenance()
    ).write(to: folder, existing: place.existing)
    telling.note(String(format: "%.1f s", seconds))
    return Answer(
      folder: folder, manifest: manifest, questionCount: sums.records.count,
      unanswered: sums.records.filter { !$0.isAnswered }.count,
      thirdClassCount: sums.thirdClassCount, failed: found.failed,
      pictureCount: min(limit ?? .max, list.names.count))
  }
}
