package import Files
internal import Imagery
package import Networks
internal import Terms

/// The folder that `rather diff` writes: `manifest.json`, `maps.npz`, one PNG a map, and `index.html`, which needs no
/// other file and no network connection.
package struct DifferenceReport: Sendable {
  /// A kind of change with what explains it.
  package struct Change: Sendable {
    /// Q and P.
    package let old: String
    package let new: String
    /// The pictures, the clearest first.
    package let pictures: [DifferenceManifest.Picture]
    /// Those that are explained.
    package let examples: [Example]

    package init(
      old: String, new: String, pictures: [DifferenceManifest.Picture], examples: [Example] = []
    ) {
      (self.old, self.new, self.pictures, self.examples) = (old, new, pictures, examples)
    }
  }

  /// A picture, and the same question answered by both networks.
  package struct Example: Sendable {
    package let row: DifferenceManifest.Picture
    /// What each network says of it, each with one answer; `nil` where it cannot be asked.
    package let new: ExplainedPicture?
    package let old: ExplainedPicture?

    package init(
      row: DifferenceManifest.Picture, new: ExplainedPicture?, old: ExplainedPicture?
    ) {
      (self.row, self.new, self.old) = (row, new, old)
    }
  }

  /// What is known of all pictures.
  package struct Counts: Sendable {
    package let pictures: Int
    package let changed: Int
    package let truth: DifferenceManifest.Truth?

    package init(pictures: Int, changed: Int, truth: DifferenceManifest.Truth?) {
      (self.pictures, self.changed, self.truth) = (pictures, changed, truth)
    }

    /// The part of the pictures that are answered alike, 0…1.
    package var agreement: Double { 1 - Double(changed) / Double(max(1, pictures)) }
  }

  /// A network and its file.
  package struct Asked: Sendable {
    package let network: Network
    package let file: Manifest.File

    package init(_ network: Network, _ file: Manifest.File) {
      (self.network, self.file) = (network, file)
    }
  }

  let old: Asked
  let new: Asked
  let counts: Counts
  let onlyOld: [String]
  let onlyNew: [String]
  let changes: [Change]
  let failures: [DifferenceManifest.Failure]
  /// Sentences about the maps.
  let notes: [String]
  let drawing: Drawing
  /// Where it comes from; it names no one network.
  let provenance: Provenance

  package init(
    old: Asked, new: Asked, counts: Counts, onlyOld: [String], onlyNew: [String],
    changes: [Change], failures: [DifferenceManifest.Failure], notes: [String], drawing: Drawing,
    provenance: Provenance
  ) {
    (self.old, self.new, self.counts) = (old, new, counts)
    (self.onlyOld, self.onlyNew) = (onlyOld, onlyNew)
    self.changes = changes.map { $0.shown(provenance.paths) }
    self.failures = failures.map {
      .init(
        name: provenance.paths.relative($0.name), failure: provenance.paths.text($0.failure))
    }
    (self.notes, self.drawing, self.provenance) = (notes, drawing, provenance)
  }

  /// The longest side of a map in the page, which holds many.
  static let pageSide = 400

  /// Writes the folder, whole or not at all.
  package func write(
    to path: String, existing: ExistingFiles, contents: ReportContents
  ) throws -> DifferenceManifest {
    try ReportFolder.write(at: path, existing: existing) { folder in
      let drawn = try changes.flatMap(\.examples).concurrentMap {
        try self.drawn($0, contents)
      }.parted(like: changes.map(\.examples))
      let maps = drawn.joined().flatMap(\.maps)
      let archive = try MapArchive(of: maps.map(\.drawn))
      for map in maps {
        if let overlay = map.drawn.overlay { try folder.write(map.drawn.fileName, overlay.png) }
      }
      try folder.fill("maps.npz") { try archive.write(to: $0) }
      if contents == .pages {
        try folder.write("index.html", DifferencePage(report: self, drawn: drawn).html())
      }
      let manifest = manifest(of: drawn, try folder.header(.difference, provenance))
      try folder.write(manifest)
      return manifest
    }
  }

  /// The maps of an example.
  struct DrawnExample: Sendable {
    struct Map: Sendable {
      let side: DifferenceManifest.Side
      let drawn: DrawnMap
      let described: DifferenceManifest.Map
    }

    let example: Example
    /// The new network's first.
    let maps: [Map]
  }

  private func drawn(_ example: Example, _ contents: ReportContents) throws -> DrawnExample {
    let sides: [(DifferenceManifest.Side, Asked, ExplainedPicture?)] = [
      (.new, new, example.new), (.old, old, example.old),
    ]
    return DrawnExample(
      example: example,
      maps: try sides.flatMap { side, asked, explained -> [DrawnExample.Map] in
        guard let explained else { return [] }
        let drawer = MapDrawer(
          network: asked.network, drawing: drawing, contents: contents, pageSide: Self.pageSide)
        let geometry = try Manifest.Geometry(
          of: asked.network.preprocessing, over: explained.picture)
        let report = report(of: asked, [explained])
        return try drawer.drawn(explained).joined().map { map in
          .init(
            side: side, drawn: map,
            described: .init(
              network: side, picture: example.row.name, geometry: geometry,
              map: report.description(of: map)))
        }
      })
  }

  /// A report of one of the networks, whose maps are a part of this one.
  func report(of asked: Asked, _ pictures: [ExplainedPicture] = []) -> Report {
    Report(
      title: "", network: asked.network, pictures: pictures, drawing: drawing,
      provenance: provenance)
  }

  private func manifest(
    of drawn: [[DrawnExample]], _ header: ManifestHeader
  ) -> DifferenceManifest {
    DifferenceManifest(
      header: header, oldNetwork: provenance.paths.file(old.file),
      newNetwork: provenance.paths.file(new.file), pictureCount: counts.pictures,
      changedCount: counts.changed, agreement: counts.agreement, onlyOld: onlyOld,
      onlyNew: onlyNew, truth: counts.truth,
      changes: zip(changes, drawn).map { change, drawn in
        .init(
          old: change.old, new: change.new, count: change.pictures.count,
          meanShift: change.pictures.meanShift, fixed: change.fixed, broken: change.broken,
          pictures: change.pictures, maps: drawn.flatMap { $0.maps.map(\.described) })
      }, failures: failures)
  }
}

