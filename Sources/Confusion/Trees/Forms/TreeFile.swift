internal import Files

/// A latent tree as a file holds it.
public struct TreeFile: Hashable, Sendable {
  /// The tree.
  public let tree: LatentTree
  /// How it was found, where that is known: Rather's own form says it.
  public let origin: TreeOrigin?
  /// The form that it was read from.
  public let form: TreeForm

  /// Joins a tree and how it was found.
  public init(_ tree: LatentTree, origin: TreeOrigin? = nil, form: TreeForm = .own) {
    (self.tree, self.origin, self.form) = (tree, origin, form)
  }

  /// The most bytes of a tree's text, some ten times those of 21,000 classes.
  static let limit = 32 << 20

  /// Reads a tree in any form, plain or compressed by gzip; the form follows from the contents.
  ///
  /// - Throws: `FileError` where the file cannot be read, ``TreeFileError`` where it holds no tree.
  public init(contentsOf path: String) throws {
    let text = try TextFile.bytes(path, atMost: Self.limit)
    guard let form = TreeForm.recognised(text) else { throw TreeFileError.unlike(path) }
    do {
      switch form {
      case .own: self = try OwnForm.read(text, path)
      case .published: self.init(try PublishedForm.read(text, path), form: form)
      case .bif: self.init(try BIFReading.tree(of: text, path), form: form)
      }
    } catch let fault as LatentTreeError {
      throw TreeFileError.tree(fault, path)
    }
  }

  /// The text of a file of a form.
  ///
  /// The published form keeps the clusters of every level and no probabilities; BIF keeps no origin.
  ///
  /// - Throws: ``TreeFileError/needsProbabilities`` for BIF of a bare structure.
  public func text(_ form: TreeForm) throws -> [UInt8] {
    switch form {
    case .own: try OwnForm.text(of: self)
    case .published: try PublishedForm.text(of: tree)
    case .bif: try BIFWriting.text(of: tree)
    }
  }
}
