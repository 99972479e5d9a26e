internal import Foundation
public import Imagery
public import Networks
internal import Report
internal import Tensors
internal import Terms

/// What a network answers about pictures, as `rather predict` prints it.
public struct Predict: Request {
  /// What commands and manifests call it.
  public static let name = "predict"

  /// Pictures, or folders of pictures.
  public var pictures: [String] = []
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// What the network is shown of a picture; what its card says where nothing is said.
  public var region: SeenRegion?
  /// The largest number of classes of each picture.
  public var top = 5
  /// Bytes for weights and activations; half of the machine's memory where nothing is said.
  public var memory: Int?

  /// Asks nothing yet.
  public init() {}

  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try network.validate()
    if top < 1 { throw RequestFault.unfit("--top must be 1 or more") }
    try MemoryChoice.check(memory)
  }

  /// What was answered about one picture.
  public struct Row: Encodable, Sendable {
    /// The picture's file.
    public let file: String
    /// The likeliest classes, likeliest first.
    public let top: [Prediction.Class]
    /// What a regression answered.
    public let value: Float?
    /// All values of a regression that has several; none for others.
    public let values: [Prediction.Value]
    /// The part of the picture that the network saw, in the picture's pixels.
    public let seen: Region
  }

  /// Rows in the order of the pictures.
  public struct Answer: Sendable {
    /// One a picture that could be read.
    public let rows: [Row]
    /// How many could not.
    public let failed: Int
  }

  /// Predicts picture by picture; of several, one that cannot be read is told and passed over.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let loaded = try network.load(in: session).seeing(region)
    let files = try files(telling)
    let progress = files.count > 1 ? telling.stage("predicting") : { _ in try telling.check() }
    var rows: [Row] = []
    var failed = 0
    for (i, file) in files.enumerated() {
      do {
        let picture = try session.picture(file)
        let asked = try session.input(of: picture, for: network, seeing: region, by: loaded)
        let prediction = try asked.network.prediction(for: asked.input)
        let row = Row(
          file: file, top: Array(prediction.classes.prefix(top)), value: prediction.value,
          values: prediction.values,
          seen: try loaded.preprocessing.region(of: picture.picture))
        rows.append(row)
        telling.finished(JobItem(name: file, place: "", summary: row.text))
      } catch let error as PictureError where files.count > 1 {
        failed += 1
        telling.failed(error)
      }
      try progress(ProgressUpdate(completed: i + 1, total: files.count))
    }
    return Answer(rows: rows, failed: failed)
  }

  private func files(_ telling: Telling) throws -> [String] {
    var files: [String] = []
    for name in pictures {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue
      else {
        files.append(name)
        continue
      }
      let inside = try Picture.names(below: name) { telling.note("Note: \($0)") }
      files += inside.map { name.hasSuffix("/") ? name + $0 : "\(name)/\($0)" }
    }
    return files
  }
}

extension Predict.Row {
  /// The row in lines.
  fileprivate var text: String {
    let values =
      values.isEmpty
      ? value.map { ["  value \($0)"] } ?? []
      : values.map { "  \($0.value)  \(VisibleText.of($0.label))" }
    let lines =
      values
      + top.map { one in
        let share = one.area.map { Percentage.text($0) + " of the picture" }
        return "  \(share ?? Percentage.text(one.probability))  \(VisibleText.of(one.label))  "
          + "(class \(one.index))"
      }
    return lines.joined(separator: "\n")
  }
}
