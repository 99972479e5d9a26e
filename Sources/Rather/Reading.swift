public import Confusion
public import Foundation
public import Imagery

extension Picture {
  /// Reads a picture: JPEG, PNG, WebP, BMP or GIF.
  public init(contentsOf url: URL) throws(PictureError) {
    try self.init(contentsOf: url.path(percentEncoded: false))
  }
}

extension Corpus {
  /// Reads documents, one a line, plain or compressed by gzip.
  ///
  /// - Throws: `FileError` where the file cannot be read, `DocumentFileError` where it holds no documents.
  public init(contentsOf url: URL) throws {
    try self.init(contentsOf: url.path(percentEncoded: false))
  }
}

extension LatentTree {
  /// Reads a tree in any form that Rather knows, plain or compressed by gzip.
  ///
  /// - Throws: `FileError` where the file cannot be read, `TreeFileError` where it holds no tree.
  public init(contentsOf url: URL) throws {
    self = try TreeFile(contentsOf: url.path(percentEncoded: false)).tree
  }
}
