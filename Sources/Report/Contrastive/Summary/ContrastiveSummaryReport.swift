public import Counterfactuals
public import Files
internal import Imagery
public import Networks
public import Tensors
public import Terms

/// The folder that `rather counterfactual --summary` writes about many pictures: `manifest.json`,
/// `maps.npz`, one picture a pair, and `index.html`, which needs no other file and no network
/// connection.
public struct ContrastiveSummaryReport: Sendable {
  /// The network.
  public let network: Network
  /// Where the pictures came from, as it was named.
  public let source: String
  /// How many pictures were asked about.
  public let pictureCount: Int
  /// What was asked of the examples.
  public let method: ContrastiveMethod
  /// The pairs, in any order.
  public let pairs: [MeanDifference]
  /// Foils with all their facts together, “why not Q?”, in any order.
  public let foils: [MeanDifference]
  /// What other methods find.
  public let beside: [Beside]
  /// A row for each answer, written as `answers.csv`; `nil` for none.
  public let answers: Table?
  /// The examples of these rows, in their order, `nil` where the search failed; written as
  /// `examples.npz`, unless there are none.
  public let examples: [ContrastiveExample?]
  /// The mean of the pictures of a fact, `[C, H, W]`, to draw the changes over; facts without one are
  /// drawn over black.
  public let meanInputs: [ClassSet: Tensor]
  /// Where it comes from: the files of network and generator, and the settings of the search.
  public let provenance: Provenance

  /// What another method finds, for the same pairs.
  public struct Beside: Sendable {
    /// Its name in commands.
    public let name: String
    /// Its name for people.
    public let title: String
    /// Its pairs, and foils with all their facts together.
    public let pairs: [MeanDifference]

    /// Joins a method and its pairs.
    public init(name: String, title: String, pairs: [MeanDifference]) {
      self.name = name
      self.title = title
      self.pairs = pairs
    }

    func pair(like other: MeanDifference) -> MeanDifference? {
      pairs.first { $0.fact == other.fact && $0.foil == other.foil }
    }
  }

  /// Joins what a report shows.
  public init(
    network: Network, source: String, pictureCount: Int, method: ContrastiveMethod,
    pairs: [MeanDifference], foils: [MeanDifference] = [], beside: [Beside] = [],
    answers: Table? = nil, examples: [ContrastiveExample?] = [],
    meanInputs: [ClassSet: Tensor] = [:], provenance: Provenance
  ) {
    self.network = network
    self.source = source
    self.pictureCount = pictureCount
    self.method = method
    self.pairs = pairs
    self.foils = foils
    self.beside = beside
    self.answers = answers
    self.examples = examples
    self.meanInputs = meanInputs
    self.provenance = provenance
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(
    to path: String, existing: ExistingFiles = .refuse
  ) throws -> ContrastiveSummaryManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      let drawn = try self.drawn()
      let encoded = try (drawn.foils + drawn.pairs).concurrentMap { try EncodedPair($0) }
        .parted(like: [drawn.foils, drawn.pairs])
      try folder.fill("maps.npz") { try archive(drawn.foils + drawn.pairs).write(to: $0) }
      for pair in encoded.joined() {
        if let png = pair.png { try folder.write(pair.drawn.file, png) }
      }
      if let answers { try folder.write("answers.csv", CSV.bytes(of: answers)) }
      if !examples.isEmpty {
        try folder.fill("examples.npz") { try exampleArchive().write(to: $0) }
      }
      let page = ContrastiveSummaryPage(report: self, foils: encoded[0], pairs: encoded[1])
      try folder.write("index.html", page.html())
      let manifest = try manifest(of: drawn, folder.header(.counterfactualSummary, provenance))
      try folder.write(manifest)
      return manifest
    }
  }

  private func drawn() throws -> (foils: [DrawnPair], pairs: [DrawnPair]) {
    (
      try DrawnPair.drawn(foils, beside: beside, over: meanInputs, of: network) { foils in
        FileKeys.unique(foils.map { .why($0.foil) }, network.labels).map { "not-" + $0 }
      },
      try DrawnPair.drawn(pairs, beside: beside, over: meanInputs, of: network) { pairs in
        FileKeys.unique(
          pairs.map { Question.whyRatherThan($0.fact, $0.foil) }, network.labels)
      }
    )
  }

  /// `ROW/example` and `ROW/difference`, rows of the answers counted from 0.
  private func exampleArchive() throws -> MapArchive {
    var archive = MapArchive()
    for (row, example) in examples.enumerated() {
      guard let example else { continue }
      try archive.add("\(row)/example", example.picture)
      try archive.add("\(row)/difference", example.difference)
    }
    return archive
  }

  private func archive(_ drawn: [DrawnPair]) throws -> MapArchive {
    var archive = MapArchive()
    for pair in drawn where pair.pair.count > 0 {
      try archive.add(pair.key + "/mean", pair.pair.mean)
      for other in beside {
        guard let found = other.pair(like: pair.pair), found.count > 0 else { continue }
        try archive.add("\(pair.key)/\(other.name)", found.mean)
      }
    }
    for (fact, mean) in meanInputs.sorted(by: {
      $0.key.indices.lexicographicallyPrecedes($1.key.indices)
    }) {
      try archive.add(
        "mean-input/" + fact.indices.map(String.init).joined(separator: "+"), mean)
    }
    return archive
  }
}
