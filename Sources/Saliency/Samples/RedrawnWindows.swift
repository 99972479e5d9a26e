internal import Tensors
internal import Terms

/// Inputs in which one window has been drawn anew: `samples` for each window of a plan.
struct RedrawnWindows {
  private let plan: WindowPlan
  private let input: Tensor
  private let gaussian: PatchGaussian
  private let samples: Int
  private let stream: RandomStream
  /// The windows in the order in which their samples come.
  private let order: [Int]
  /// The conditional Gaussians of the row of windows at hand, by where the window lies in its patch.
  private var conditionals: [Int: PatchGaussian.Window] = [:]
  private var row: Int?
  /// The draws at hand.
  private var last: (window: Int, block: Int, draws: Tensor)?

  /// How many samples of a window are drawn at a time, an even number, so that pairs stay together.
  static let blockLength = 128

  init(
    _ plan: WindowPlan, of input: Tensor, from gaussian: PatchGaussian, samples: Int, seed: Seed
  ) throws(TensorError) {
    self.plan = plan
    self.input = input
    self.gaussian = gaussian
    self.samples = samples
    stream = RandomStream(seed)
    order = plan.order
  }

  /// The inputs of some samples, `[n, C, H, W]`; sample i belongs to window `plan.order[i / samples]`.
  mutating func inputs(_ range: Range<Int>) throws(TensorError) -> Tensor {
    let (channels, plane) = (input.shape[1], plan.height * plan.width)
    var (places, elements): ([Int64], [Tensor]) = ([], [])
    for place in range.lowerBound / samples...(range.upperBound - 1) / samples {
      let window = order[place]
      let own = range.clamped(to: place * samples..<(place + 1) * samples)
      let first = own.lowerBound - place * samples
      elements += try draws(window, first..<first + own.count)
      let pixels = plan.pixels(plan.place(window)).map(Int64.init)
      let all = (0..<channels).flatMap { c in pixels.map { $0 + Int64(c * plane) } }
      for _ in own { places += all }
    }
    let shape = [range.count, channels * plan.windowHeight * plan.windowWidth]
    return try input.reshaped([1, channels * plane]).expanded([range.count, channels * plane])
      .replacing(
        axis: 1, at: Tensor(places, shape: shape).on(input.device),
        with: Tensor.concatenated(elements).on(input.device)
      ).reshaped([range.count] + input.shape.dropFirst())
  }

  /// Some of a window's draws, `[n, C · k]` of each block that they lie in.
  private mutating func draws(
    _ window: Int, _ range: Range<Int>
  ) throws(TensorError) -> [Tensor] {
    var parts: [Tensor] = []
    let length = Self.blockLength
    for block in range.lowerBound / length...(range.upperBound - 1) / length {
      let all = block * length..<min((block + 1) * length, samples)
      let own = range.clamped(to: all)
      let first = own.lowerBound - all.lowerBound
      parts.append(
        try draws(window, block: block, count: all.count)
          .slice(axis: 0, first..<first + own.count))
    }
    return parts
  }

  /// The draws of a block, `[count, C · k]`.
  private mutating func draws(
    _ window: Int, block: Int, count: Int
  ) throws(TensorError) -> Tensor {
    if let last, last.window == window, last.block == block { return last.draws }
    let place = plan.place(window)
    let patch = try input.select(axis: 0, index: 0)
      .slice(axis: 1, place.patchTop..<place.patchTop + plan.patchHeight)
      .slice(axis: 2, place.patchLeft..<place.patchLeft + plan.patchWidth)
      .reshaped([input.shape[1], -1]).on(.cpu)
    let (channels, pixels) = (input.shape[1], plan.windowHeight * plan.windowWidth)
    var own = stream.stream(for: window)
    if block > 0 { own = own.stream(for: block) }
    let half = try Tensor.normals([(count + 1) / 2, channels, pixels], from: &own)
    let noise = try Tensor.concatenated([half, half * -1]).slice(axis: 0, 0..<count)
    let draws = try conditional(at: place).draws(in: patch, noise: noise.permuted([1, 2, 0]))
      .permuted([2, 0, 1]).reshaped([count, channels * pixels])
    last = (window, block, draws)
    return draws
  }

  private mutating func conditional(
    at place: WindowPlan.Place
  ) throws(TensorError) -> PatchGaussian.Window {
    let (y, x) = (place.top - place.patchTop, place.left - place.patchLeft)
    if row != y { conditionals = [:] }
    row = y
    if let found = conditionals[x] { return found }
    let made = try gaussian.window(y..<y + plan.windowHeight, x..<x + plan.windowWidth)
    conditionals[x] = made
    return made
  }
}
