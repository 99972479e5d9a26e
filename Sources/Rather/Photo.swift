internal import Files
public import Foundation
public import Imagery
public import Report

/// A picture to ask about, and what reports say of where it came from.
public struct Photo: Sendable {
  /// Its pixels, 8-bit RGB.
  public let picture: Picture
  /// Its file, as reports name it.
  public let file: Manifest.File

  /// Reads a picture: JPEG, PNG, WebP, BMP or GIF.
  ///
  /// - Throws: `PictureError` where the file cannot be read or holds no picture.
  public init(contentsOf url: URL) throws {
    let path = url.path(percentEncoded: false)
    picture = try Picture(contentsOf: path)
    file = Manifest.File(
      path: path, sha256: try SHA256.hex(ofFile: path),
      size: .init(width: picture.width, height: picture.height))
  }

  /// Takes a picture that was made here; reports give the checksum of its pixels.
  public init(_ picture: Picture, named name: String) {
    self.picture = picture
    file = Manifest.File(
      path: name, sha256: SHA256.hex(of: picture.pixels),
      size: .init(width: picture.width, height: picture.height))
  }
}
