internal import Networks
package import Terms

/// A file that names classes: a text file with one per line, or a network's card.
package enum LabelsFile {
  /// The files that are read.
  package static func inputs(_ path: String?) -> [String] {
    path.map { $0.hasSuffix(".json") ? Claim.files(ofCard: $0) : [$0] } ?? []
  }

  /// The names; `nil` where no file is given.
  ///
  /// - Throws: `CardError` where the file holds none.
  package static func read(_ path: String?) throws -> ClassLabels? {
    guard let path else { return nil }
    let names =
      path.hasSuffix(".json")
      ? try Card(contentsOf: path).labels?.names(relativeTo: path)
      : try Card.Labels.file(path).names(relativeTo: nil)
    guard let names, !names.isEmpty else {
      throw CardError.labelsFile(path, reason: "it names no classes")
    }
    return ClassLabels(names)
  }
}
