public import Tensors

/// A program made ready for many fast forward passes.
///
/// Batch normalisation is folded, dead code is gone, convolutions take over what follows them, and
/// weights lie in memory as the processor wants them. Outputs agree with the plain program's within
/// 1e-4 of the largest one in 32 bits; ``Program/prepared(for:_:)``
/// has checked it.
public struct PreparedProgram: Sendable {
  /// How a program is made ready.
  public enum Form: String, Sendable, Codable, CaseIterable {
    /// oneDNN's fused convolutions with packed weights, channels last.
    case fused
    /// Channels last, element-wise operators in place.
    case channelsLast = "channels-last"
    /// Normalisation folded and dead code dropped, nothing else.
    case folded
    /// As it was read.
    case plain
  }

  /// The precision that activations and weights have.
  public enum Precision: String, Sendable, Codable, CaseIterable {
    /// 32 bits.
    case single = "float32"
    /// 16 bits. Outputs differ by some hundredths of the largest one, and by a tenth at most.
    case bfloat16
  }

  /// How it was made ready.
  public let form: Form
  /// The precision that it has.
  public let precision: Precision
  /// How many pictures a pass is made for; fewer will do.
  public let batch: Int
  /// The memory that a picture of a pass takes at most, roughly; weights are not counted.
  public let bytesPerPicture: Int
  let program: Program
  /// The same before any operator works in place.
  let pure: Program

  /// The network's output for at most ``batch`` pictures; more will do, but take more memory.
  public func output(for input: Tensor) throws(NetworkError) -> Tensor {
    try program.output(for: input)
  }
}

/// What a job of many forward passes looks like, and what it may use.
public struct PreparationRequest: Sendable {
  /// How many pictures will be run.
  public var pictures: Int
  /// Bytes for a pass.
  public var memory: Int
  /// The most pictures a pass.
  public var largestBatch: Int
  /// How many pictures a pass, where that is settled; nothing is measured then.
  public var batch: Int?
  /// Bytes that the caller itself needs for each picture of a pass.
  public var bytesPerPicture: Int
  /// The precision asked for.
  public var precision: PreparedProgram.Precision
  /// Where measured choices are kept; without, nothing is measured.
  public var tunings: Tunings?

  /// Describes a job.
  public init(
    pictures: Int, memory: Int, bytesPerPicture: Int = 0, largestBatch: Int = 64,
    batch: Int? = nil, precision: PreparedProgram.Precision = .single, tunings: Tunings? = nil
  ) {
    self.pictures = pictures
    self.memory = memory
    self.bytesPerPicture = bytesPerPicture
    self.largestBatch = largestBatch
    self.batch = batch
    self.precision = precision
    self.tunings = tunings
  }
}
