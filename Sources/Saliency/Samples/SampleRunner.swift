internal import Networks
internal import Tensors
internal import Terms

/// Runs a network on many altered copies of one input and gives their scores.
///
///     var runner = try SampleRunner(for: request, samples: 4000)
///     try runner.run(0..<4000) { range in
///       …                                // the inputs of samples `range`, [n, …]
///     } consume: { range, scores in …    // what they gave, [S, n]
///     } soFar: { count in …              // the maps by the first samples
///     }
///
/// The network is prepared once for fast forward passes. A pass takes as many samples as the memory
/// holds; what is asked for and consumed comes in order. Samples must depend on their index alone,
/// so that results do not depend on how many a pass takes.
///
/// Where no sample moved a score by more than rounding does (``RoundingNoise``), its map is neutral
/// everywhere and says so.
struct SampleRunner {
  let request: MapRequest
  /// What the network answers for the input itself.
  let prediction: Prediction
  let scores: [Score]
  /// Their values for the input itself.
  let values: [Float]
  private let prepared: PreparedProgram
  private let noise: RoundingNoise
  /// The least and the largest value of each score among the input and all samples.
  private var reached: [(low: Float, high: Float)]

  /// Prepares a network for a job.
  ///
  /// - Parameters:
  ///   - samples: How many will be run at most.
  ///   - bytesPerSample: What the method itself allocates for each sample of a pass; the samples'
  ///     inputs are counted here.
  ///   - largestBatch: The most samples a pass, where it is set.
  init(
    for request: MapRequest, samples: Int, bytesPerSample: Int = 0, largestBatch: Int? = nil,
    precision: PreparedProgram.Precision = .single
  ) throws {
    let (network, input, resources) = (request.network, request.input.tensor, request.resources)
    let output = try network.program.output(for: input)
    prediction = try network.prediction(from: output)
    self.scores = try request.scores(prediction)
    values = try network.values(of: self.scores, from: output).floats()
    self.request = request
    // The alteration of a sample takes about as much again as its input.
    prepared = try network.program.prepared(
      for: input,
      PreparationRequest(
        pictures: samples, memory: resources.memory,
        bytesPerPicture: 2 * 4 * input.count + bytesPerSample, largestBatch: largestBatch ?? 64,
        precision: precision, tunings: resources.tunings))
    noise = try RoundingNoise(
      of: self.scores, values, in: network, at: input, answering: prediction,
      computing: prepared.precision == .bfloat16 ? .bfloat16 : network.program.coarsestType,
      batch: prepared.batch, output: prepared.output)
    reached = values.map { ($0, $0) }
  }

  /// Runs some of the samples.
  ///
  /// - Parameters:
  ///   - range: Which.
  ///   - total: How many there may be in all, for progress; those of the range where not given.
  ///   - groupSize: How many depend on one another, and say something only together.
  ///   - inputs: Gives the inputs of a range of samples, `[n, …]`.
  ///   - consume: Takes the scores of a range, `[S, n]`.
  ///   - soFar: Gives the maps by as many samples as that, for whoever wants to see them before all are done.
  mutating func run(
    _ range: Range<Int>, of total: Int? = nil, inGroupsOf groupSize: Int = 1,
    inputs: (Range<Int>) throws -> Tensor, consume: (Range<Int>, Tensor) throws -> Void,
    soFar: (Int) throws -> [SaliencyMap]
  ) throws {
    var start = range.lowerBound
    while start < range.upperBound {
      let batch = start..<min(start + prepared.batch, range.upperBound)
      let output = try prepared.output(for: inputs(batch))
      let values = try request.network.values(of: scores, from: output)
      try reach(values.floats(), count: batch.count)
      try consume(batch, values)
      start = batch.upperBound
      let all = total ?? range.upperBound
      try request.progress(ProgressUpdate(completed: start, total: all))
      if start < all, start % groupSize == 0 {
        try request.partial?({ try explanation(soFar(start)) })
      }
    }
  }

  private mutating func reach(_ found: [Float], count: Int) {
    for s in reached.indices {
      let own = found[s * count..<(s + 1) * count]
      reached[s].low = min(reached[s].low, own.min() ?? .infinity)
      reached[s].high = max(reached[s].high, own.max() ?? -.infinity)
    }
  }

  /// Joins the maps, one for each score, to what the network answered.
  func explanation(_ maps: [SaliencyMap]) throws(TensorError) -> Explanation {
    Explanation(
      prediction: prediction, scores: values,
      maps: try maps.enumerated().map { s, map throws(TensorError) in
        let moved = reached[s].high - reached[s].low
        return moved <= RoundingNoise.width * noise.ranges[s]
          ? try map.silenced(rounding: noise.ranges[s]) : map
      })
  }
}
