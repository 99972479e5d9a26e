import Confusion
import Datasets
import Documents
import Imagery
import Networks
import Terms

/// A reader of files that other people made.
enum FuzzTarget: String, CaseIterable {
  case archive
  case card
  case documents
  case generator
  case graph
  case idx
  case labels
  case operators
  case part
  case picture
  case run
  case tree

  /// What reads bytes: made once, and called as often as wanted. It throws what is said of them.
  func reader(in scratch: Scratch) throws -> ([UInt8]) throws -> Void {
    switch self {
    case .archive: ArchiveTarget(in: scratch).feed
    case .card: { _ = try Card(contentsOf: scratch.file("card.json", $0)) }
    case .documents: { try Self.readDocuments(scratch.file("documents", $0)) }
    case .generator: try GeneratorTarget(in: scratch).feed
    case .graph: try GraphTarget(in: scratch).feed
    case .idx: { _ = try IDX(decoding: $0, named: "input") }
    case .labels: { try Self.readLabels(scratch.file("labels.txt", $0)) }
    case .operators: OperatorTarget().feed
    case .part: try PartTarget(in: scratch).feed
    case .picture: { _ = try Picture(decoding: $0, named: "input") }
    case .run: RunTarget(in: scratch).feed
    case .tree: { _ = try TreeFile(contentsOf: scratch.file("tree", $0)) }
    }
  }

  /// Reads documents, and the mark that a part of them has.
  private static func readDocuments(_ path: String) throws {
    _ = try DocumentFile(contentsOf: path).corpus
    _ = try DocumentMerge(of: [path])
  }

  /// Reads labels and looks for classes among them, as questions do.
  private static func readLabels(_ path: String) throws {
    let names = try Card.Labels.file(path).names(relativeTo: nil)
    let labels = ClassLabels(names)
    _ = try labels.set(of: [names.first ?? "", "@0", String((names.last ?? "").prefix(3))])
  }
}
