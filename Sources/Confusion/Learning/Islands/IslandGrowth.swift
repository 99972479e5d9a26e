internal import Terms

/// Grows an island from the two free variables with most mutual information, one variable at a
/// time, until one latent no longer explains it.
///
/// Progressive EM (Chen et al. 2017, section 4): a variable is taken in by
/// learning its table alone; two latents are tried against one (unidimensionality test), and a
/// variable that hardly depends on the island ends growth (correlation test).
struct IslandGrowth {
  let cases: Cases
  let information: MutualInformation
  let learning: TreeLearning
  let stream: RandomStream
  private let fitting: SmallEM
  /// The pattern of each case among ``counts``.
  private var patterns: [Int32]
  private var counts: PatternCounts
  private var model = LatentClassModel(leafCount: 0)

  init(cases: Cases, information: MutualInformation, learning: TreeLearning, stream: RandomStream) {
    (self.cases, self.information) = (cases, information)
    (self.learning, self.stream) = (learning, stream)
    fitting = SmallEM(learning)
    patterns = .init(repeating: 0, count: cases.count)
    counts = PatternCounts(total: cases.total)
  }

  /// The next island, and where nothing else is left the one that was split off it.
  mutating func islands(among partners: NearestPartners) -> [Island] {
    defer { clear() }
    let free = partners.free
    guard free.count > 3, let (first, second) = partners.closestPair else { return [whole(free)] }
    start([first, second, third(beside: first, second, in: free)])
    while true {
      let outside = free.filter { !counts.variables.contains($0) }
      guard let link = strongestLink(to: outside) else { return [current()] }
      let held = counts.holding(link.outer, in: cases, patterns)
      let step = GrowthStep(
        counts: counts, held: held, model: model, inner: link.inner, fitting: fitting,
        stream: stream(for: counts.variables + [link.outer]))
      if let threshold = learning.correlationThreshold, outside.count >= 3,
        step.dependenceGain(learning) < threshold
      {
        return [current()]
      }
      if step.splitGain(learning) > learning.splitThreshold {
        return parts(of: step, outer: link.outer, isLast: outside.count == 1)
      }
      counts.add(link.outer, holding: held, in: cases, &patterns)
      model.tables.append(step.table)
      model.isFree.append(true)
      if outside.count == 1
        || (counts.variables.count >= learning.largestIsland && outside.count > 3)
      {
        return [current()]
      }
    }
  }

  private func current() -> Island { Island(variables: counts.variables, model: model) }

  /// An island of all of some few variables.
  private mutating func whole(_ variables: [Int]) -> Island {
    start(variables)
    return current()
  }

  private mutating func start(_ variables: [Int]) {
    for variable in variables {
      let held = counts.holding(variable, in: cases, patterns)
      counts.add(variable, holding: held, in: cases, &patterns)
    }
    model = fitting.fit(
      LatentClassModel(leafCount: variables.count), to: counts.all, using: stream(for: variables))
  }

  private mutating func clear() {
    for variable in counts.variables {
      for place in cases.cases(of: variable) { patterns[Int(place)] = 0 }
    }
    counts = PatternCounts(total: cases.total)
  }

  /// The island without the variable that goes with the new one, and the two of them as an island
  /// where no other variable is left.
  private func parts(of step: GrowthStep, outer: Int, isLast: Bool) -> [Island] {
    var (variables, model) = (counts.variables, model)
    let inner = variables.remove(at: step.inner)
    model.tables.remove(at: step.inner)
    model.isFree.remove(at: step.inner)
    let rest = Island(variables: variables, model: model)
    return isLast ? [rest, Island(variables: [inner, outer], model: step.splitOff())] : [rest]
  }

  /// The free variable with most mutual information with either of two.
  private func third(beside first: Int, _ second: Int, in free: [Int]) -> Int {
    func value(_ variable: Int) -> Double {
      max(information[first, variable], information[second, variable])
    }
    var best = -1
    for variable in free where variable != first && variable != second {
      if best < 0 || value(variable) > value(best) { best = variable }
    }
    return best
  }

  /// The place in the island, the first two aside, and the outer variable with most mutual
  /// information.
  private func strongestLink(to outside: [Int]) -> (inner: Int, outer: Int)? {
    var best: (Int, Int)?
    var most = -1.0
    for inner in counts.variables.indices.dropFirst(2) {
      for outer in outside where information[counts.variables[inner], outer] > most {
        (most, best) = (information[counts.variables[inner], outer], (inner, outer))
      }
    }
    return best
  }

  private func stream(for variables: [Int]) -> RandomStream {
    variables.sorted().reduce(stream) { $0.stream(for: $1) }
  }
}

/// Variables that one latent explains, and the model that says how.
struct Island {
  /// The variables, in the order of the model's leaves.
  let variables: [Int]
  /// The latent and its leaves; in state 0 of the latent none of them is likeliest.
  let model: LatentClassModel

  /// Orients the latent so that a case with none of the variables is in state 0.
  init(variables: [Int], model: LatentClassModel) {
    self.variables = variables
    let joint = model.joint(0)
    self.model = joint[1] > joint[0] ? model.swapped : model
  }

  /// Whether the latent's likelier state is 1 where the variables are as in a mask; ties are 0.
  func isPresent(_ mask: UInt64) -> Bool {
    let joint = model.joint(mask)
    return joint[1] > joint[0]
  }
}
