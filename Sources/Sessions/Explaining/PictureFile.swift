internal import Files
package import Imagery
package import Report

/// A picture that was read, and its file as manifests name it.
package struct PictureFile: Sendable {
  package let picture: Picture
  package let file: Manifest.File

  /// Reads a picture.
  ///
  /// - Throws: `PictureError` where the file cannot be read or holds no picture.
  package init(contentsOf path: String) throws {
    picture = try Picture(contentsOf: path)
    file = Manifest.File(
      path: path, sha256: try SHA256.hex(ofFile: path),
      size: .init(width: picture.width, height: picture.height))
  }
}
