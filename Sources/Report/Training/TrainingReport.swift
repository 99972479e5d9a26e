public import Files
public import Imagery

/// What a training run of a generator came to, as a page.
public struct TrainingReport: Sendable {
  /// A number that was followed over the run.
  public struct Curve: Sendable {
    /// What the legend calls it.
    public let name: String
    /// Its values by the step at which they were taken.
    public let points: [(step: Int, value: Double)]

    /// Takes the numbers as they are.
    public init(name: String, points: [(step: Int, value: Double)]) {
      self.name = name
      self.points = points
    }
  }

  /// A name and what belongs to it.
  public typealias Fact = (name: String, value: String)

  /// What was trained on what.
  public var title: String
  /// What the curves show.
  public var curveLabel: String
  /// The curves.
  public var curves: [Curve]
  /// What random codes decode to.
  public var samples: [Picture]
  /// Pictures above what their codes decode to; may be empty.
  public var reconstructions: [(picture: Picture, decoded: Picture)]
  /// What codes between two others decode to, a row each; may be empty.
  public var walks: [[Picture]]
  /// What was measured.
  public var measured: [Fact]
  /// How it was made.
  public var settings: [Fact]
  /// The generator's file.
  public var file: String

  /// Takes everything as it is.
  public init(
    title: String, curveLabel: String, curves: [Curve], samples: [Picture],
    reconstructions: [(picture: Picture, decoded: Picture)], walks: [[Picture]],
    measured: [Fact], settings: [Fact], file: String
  ) {
    self.title = title
    self.curveLabel = curveLabel
    self.curves = curves
    self.samples = samples
    self.reconstructions = reconstructions
    self.walks = walks
    self.measured = measured
    self.settings = settings
    self.file = file
  }

  /// Writes `index.html` into a folder, whole or not at all.
  ///
  /// - Throws: `FileError`.
  public func write(to folder: String, existing: ExistingFiles = .refuse) throws {
    try ReportFolder.check(folder, existing)
    let place = try ReportFolder(folder)
    do {
      try place.write("index.html", Array(TrainingPage(report: self).html().utf8))
      try place.commit(replacing: ["index.html"], existing)
    } catch {
      place.discard()
      throw error
    }
  }
}
