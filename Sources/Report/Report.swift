internal import Contrast
public import Files
internal import Imagery
public import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// The folder that an explaining command writes: `manifest.json`, `maps.npz`, one PNG a map, and
/// `index.html`, which needs no other file and no network connection.
public struct Report: Sendable {
  /// What the page is headed by.
  public let title: String
  /// An explanation, or a comparison of methods.
  public let kind: ManifestKind
  /// The network.
  public let network: Network
  /// The pictures with their answers; the manifest's maps are those of all, its input and prediction
  /// those of the first.
  public let pictures: [ExplainedPicture]
  /// How they are drawn.
  public let drawing: Drawing
  /// Where it comes from.
  public let provenance: Provenance

  /// Joins what a report shows.
  ///
  /// - Parameters:
  ///   - kind: ``ManifestKind/explanation`` or ``ManifestKind/comparison``.
  ///   - provenance: Where it comes from; its picture is the first, where it names none.
  public init(
    title: String, kind: ManifestKind = .explanation, network: Network,
    pictures: [ExplainedPicture], drawing: Drawing, provenance: Provenance
  ) {
    self.title = title
    self.kind = kind
    self.network = network
    self.pictures = pictures
    self.drawing = drawing
    var provenance = provenance
    provenance.input = provenance.input ?? pictures.first?.file
    self.provenance = provenance
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
  /// - Parameter contents: Whether the page and the pictures are written.
  /// - Returns: The manifest.
  /// - Throws: ``FileError`` when the folder cannot be written or is not empty.
  public func write(
    to path: String, existing: ExistingFiles = .refuse, contents: ReportContents = .pages
  ) throws -> Manifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      let drawer = MapDrawer(network: network, drawing: drawing, contents: contents)
      let drawn = try pictures.map { try drawer.drawn($0) }
      let maps = drawn.flatMap { $0.flatMap(\.self) }
      let archive = try MapArchive(of: maps)
      for map in maps {
        if let overlay = map.overlay { try folder.write(map.fileName, overlay.png) }
      }
      try folder.fill("maps.npz") { try archive.write(to: $0) }
      let agreement = kind == .comparison ? try Manifest.Agreement.among(maps) : nil
      if contents == .pages {
        let page = Page(report: self, drawn: drawn, agreement: agreement ?? [])
        try folder.write("index.html", page.html())
      }
      let manifest = try manifest(of: maps, folder.header(kind, provenance), agreement)
      try folder.write(manifest)
      return manifest
    }
  }

  func manifest(
    of maps: [DrawnMap], _ header: ManifestHeader, _ agreement: [Manifest.Agreement]? = nil
  ) throws -> Manifest {
    let first = pictures.first
    return Manifest(
      header: header,
      geometry: try first.map { try .init(of: network.preprocessing, over: $0.picture) },
      prediction: Array(first?.prediction.classes.prefix(5) ?? []),
      logits: first?.prediction.logits ?? [], value: first?.prediction.value,
      values: first?.prediction.values ?? [],
      places: first?.places?.shown(provenance.paths),
      scheme: first?.scheme?.shown(provenance.paths), clusters: first?.clusters,
      maps: maps.map { description(of: $0) },
      agreement: agreement)
  }

  func description(of map: DrawnMap) -> Manifest.Map {
    let inquiry = map.answer.inquiry
    func named(_ set: ClassSet?) -> [Manifest.Class]? {
      set?.indices.map { .init(index: $0, label: network.labels[$0]) }
    }
    var settings = map.method.effectiveSettings(of: network.form).mapValues(
      provenance.paths.value)
    if map.answer.map.attribution == nil { settings["reduce"] = nil }
    settings["sign"] = .text(drawing.sign.rawValue)
    settings["scale"] = .text(drawing.scale.rawValue)
    settings["colors"] = .text(drawing.colorMap.rawValue)
    return Manifest.Map(
      key: map.key, question: map.question, fact: named(inquiry.question.fact),
      foil: named(inquiry.question.foil),
      foilParts: inquiry.foilParts.isEmpty ? nil : inquiry.foilParts.compactMap { named($0) },
      score: inquiry.kind.rawValue,
      scoreValues: map.answer.scores, contrast: inquiry.contrast?.rawValue,
      stage: map.stage?.rawValue, cluster: map.cluster, explainer: map.method.explainer,
      layer: map.method.layerName, settings: settings,
      minimum: map.range.lowerBound, maximum: map.range.upperBound,
      neutral: map.neutral == 0 ? nil : map.neutral, measurements: map.measurements,
      png: map.overlay == nil ? nil : map.fileName,
      check: map.check.flatMap { result in
        pictures.lazy.compactMap(\.checks).first?
          .description(
            of: result, inquiry.question, neutral: map.answer.map.neutral, network.labels,
            provenance.paths)
      })
  }
}
