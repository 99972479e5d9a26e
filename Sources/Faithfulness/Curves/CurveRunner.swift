public import Networks
public import Saliency
public import Tensors
public import Terms

/// Asks a network about one picture while its pixels are taken away or come back.
///
/// The network is prepared once, runs forward only, and sees each altered picture once, however many
/// paths lead through it (``AlteredPictures``). All passes have the same length, filled up with
/// repetitions, so that what is answered for a picture does not depend on what else is asked.
public struct CurveRunner {
  private let network: Network
  private let input: Tensor
  private let blank: Tensor
  private let ground: Tensor
  private let prepared: PreparedProgram

  /// Prepares a network for a picture.
  ///
  /// - Parameters:
  ///   - input: One preprocessed picture, `[1, C, H, W]`.
  ///   - fill: What a deleted pixel becomes; the mean colour in the paper.
  ///   - ground: What insertion starts from; a blur in RISE.
  ///   - prepared: The network made ready already, with a batch that is settled.
  /// - Throws: ``FaithfulnessError/regression``.
  public init(
    _ network: Network, at input: Tensor, fill: Baseline = .mean,
    ground: Baseline = .blur(sigma: 5),
    prepared: PreparedProgram? = nil, within resources: Resources = Resources()
  ) throws {
    guard network.card.task == .classification else { throw FaithfulnessError.regression }
    self.network = network
    self.input = input
    blank = try fill.input(for: network, at: input)
    self.ground = try ground.input(for: network, at: input)
    self.prepared = try prepared ?? Self.prepared(network, for: input, within: resources)
  }

  /// A network made ready for curves.
  public static func prepared(
    _ network: Network, for input: Tensor, within resources: Resources = Resources()
  ) throws -> PreparedProgram {
    try network.program.prepared(
      for: input,
      PreparationRequest(
        pictures: 1024, memory: resources.memory, bytesPerPicture: 2 * 4 * input.count,
        tunings: resources.tunings))
  }

  /// The number of pixels of the input, n.
  public var pixelCount: Int { input.shape[2] * input.shape[3] }

  /// Log-probabilities of sets of classes along paths, `log p_C = log Σ_{c∈C} softmax(y)_c`.
  ///
  /// - Returns: For each path, each of its counts and each set, a number of 0 or less.
  /// - Complexity: a forward pass of batch one for each altered picture, shared by the paths.
  /// - Throws: ``FaithfulnessError/pixelCount(_:input:)``, `NetworkError`, `TensorError`.
  public func logProbabilities(
    of sets: [ClassSet], along paths: [PixelPath], progress: ProgressHandler = { _ in }
  ) throws -> [[[Double]]] {
    for path in paths where path.order.places.count != pixelCount {
      throw FaithfulnessError.pixelCount(path.order.places.count, input: pixelCount)
    }
    let pictures = AlteredPictures(paths)
    var painter = PixelPainter(paths, pixelCount)
    var found: [[Double]] = []
    found.reserveCapacity(pictures.stops.count)
    while found.count < pictures.stops.count {
      let stops = pictures.stops[found.count...].prefix(prepared.batch)
      found += try answers(for: Array(stops), of: paths, painter: &painter, sets)
      try progress(.init(completed: found.count, total: pictures.stops.count))
    }
    return pictures.places.map { $0.map { found[$0] } }
  }

  private func answers(
    for stops: [AlteredPictures.Stop], of paths: [PixelPath], painter: inout PixelPainter,
    _ sets: [ClassSet]
  ) throws -> [[Double]] {
    let size = prepared.batch
    var masks: [UInt8] = []
    masks.reserveCapacity(size * pixelCount)
    for stop in stops { masks += painter.mask(of: stop) }
    for _ in stops.count..<max(size, stops.count) { masks += masks.prefix(pixelCount) }
    let altered = try Tensor(masks, shape: [masks.count / pixelCount, 1] + input.shape.suffix(2))
      .on(input.device)
    let kept = try altered.isLess(than: 1)
    let parts = try [PixelPath.Direction.deletion, .insertion].compactMap { direction in
      let isUsed = stops.contains { paths[$0.path].direction == direction }
      return isUsed ? try pictures(direction, kept: kept) : nil
    }
    let batch = parts.count == 1 ? parts[0] : try Self.mixed(parts, stops, paths)
    let output = try prepared.output(for: batch)
    let logs = try network.logits(of: output).converted(to: .float64).logSoftmax(axis: -1)
    let columns = try sets.map { set in
      try logs.gather(axis: -1, set.indices).logSumExp(axis: -1).on(.cpu).elements(as: Double.self)
    }
    return stops.indices.map { row in columns.map { min(0, $0[row]) } }
  }

  /// The altered pictures of a pass, were all of one direction.
  private func pictures(_ direction: PixelPath.Direction, kept: Tensor) throws -> Tensor {
    switch direction {
    case .deletion: try .choosing(input, where: kept, otherwise: blank)
    case .insertion: try .choosing(ground, where: kept, otherwise: input)
    }
  }

  /// Rows of the first part where they are of deletion, of the second elsewhere.
  private static func mixed(
    _ parts: [Tensor], _ stops: [AlteredPictures.Stop], _ paths: [PixelPath]
  ) throws -> Tensor {
    try .concatenated(
      (0..<parts[0].shape[0]).map { row in
        let stop = stops[row < stops.count ? row : 0]
        let part = paths[stop.path].direction == .deletion ? parts[0] : parts[1]
        return try part.slice(axis: 0, row..<row + 1)
      })
  }
}

/// Draws which pixels are altered, each picture on the one before where they are of one path.
private struct PixelPainter {
  private let paths: [PixelPath]
  private let pixelCount: Int
  private var last = AlteredPictures.Stop(path: -1, count: 0)
  private var canvas: [UInt8] = []

  init(_ paths: [PixelPath], _ pixelCount: Int) {
    self.paths = paths
    self.pixelCount = pixelCount
  }

  /// 1 where a pixel is altered, 0 elsewhere.
  mutating func mask(of stop: AlteredPictures.Stop) -> [UInt8] {
    if stop.path != last.path {
      canvas = [UInt8](repeating: 0, count: pixelCount)
      last = .init(path: stop.path, count: 0)
    }
    for place in paths[stop.path].order.places[last.count..<stop.count] { canvas[Int(place)] = 1 }
    last = stop
    return canvas
  }
}
