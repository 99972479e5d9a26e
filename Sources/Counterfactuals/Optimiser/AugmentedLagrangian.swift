public import Tensors
public import Terms

/// The method of multipliers on many problems side by side.
///
/// Each problem has multipliers, penalty and damping of its own; all that still run are evaluated as
/// one batch. A problem that is done makes room for the next.
///
/// - Randomness: none.
public struct AugmentedLagrangian: Hashable, Sendable {
  /// What minimises between two updates of the multipliers; β follows from it.
  public private(set) var minimiser: InnerMinimiser
  /// c at the start.
  public var penalty = 1.0
  /// β, by which c grows: 1.01 in Feghahati 2020, and for descent; 4 for Gauss–Newton, whose steps do
  /// not shorten as c grows.
  public var growth = 1.01
  /// γ: c grows where |h| is more than this part of what it was at the last update.
  public var decrease = 0.24
  /// The largest |h| that counts as 0, and the largest g_j that counts as 0 or less.
  public var tolerance = 2e-3
  /// A point counts as stationary where the gradient of the Lagrangian is at most this part of
  /// `‖2(z − z₀)‖`, which it would have to cancel.
  public var stationarity = 0.02
  /// For Gauss–Newton: where four evaluations lower the augmented Lagrangian by less than this part of
  /// `‖z − z₀‖²`, the search moves on.
  public var progress = 5e-3
  /// Evaluations after which a problem is given up.
  public var iterationLimit: Int
  /// Problems in a batch.
  public var batch = 256

  /// Describes a method.
  public init(minimiser: InnerMinimiser = .gaussNewton, iterationLimit: Int = 300) {
    self.minimiser = minimiser
    self.iterationLimit = iterationLimit
    if case .gaussNewton = minimiser { growth = 4 }
  }

  /// Solves all problems.
  ///
  /// - Parameters:
  ///   - centres: z₀ of each problem.
  ///   - starts: Where each search starts; at z₀ where `nil`.
  ///   - device: Where points are handed to the problems.
  ///   - progress: Called after each batch's iteration, in thousandths of all evaluations, as many as
  ///     there seem to be (`SearchWork`).
  public func solve(
    _ problems: some NearestPointProblems, nearestTo centres: [[Double]],
    from starts: [[Double]]? = nil, on device: Device = .cpu, progress: ProgressHandler = { _ in }
  ) throws -> [NearestPoint] {
    var waiting = centres.indices.map {
      SearchState(problem: $0, centre: centres[$0], start: (starts ?? centres)[$0])
    }[...]
    var running: [SearchState] = []
    var found = [NearestPoint?](repeating: nil, count: centres.count)
    var work = SearchWork(problems: centres.count, expected: expectedEvaluations)
    while true {
      let room = max(batch, 1) - running.count
      running += waiting.prefix(room)
      waiting = waiting.dropFirst(room)
      if running.isEmpty { break }
      try advance(&running, problems, device)
      for state in running {
        guard let ending = state.ending else { continue }
        found[state.problem] = state.found(ending)
        work.end(after: state.iterations)
      }
      running.removeAll { $0.ending != nil }
      try progress(work.update(running: running.map(\.iterations)))
    }
    return found.compactMap(\.self)
  }

  /// Evaluations that a problem takes, about; for progress alone.
  private var expectedEvaluations: Double {
    switch minimiser {
    case .gaussNewton: Double(min(iterationLimit, 37))
    case .descent: Double(iterationLimit) / 4
    }
  }

  /// One evaluation of every running problem, and the next point of each.
  private func advance(
    _ states: inout [SearchState], _ problems: some NearestPointProblems, _ device: Device
  ) throws {
    let width = states[0].trial.count
    let points = try Tensor(states.flatMap(\.trial), shape: [states.count, width]).on(device)
    let evaluated = try problems.constraints(at: points, of: states.map(\.problem))
    let flat = try evaluated.values.detached().on(.cpu).converted(to: .float64)
      .elements(as: Double.self)
    let length = flat.count / states.count
    for i in states.indices {
      states[i].judge(Array(flat[i * length..<(i + 1) * length]), self)
    }
    switch minimiser {
    case .descent(let rate, let steps):
      try Descent(rate: rate, steps: steps).move(&states, evaluated, self)
    case .gaussNewton:
      try GaussNewton().move(&states, evaluated, self)
    }
  }
}
