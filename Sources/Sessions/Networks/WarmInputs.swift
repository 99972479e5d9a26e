internal import Files
internal import Imagery
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// An input with the network that is asked about it, which may keep what it computes there.
struct WarmInput: Sendable {
  let network: Network
  let input: Input
}

/// Pictures that stay read, and inputs that stay made of them, while somebody asks about them.
final class WarmInputs: Sendable {
  /// A file as it is now.
  struct Stamped: Hashable {
    let path: String
    let stamp: String

    init(_ path: String) { (self.path, stamp) = (path, FileStamp.of(path)) }
  }

  struct InputKey: Hashable {
    /// The checksum of its file.
    let picture: String
    /// The network's number: one that was read anew is another.
    let network: Int
    let region: SeenRegion?

    init(_ picture: PictureFile, _ network: Network, _ region: SeenRegion?) {
      (self.picture, self.network, self.region) = (picture.file.sha256, network.number, region)
    }
  }

  struct AnswerKey: Hashable {
    let input: InputKey
    let threads: Int
  }

  /// An input and what is computed there; whose network it is, the key says.
  private struct Kept: Sendable {
    let input: Input
    let passes: KeptPasses
  }

  /// A program made ready for forward passes, and what its weights take.
  private struct Ready: Sendable {
    let program: PreparedProgram
    let bytes: Int
  }

  struct GroundKey: Hashable {
    let input: InputKey
    let fill: String
  }

  private let pictures = LatestValues<Stamped, PictureFile>(upTo: WarmInputs.room(64 << 20)) {
    4 * $0.picture.width * $0.picture.height
  }
  private let inputs = LatestValues<InputKey, Kept>(upTo: WarmInputs.room(128 << 20)) {
    $0.input.tensor.byteCount + $0.passes.bytes
  }
  private let ready = LatestValues<Int, Ready>(upTo: WarmInputs.room(512 << 20)) { $0.bytes }
  /// What networks in that form answer about whole inputs.
  private let answers = LatestValues<AnswerKey, Prediction>(upTo: WarmInputs.room(16 << 20)) {
    64 * $0.classes.count
  }
  private let grounds = LatestValues<GroundKey, Tensor>(upTo: WarmInputs.room(32 << 20)) {
    $0.byteCount
  }

  /// So much, or a sixteenth of what tensors may take together, for jobs need it more.
  private static func room(_ bytes: Int) -> Int {
    let limit = LibTorch.memory.limit
    return limit > 0 ? min(bytes, limit / 16) : bytes
  }

  func picture(_ path: String) throws -> PictureFile {
    try pictures.value(of: Stamped(path)) { try PictureFile(contentsOf: path) }
  }

  func input(
    of picture: PictureFile, seeing region: SeenRegion?, by network: Network, on device: Device
  ) throws -> WarmInput {
    let kept = try inputs.value(of: InputKey(picture, network, region)) {
      let input = try network.input(from: picture.picture, on: device)
      return Kept(input: input, passes: KeptPasses(at: input.tensor, upTo: Self.room(48 << 20)))
    }
    return WarmInput(network: network.keeping(kept.passes), input: kept.input)
  }

  /// What hidden pixels of an input become, by a baseline that names no file.
  func ground(
    _ fill: String, of picture: PictureFile, seeing region: SeenRegion?, _ asked: WarmInput
  ) throws -> Tensor {
    let key = GroundKey(input: InputKey(picture, asked.network, region), fill: fill)
    return try grounds.value(of: key) {
      try Baseline(fill, for: "fill", seed: Seed(0)) { _ in
        throw RequestFault.unfit("fill may not name a file")
      }.input(for: asked.network, at: asked.input.tensor)
    }
  }

  /// A network's program in the form that is usually fastest for one picture a pass, and what it answers about an input.
  func ready(
    seeing region: SeenRegion?, of picture: PictureFile, _ asked: WarmInput
  ) throws -> (program: PreparedProgram, answer: Prediction) {
    let network = asked.network
    let program = try ready.value(of: network.number) {
      let request = PreparationRequest(pictures: 1, memory: 1 << 30, batch: 1)
      return Ready(
        program: try network.program.prepared(for: asked.input.tensor, request),
        bytes: network.program.weightBytes)
    }.program
    let key = AnswerKey(
      input: InputKey(picture, network, region), threads: LibTorch.threadCount)
    let answer = try answers.value(of: key) {
      try network.prediction(from: program.output(for: asked.input.tensor))
    }
    return (program, answer)
  }
}

extension Session {
  private var staysWarm: Bool { networks != nil && keepsInputs }

  /// A picture, which stays read where networks do.
  func picture(_ path: String) throws -> PictureFile {
    try staysWarm ? warmInputs.picture(path) : PictureFile(contentsOf: path)
  }

  /// The input of a picture, with the network to ask about it; both stay where networks do.
  func input(
    of picture: PictureFile, for choice: NetworkChoice, seeing region: SeenRegion?,
    by network: Network
  ) throws -> WarmInput {
    let device = try choice.chosenDevice()
    if staysWarm {
      return try warmInputs.input(of: picture, seeing: region, by: network, on: device)
    }
    return WarmInput(
      network: network, input: try network.input(from: picture.picture, on: device))
  }
}
