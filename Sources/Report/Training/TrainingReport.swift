public import Files
public import Imagery
internal import Terms

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
  public var paths: [[Picture]]
  /// What was measured.
  public var measured: [Fact]
  /// How it was made, by names that people read.
  public var settings: [Fact]
  /// Where it comes from, and the generator's files.
  public var provenance: Provenance

  /// Takes everything as it is.
  public init(
    title: String, curveLabel: String, curves: [Curve], samples: [Picture],
    reconstructions: [(picture: Picture, decoded: Picture)], paths: [[Picture]],
    measured: [Fact], settings: [Fact], provenance: Provenance
  ) {
    self.title = title
    self.curveLabel = curveLabel
    self.curves = curves
    self.samples = samples
    self.reconstructions = reconstructions
    self.paths = paths
    self.measured = measured
    self.settings = settings
    self.provenance = provenance
  }

  /// Writes `index.html` and `manifest.json` into a folder, whole or not at all.
  ///
  /// - Returns: The manifest.
  /// - Throws: `FileError`.
  @discardableResult
  public func write(
    to path: String, existing: ExistingFiles = .refuse
  ) throws -> TrainingManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      try folder.write("index.html", TrainingPage(report: self).html())
      var described = provenance
      described.settings.merge(settings.map { ($0.name, .init(reading: $0.value)) }) { $1 }
      let manifest = TrainingManifest(
        header: try folder.header(.training, described), title: title,
        curves: curves.map { .init($0) },
        measured: measured.map { .init(name: $0.name, value: .init(reading: $0.value)) })
      try folder.write(manifest)
      return manifest
    }
  }
}
