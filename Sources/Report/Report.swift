internal import Contrast
public import Files
internal import Foundation
internal import Imagery
public import Networks
internal import Saliency
internal import Tensors
public import Terms

/// The folder that an explaining command writes: `manifest.json`, `maps.npz`, one PNG a map, and
/// `index.html`, which needs no other file and no network connection.
public struct Report: Sendable {
  /// What the page is headed by.
  public let title: String
  /// The network.
  public let network: Network
  /// Its file.
  public let networkFile: Manifest.File
  /// The pictures with their answers; the manifest's maps are those of all, its input and prediction
  /// those of the first.
  public let pictures: [ExplainedPicture]
  /// How they are drawn.
  public let drawing: Drawing
  /// The command as typed; empty where there was none.
  public let command: String
  /// What randomness followed from.
  public let seed: UInt64
  /// Rather's version.
  public let version: String

  /// Joins what a report shows.
  public init(
    title: String, network: Network, networkFile: Manifest.File, pictures: [ExplainedPicture],
    drawing: Drawing, command: String, seed: UInt64,
    version: String = Release.version
  ) {
    self.title = title
    self.network = network
    self.networkFile = networkFile
    self.pictures = pictures
    self.drawing = drawing
    self.command = command
    self.seed = seed
    self.version = version
  }

  /// Fails where a report could not be put, before the work for it is done.
  ///
  /// - Parameter inputs: What is read for it; no report is put where that lies.
  public static func check(
    _ path: String, existing: ExistingFiles, beside inputs: [String] = []
  ) throws(FileError) {
    try ReportFolder.check(path, existing, beside: inputs)
  }

  /// Writes the folder, whole or not at all.
  ///
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(to path: String, existing: ExistingFiles = .refuse) throws -> Manifest {
    try ReportFolder.check(path, existing)
    let drawer = MapDrawer(network: network, drawing: drawing)
    let drawn = try pictures.map { try drawer.drawn($0) }
    let page = try Page(report: self, drawn: drawn).html()
    let maps = drawn.flatMap { $0.flatMap(\.self) }
    let manifest = manifest(of: maps)
    let json = try manifest.json()
    let folder = try ReportFolder(path)
    do {
      var archive = MapArchive()
      for map in maps {
        try archive.add(map.key, map.values)
        try map.addSources(to: &archive)
        try folder.write(map.fileName, map.png)
      }
      try folder.fill("maps.npz") { try archive.write(to: $0) }
      try folder.write("index.html", Array(page.utf8))
      try folder.write("manifest.json", Array(json.utf8))
      let new = Set(maps.map(\.fileName))
      try folder.commit(
        replacing: Self.pictures(in: path).filter { !new.contains($0) }, existing)
      return manifest
    } catch {
      folder.discard()
      throw error
    }
  }

  /// Pictures that an earlier report in a folder names.
  static func pictures(in path: String) -> [String] {
    guard let bytes = try? ByteStream.bytes(path + "/manifest.json", atMost: 64 << 20) else {
      return []
    }
    let (data, decoder) = (Data(bytes), JSONDecoder())
    let names =
      (try? decoder.decode(Manifest.self, from: data))?.maps.map(\.png)
      ?? (try? decoder.decode(ContrastiveManifest.self, from: data))?.files
      ?? (try? decoder.decode(ContrastiveSummaryManifest.self, from: data))?.files ?? []
    return names.filter { !$0.contains("/") }
  }

  private func manifest(of maps: [DrawnMap]) -> Manifest {
    Manifest(
      schema: Manifest.currentSchema, command: command, created: Self.now(), seed: seed,
      versions: .init(rather: version, libtorch: LibTorch.version), network: networkFile,
      input: pictures.first?.file ?? .init(path: "", sha256: ""),
      prediction: Array(pictures.first?.prediction.classes.prefix(5) ?? []),
      value: pictures.first?.prediction.value, scheme: pictures.first?.scheme,
      clusters: pictures.first?.clusters, maps: maps.map { description(of: $0) })
  }

  private func description(of map: DrawnMap) -> Manifest.Map {
    let inquiry = map.answer.inquiry
    func named(_ set: ClassSet?) -> [Manifest.Class]? {
      set?.indices.map { .init(index: $0, label: network.labels[$0]) }
    }
    var settings = map.method.settings
    if map.answer.map.attribution == nil { settings["reduce"] = nil }
    if case .layer(_, let choice) = map.method.place { settings["layerChoice"] = choice.rawValue }
    settings["sign"] = drawing.sign.rawValue
    settings["scale"] = drawing.scale.rawValue
    settings["colors"] = drawing.colorMap.rawValue
    return Manifest.Map(
      key: map.key, question: map.question, fact: named(inquiry.question.fact),
      foil: named(inquiry.question.foil),
      foilParts: inquiry.foilParts.isEmpty ? nil : inquiry.foilParts.compactMap { named($0) },
      score: inquiry.kind.rawValue,
      scoreValues: map.answer.scores, contrast: inquiry.contrast?.rawValue,
      stage: map.stage?.rawValue, cluster: map.cluster, explainer: map.method.explainer,
      layer: map.method.layerName, settings: settings,
      minimum: map.range.lowerBound, maximum: map.range.upperBound,
      measurements: map.measurements, png: map.fileName,
      check: map.check.flatMap { result in
        pictures.lazy.compactMap(\.checks).first?
          .description(
            of: result, inquiry.question, neutral: map.answer.map.neutral, network.labels)
      })
  }

  /// The time, or what `SOURCE_DATE_EPOCH` says it is, so that reports can be reproduced.
  static func now() -> String {
    let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(TimeInterval.init)
    return Date(timeIntervalSince1970: fixed ?? Date().timeIntervalSince1970)
      .formatted(.iso8601)
  }
}

extension Manifest {
  /// The manifest as JSON text, keys in order.
  ///
  /// - Throws: `EncodingError` when a number is infinite or not a number.
  public func json() throws -> String { try Self.json(self) }

  /// A manifest of any kind as JSON text, keys in order.
  static func json(_ manifest: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(manifest), as: UTF8.self) + "\n"
  }
}
