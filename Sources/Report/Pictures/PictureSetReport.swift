internal import Files

/// The page over the reports of several pictures, and its manifest.
package struct PictureSetReport: Sendable {
  /// The page's heading.
  package let title: String
  package let rows: [PictureSetManifest.Row]
  package let provenance: Provenance

  package init(title: String, rows: [PictureSetManifest.Row], provenance: Provenance) {
    self.title = title
    self.rows = rows.map { $0.shown(provenance.paths) }
    self.provenance = provenance
  }

  /// The folder of small pictures for the page.
  package static let thumbnails = "thumbnails"
  /// What no report of a picture may be called.
  package static let ownNames: Set<String> = [
    "index.html", "manifest.json", "request.json", thumbnails,
  ]

  /// Writes them to the folder that holds the reports, each whole, the manifest last.
  ///
  /// - Parameter page: Whether the page is written.
  package func write(to folder: String, page: Bool) throws -> PictureSetManifest {
    let names = (page ? ["index.html"] : []) + ["request.json"]
    let manifest = PictureSetManifest(
      header: ManifestHeader(.pictures, provenance, files: names), pictures: rows)
    var files: [(path: String, bytes: [UInt8])] = []
    if page {
      files.append(("\(folder)/index.html", Array(PictureSetPage(report: self).html().utf8)))
    }
    files.append(("\(folder)/manifest.json", Array(try manifest.json().utf8)))
    try WholeFile.write(files)
    return manifest
  }
}
