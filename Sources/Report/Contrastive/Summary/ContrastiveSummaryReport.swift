public import Counterfactuals
public import Files
internal import Foundation
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
  /// Its file.
  public let networkFile: Manifest.File
  /// The generator's files.
  public let generatorFiles: [Manifest.File]
  /// Where the pictures came from, as it was named.
  public let source: String
  /// How many pictures were asked about.
  public let pictureCount: Int
  /// What was asked of the examples.
  public let method: ContrastiveMethod
  /// The pairs, in any order.
  public let pairs: [MeanDifference]
  /// The mean of the pictures of a fact, `[C, H, W]`, to draw the changes over; facts without one are
  /// drawn over black.
  public let meanInputs: [ClassSet: Tensor]
  /// All settings of the search.
  public let settings: [String: String]
  /// The command as typed.
  public let command: String
  /// What randomness followed from.
  public let seed: UInt64
  /// Rather's version.
  public let version: String

  /// Joins what a report shows.
  public init(
    network: Network, networkFile: Manifest.File, generatorFiles: [Manifest.File],
    source: String, pictureCount: Int, method: ContrastiveMethod, pairs: [MeanDifference],
    meanInputs: [ClassSet: Tensor] = [:], settings: [String: String], command: String,
    seed: UInt64, version: String
  ) {
    self.network = network
    self.networkFile = networkFile
    self.generatorFiles = generatorFiles
    self.source = source
    self.pictureCount = pictureCount
    self.method = method
    self.pairs = pairs
    self.meanInputs = meanInputs
    self.settings = settings
    self.command = command
    self.seed = seed
    self.version = version
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(
    to path: String, existing: ExistingFiles = .refuse
  ) throws -> ContrastiveSummaryManifest {
    try ReportFolder.check(path, existing)
    let drawn = try DrawnPair.drawn(pairs, over: meanInputs, of: network)
    let encoded = try drawn.concurrentMap { try $0.picture?.png() }
    let manifest = manifest(of: drawn)
    let json = try manifest.json()
    let page = ContrastiveSummaryPage(report: self, drawn: drawn, pictures: encoded).html()
    let folder = try ReportFolder(path)
    do {
      try archive(drawn).write(to: folder.file("maps.npz"))
      for (pair, png) in zip(drawn, encoded) {
        if let png { try folder.write(pair.file, png) }
      }
      try folder.write("index.html", Array(page.utf8))
      try folder.write("manifest.json", Array(json.utf8))
      let new = Set(manifest.pairs.compactMap(\.png))
      try folder.commit(
        replacing: Report.pictures(in: path).filter { !new.contains($0) }, existing)
      return manifest
    } catch {
      folder.discard()
      throw error
    }
  }

  private func archive(_ drawn: [DrawnPair]) throws -> MapArchive {
    var archive = MapArchive()
    for pair in drawn where pair.pair.count > 0 {
      try archive.add(pair.key + "/mean", pair.pair.mean)
    }
    for (fact, mean) in meanInputs.sorted(by: {
      $0.key.indices.lexicographicallyPrecedes($1.key.indices)
    }) {
      try archive.add(
        "mean-input/" + fact.indices.map(String.init).joined(separator: "+"), mean)
    }
    return archive
  }

  private func manifest(of drawn: [DrawnPair]) -> ContrastiveSummaryManifest {
    func named(_ set: ClassSet) -> [Manifest.Class] {
      set.indices.map { .init(index: $0, label: network.labels[$0]) }
    }
    return ContrastiveSummaryManifest(
      schema: ContrastiveSummaryManifest.currentSchema, command: command, created: Report.now(),
      seed: seed, versions: .init(rather: version, libtorch: LibTorch.version), method: method,
      settings: settings, network: networkFile, generator: generatorFiles, source: source,
      pictureCount: pictureCount,
      pairs: drawn.map { drawn in
        let pair = drawn.pair
        return .init(
          key: drawn.key, question: drawn.question(network.labels), fact: named(pair.fact),
          foil: named(pair.foil), count: pair.count, failedCount: pair.failedCount,
          scale: drawn.scale,
          spot: pair.spot.map {
            .init(
              top: $0.top, left: $0.left, side: $0.side, massFraction: $0.massFraction,
              areaFraction: $0.areaFraction, surprise: $0.logLikelihoodRatio,
              sentence: SpotWording($0, in: pair.mean.shape).sentence)
          }, png: drawn.picture.map { _ in drawn.file })
      })
  }
}
