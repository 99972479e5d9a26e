/// What can go wrong with pictures.
public enum PictureError: Hashable, Sendable {
  /// No file has this path.
  case missing(String)
  /// The path names a folder.
  case folder(String)
  /// The folder holds no pictures.
  case emptyFolder(String)
  /// The system refused to read the file; the reason is its own.
  case unreadable(String, reason: String)
  /// The file has no bytes.
  case empty(String)
  /// The file has more bytes than are read.
  case tooManyBytes(String)
  /// The bytes are of no format that is read here.
  case unknownFormat(String)
  /// The bytes end before the picture does.
  case truncated(String, PictureFormat)
  /// The decoder gave up; the message is its own.
  case damaged(String, PictureFormat, message: String)
  /// The picture is sound, but moves, which this format's decoder cannot read.
  case animated(String, PictureFormat)
  /// The picture is of a kind of this format that no decoder here reads; the kind in a few words.
  case unreadKind(String, PictureFormat, kind: String)
  /// The path names a device or a pipe.
  case noPlainFile(String)
  /// The picture says that it has more pixels than are decoded.
  case tooLarge(String, width: Int, height: Int)

  /// No picture has this size.
  case size(width: Int, height: Int)
  /// As many bytes were given as this, for a picture that holds another number.
  case byteCount(Int, width: Int, height: Int)
  /// A part was asked for that reaches out of the picture.
  case partOutside(x: Int, y: Int, width: Int, height: Int, ofWidth: Int, ofHeight: Int)
  /// A tensor of this shape is not a picture.
  case tensorShape([Int])
  /// A tensor holds infinities or values that are not numbers.
  case tensorNotFinite
  /// An animation was asked for without frames.
  case noFrames
  /// A frame of an animation has another size than the first.
  case frameSize(index: Int, width: Int, height: Int)
  /// A frame was to stay for a time that a GIF cannot hold.
  case frameDuration(hundredths: Int)
  /// The encoder gave nothing; the messages are its own.
  case notEncoded(PictureFormat, message: String)
}