extension DifferenceReport.Change {
  /// How many became right; `nil` where no truth is known.
  package var fixed: Int? { count(\.isFixed) }

  /// How many became wrong; `nil` where no truth is known.
  package var broken: Int? { count(\.isBroken) }

  private func count(_ isSo: (DifferenceManifest.Picture) -> Bool) -> Int? {
    pictures.contains { $0.truth != nil } ? pictures.count(where: isSo) : nil
  }

  /// The same with files named as they are shown.
  fileprivate func shown(_ paths: ShownPaths) -> Self {
    .init(
      old: old, new: new, pictures: pictures.map { $0.shown(paths) },
      examples: examples.map {
        .init(row: $0.row.shown(paths), new: $0.new, old: $0.old)
      })
  }
}

extension DifferenceManifest.Picture {
  /// Whether the new network alone is right.
  package var isFixed: Bool { truth != nil && truth == new.label && truth != old.label }
  /// Whether the old network alone was right.
  package var isBroken: Bool { truth != nil && truth == old.label && truth != new.label }

  fileprivate func shown(_ paths: ShownPaths) -> Self {
    .init(
      name: paths.relative(name), sha256: sha256, old: old, new: new, shift: shift, truth: truth)
  }
}

extension Collection<DifferenceManifest.Picture> {
  /// The mean shift of those that have one; `nil` where none has.
  package var meanShift: Float? {
    let shifts = compactMap(\.shift)
    return shifts.isEmpty
      ? nil : Float(shifts.reduce(0) { $0 + Double($1) } / Double(shifts.count))
  }
}
