internal import Files
internal import Tensors

/// Makes the forms of a program for one job, checks and measures them.
struct PreparationTuner {
  /// Jobs of fewer pictures are not worth half a second of measurements.
  static let worthMeasuring = 256

  let original: Program
  let picture: Tensor
  let request: PreparationRequest
  /// How many pictures fit the memory: a power of two, at most what was asked for; the batch itself
  /// where that is settled.
  let largestBatch: Int
  /// What forms are checked with: the picture twice, where the batch's length is free. In a batch of
  /// one, a parameter of one picture's shape looks like a value of the batch.
  private let sample: Tensor
  /// The plain program's output for the sample.
  private let expected: Tensor
  private let base: Program
  /// The base with channels last; `nil` where it does not run so.
  private let laidOut: Program?
  private let profile: RunProfile
  private let precision: PreparedProgram.Precision

  init(
    _ program: Program, _ picture: Tensor, _ request: PreparationRequest
  ) throws(NetworkError) {
    original = program
    self.picture = picture
    self.request = request
    sample = program.batchLength == nil ? try Self.repeated(picture, 2) : picture
    expected = try program.output(for: sample)
    let folded = try program.foldingNormalization().droppingDeadCode().mergingPads()
    precision = request.precision
    base =
      precision == .single
      ? folded : try Self.inBfloat16(folded, expecting: expected, for: sample)
    let laid = try? base.channelsLast()
    if let laid, let profile = try? RunProfile(of: laid, at: sample) {
      (laidOut, self.profile) = (laid, profile)
    } else {
      (laidOut, profile) = (nil, try RunProfile(of: base, at: sample))
    }
    largestBatch = Self.largestBatch(program, profile, request)
  }

  var bytesPerPicture: Int { profile.bytesPerPicture }

  /// The forms that may do, the usually fastest first.
  var forms: [PreparedProgram.Form] {
    if laidOut == nil { return [.folded] }
    return picture.device == .cpu ? [.fused, .channelsLast, .folded] : [.channelsLast, .folded]
  }

  /// A form, if it runs and its output is right.
  func checked(_ choice: Tunings.Choice) -> PreparedProgram? {
    guard choice.batch >= 1, choice.batch <= largestBatch, let made = try? make(choice),
      let output = try? made.output(for: sample),
      Self.agree(output, expected, within: precision == .single ? 1e-4 : 0.1)
    else { return nil }
    return made
  }

  /// The fastest form and batch length, by trying for about half a second; `nil` where none is right.
  func fastest() throws(NetworkError) -> Tunings.Choice? {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(500)
    var best: (choice: Tunings.Choice, seconds: Double)?
    func tryOut(_ choice: Tunings.Choice) throws(NetworkError) {
      guard let made = checked(choice), let seconds = try? measure(made) else { return }
      if seconds < best?.seconds ?? .infinity { best = (choice, seconds) }
    }
    let start = min(4, largestBatch)
    for form in forms { try tryOut(.init(form: form, batch: start)) }
    guard let form = best?.choice.form else { return nil }
    for batch in [8, 16, 2, 1, 32, 64] where batch <= largestBatch && batch != start {
      if clock.now >= end { break }
      try tryOut(.init(form: form, batch: batch))
    }
    return best?.choice
  }

  /// What a measured choice holds for.
  var key: String {
    var text = "\(original.inputShape) \(precision) \(largestBatch) \(picture.shape)\n"
    for node in original.nodes {
      text += "\(node.operation.name) \(node.arguments.map(\.value.slots)) "
      text += "\(node.results.flatMap(\.slots).map { profile.shapes[$0] ?? [] })\n"
    }
    let digest = SHA256.hex(of: Array(text.utf8)).prefix(16)
    return "\(digest) \(LibTorch.version) \(picture.device) \(LibTorch.threadCount)"
  }

  private func make(_ choice: Tunings.Choice) throws(NetworkError) -> PreparedProgram {
    let laidOut = laidOut ?? base
    let (pure, works) =
      switch choice.form {
      case .fused: (try laidOut.fusingConvolutions(profile, batch: choice.batch), true)
      case .channelsLast: (laidOut, true)
      case .folded: (base, false)
      case .plain: (original, false)
      }
    return PreparedProgram(
      form: choice.form, precision: choice.form == .plain ? .single : precision,
      batch: choice.batch, bytesPerPicture: bytesPerPicture,
      program: works ? pure.workingInPlace(profile) : pure,
      pure: pure)
  }

  /// Seconds a picture, of the better of two passes.
  private func measure(_ made: PreparedProgram) throws -> Double {
    let batch = try Self.repeated(picture, made.batch)
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<2 {
      let time = try clock.measure { _ = try made.output(for: batch).number(at: 0) }
      best = min(best, time / .seconds(1))
    }
    return best / Double(made.batch)
  }

  private static func largestBatch(
    _ program: Program, _ profile: RunProfile, _ request: PreparationRequest
  ) -> Int {
    if let length = program.batchLength ?? request.batch { return length }
    let bytes = profile.bytesPerPicture + request.bytesPerPicture
    let fitting = max(
      1, min(request.largestBatch, request.memory / max(bytes, 1), request.pictures))
    return 1 << (Int.bitWidth - 1 - fitting.leadingZeroBitCount)
  }

  private static func repeated(_ picture: Tensor, _ count: Int) throws(NetworkError) -> Tensor {
    do {
      return try picture.expanded([count] + picture.shape.dropFirst()).cloned()
    } catch { throw .node("batch", error) }
  }

  private static func inBfloat16(
    _ program: Program, expecting expected: Tensor, for sample: Tensor
  ) throws(NetworkError) -> Program {
    guard hasBfloat16(sample.device) else { throw .bfloat16(reason: "this processor lacks it") }
    let (halved, output): (Program, Tensor)
    do {
      halved = try program.inBfloat16()
      output = try halved.output(for: sample)
    } catch { throw .bfloat16(reason: error.description) }
    guard agree(output, expected, within: 0.1) else {
      throw .bfloat16(reason: "outputs differ by more than a tenth of the largest one")
    }
    return halved
  }

  /// Whether a device computes in bfloat16.
  static func hasBfloat16(_ device: Device) -> Bool {
    guard device == .cpu else { return true }
    let found = try? Operator("mkldnn::_is_mkldnn_bf16_supported")([])
    if case .bool(true)? = found?.first { return true }
    return false
  }

  private static func agree(_ found: Tensor, _ expected: Tensor, within tolerance: Float) -> Bool {
    guard found.shape == expected.shape, let a = try? found.floats(),
      let b = try? expected.floats()
    else { return false }
    let scale = max(b.map(abs).max() ?? 0, .leastNormalMagnitude)
    return zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * scale || ($0.isNaN && $1.isNaN) }
  }
}

extension Tensor {
  /// Waits for the tensor and reads one of its elements.
  fileprivate func number(at index: Int) throws(TensorError) -> Float {
    try reshaped([-1]).slice(axis: 0, index..<index + 1).number()
  }
}
