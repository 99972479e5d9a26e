public import Terms

extension PictureError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence for people: what was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .missing, .folder, .emptyFolder, .unreadable, .empty, .tooManyBytes, .unknownFormat,
      .noPlainFile:
      fileSentence
    case .truncated, .damaged, .animated, .tooLarge, .unreadKind: decodingSentence
    default: useSentence
    }
  }

  private var fileSentence: String {
    switch self {
    case .missing(let path): "\(path): there is no such file; check the path"
    case .folder(let path): "\(path) is a folder; name a picture file in it"
    case .emptyFolder(let path):
      "\(path) holds no pictures; their names end in .jpg, .jpeg, .png, .webp, .bmp or .gif"
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)); check its permissions"
    case .noPlainFile(let path):
      "\(path) is a device or a pipe; save its contents in a file, and name that"
    case .empty(let name): "\(name) is empty; save or download the picture again"
    case .tooManyBytes(let name):
      "\(name) is larger than \(FileBytes.limit >> 20) MiB; save the picture smaller"
    case .unknownFormat(let name):
      "\(name) is not a \(PictureFormat.list) picture; convert it to one of these"
    default: ""
    }
  }

  private var decodingSentence: String {
    switch self {
    case .truncated(let name, let format):
      "\(name) is a \(format.rawValue) picture that ends too early; copy or download it again"
    case .damaged(let name, let format, let message):
      "\(name) is a damaged \(format.rawValue) picture (\(message)); copy or download it again"
    case .animated(let name, let format):
      "\(name) is an animated \(format.rawValue) picture; save one of its frames as a still picture"
    case .unreadKind(let name, let format, let kind):
      "\(name) is a \(format.rawValue) picture with \(kind), which is not read; save "
        + "it as an ordinary one of 8 bits, grey, RGB or CMYK"
    case .tooLarge(let name, let width, let height):
      "\(name) says it has \(width) × \(height) pixels, more than the \(millions) million that are "
        + "read; scale it down"
    default: ""
    }
  }

  private var useSentence: String {
    switch self {
    case .size(let width, let height):
      "a picture cannot be \(width) × \(height) pixels; both sides must be positive and the "
        + "product at most \(millions) million"
    case .byteCount(let count, let width, let height):
      "\(count) bytes do not fill \(width) × \(height) pixels of three bytes each"
    case .partOutside(let x, let y, let width, let height, let ofWidth, let ofHeight):
      "the part of \(width) × \(height) pixels at (\(x), \(y)) does not lie in a picture of "
        + "\(ofWidth) × \(ofHeight); choose one that does"
    case .tensorShape(let shape):
      "a tensor of shape \(shape) is not a picture; it must be [1, 3, height, width]"
    case .tensorNotFinite: "the tensor of a picture must hold finite numbers only"
    case .noFrames: "an animation needs at least one frame"
    case .frameSize(let index, let width, let height):
      "frame \(index) is \(width) × \(height) pixels; all frames must be as large as frame 0"
    case .frameDuration(let hundredths):
      "a frame cannot stay for \(hundredths) hundredths of a second; choose 1 to 65535"
    case .notEncoded(let format, let message):
      "the picture could not be written as \(format.rawValue) (\(message)); there may be too "
        + "little memory"
    default: ""
    }
  }

  private var millions: Int { Picture.maximumPixelCount / 1_000_000 }
}
