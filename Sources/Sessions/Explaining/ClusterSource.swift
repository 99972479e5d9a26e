package import Confusion
package import Contrast
internal import Files
package import Report
package import Terms

/// What puts the likeliest classes in clusters.
package enum ClusterSource {
  case tree(Partition, file: Manifest.File, level: Int)
  case byHand(Partition)
  case overlap(MapOverlap)
  case none

  /// Reads a latent tree and cuts it.
  ///
  /// - Throws: `TreeFileError`, `CutError`; `TreeAgreementError` where it is of other classes.
  package init(tree path: String, level: Int, labels: ClassLabels) throws {
    let tree = try TreeFile(contentsOf: path).tree
    try tree.check(against: labels)
    self = .tree(
      try tree.partition(atLevel: level),
      file: .init(path: path, sha256: try SHA256.hex(ofFile: path)), level: level)
  }

  /// In words; `nil` where there are no clusters.
  package var text: String? {
    switch self {
    case .tree(_, let file, let level): "\(file.path), cut at level \(level)"
    case .byHand: "named by --clusters"
    case .overlap(let rule): "classes whose maps overlap by \(rule.threshold) or more"
    case .none: nil
    }
  }

  /// The tree's file, where there is one.
  package var file: Manifest.File? {
    if case .tree(_, let file, _) = self { file } else { nil }
  }
}
