internal import Files
internal import Tensors
internal import Terms

/// The page over the reports of several pictures, and its manifest.
package struct PictureSetReport: Sendable {
  /// The page's heading.
  package let title: String
  package let network: Manifest.File
  package let rows: [PictureSetManifest.Row]
  package let command: String
  package let seed: UInt64

  package init(
    title: String, network: Manifest.File, rows: [PictureSetManifest.Row], command: String,
    seed: UInt64
  ) {
    self.title = title
    self.network = network
    self.rows = rows
    self.command = command
    self.seed = seed
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
    let manifest = PictureSetManifest(
      kind: "pictures", schema: 2, command: command, created: Report.now(), seed: seed,
      versions: .init(rather: Release.version, libtorch: LibTorch.version), network: network,
      pictures: rows)
    var files: [(path: String, bytes: [UInt8])] = []
    if page {
      files.append(("\(folder)/index.html", Array(PictureSetPage(report: self).html().utf8)))
    }
    files.append(("\(folder)/manifest.json", Array(try manifest.json().utf8)))
    try WholeFile.write(files)
    return manifest
  }
}
