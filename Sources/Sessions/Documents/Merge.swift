public import Documents
internal import Files

/// Files of documents joined, as `rather documents merge` joins them.
public struct Merge: Request {
  /// What commands and manifests call it.
  public static let name = "merge"

  /// The files; shards are put in the order of their numbers, others in the order given.
  public var files: [String] = []
  /// The file to write.
  public var file = ""
  /// Whether an existing file is written over.
  public var force = false

  /// Asks nothing yet.
  public init() {}

  /// Whatever is said fits.
  public func validate() {}

  /// Joins the files.
  public func answer(in session: Session, telling: Telling) throws -> DocumentSummary {
    let existing: ExistingFiles = force ? .overwrite : .refuse
    try Claim.outputs(files: [file], existing: existing, reading: files, for: telling.outputs)
    let merge = try DocumentMerge(of: files)
    let summary = try merge.write(to: file, existing: existing)
    if merge.order == .given { telling.note("joined in the order given") }
    return summary
  }
}
