public import Imagery
public import Networks
internal import Terms

extension Preprocessing {
  /// A picture of noise as large as the input, always the same: forms of a network that are checked
  /// with it do not depend on the pictures of a job.
  public func noisePicture() throws(PictureError) -> Picture {
    var stream = RandomStream(Seed(0))
    return try Picture(
      width: width, height: height,
      pixels: (0..<height * width * 3).map { _ in UInt8(stream.next() >> 56) })
  }
}
