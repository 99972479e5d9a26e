internal import Foundation
internal import Tensors
internal import Terms

/// How the numbers that a program gives become logits.
struct OutputReading: Sendable {
  /// What the numbers are, where a closing softmax or sigmoid is undone.
  enum Form: Hashable, Sendable {
    /// Logits, or values.
    case logits
    /// Logarithms of probabilities that sum to 1.
    case logarithms
    /// Probabilities that sum to 1.
    case shares
    /// Probabilities, each for itself.
    case chances
  }

  /// What they are.
  var form: Form
  /// How they belong together.
  var head: Head
  /// How many there are of a picture, or of each place of it.
  var width: Int
  /// Whether each place of a picture has numbers of its own, as in segmentation.
  var isOfPlaces = false
  /// Whether the only number is that of the second of two labels.
  var isOfSecond = false
  /// The value that is asked about, of several; `nil` where nobody said which.
  var value: Int?
  /// What several values are called.
  var valueNames: [String] = []
  /// What an embedding is compared with.
  var references: Tensor?
  /// How much each place counts, `[h · w]`, their sum being 1; `nil` for all alike.
  var places: Tensor?

  /// The card's task, for errors.
  var task: String { (head == .values ? Card.Task.regression : .classification).rawValue }

  /// The logits of a batch: `[N, classes]`; of labels `[y, −y]`; `[N, 1]` of the value asked about.
  func logits(of output: Tensor) throws -> Tensor {
    let own = try means(of: output)
    switch head {
    case .choice: return own
    case .labels:
      return try Tensor.concatenated(isOfSecond ? [own * -1, own] : [own, own * -1], axis: 1)
    case .similarities: return try similarities(of: own)
    case .values:
      if width == 1 { return own }
      guard let value else { throw NetworkError.severalValues(valueNames) }
      return try own.slice(axis: 1, value..<value + 1)
    }
  }

  /// The logits or values that the numbers stand for, `[N, width]`, those of places as their mean.
  func means(of output: Tensor) throws -> Tensor {
    try overPlaces(ownLogits(of: numbers(of: output)))
  }

  /// Which part of a picture each class has, 0…1; `nil` of an output that is not of places.
  ///
  /// - Parameter threshold: The probability above which a label is at a place.
  func areas(of output: Tensor, threshold: Float) throws -> [Float]? {
    guard isOfPlaces, head != .values else { return nil }
    let found = try classesOfPlaces(of: output, threshold: threshold)
    var counts = [Int](repeating: 0, count: head == .labels(1) ? 2 : width)
    for classes in found { for c in classes where c < counts.count { counts[c] += 1 } }
    return counts.map { Float($0) / Float(max(found.count, 1)) }
  }

  /// 1 for each place that is of one of some classes, 0 elsewhere.
  func places(of classes: ClassSet, in output: Tensor, threshold: Float) throws -> [Float] {
    try classesOfPlaces(of: output, threshold: threshold).map { own in
      own.contains(where: classes.indices.contains) ? 1 : 0
    }
  }

  /// The classes of each place: the likeliest, or of labels those above the threshold and the absences of the others.
  private func classesOfPlaces(of output: Tensor, threshold: Float) throws -> [[Int]] {
    let logits = try ownLogits(of: numbers(of: output))
    let (count, values) = (logits.shape[2], try logits.floats())
    let least = Foundation.log(threshold / (1 - threshold))
    return (0..<count).map { place in
      let own = (0..<width).map { values[$0 * count + place] }
      if head == .choice { return [own.indices.max { (own[$0], $1) < (own[$1], $0) } ?? 0] }
      return own.indices.map { (own[$0] > least) != isOfSecond ? $0 : $0 + width }
    }
  }

  /// The numbers `[N, width]`, or `[N, width, places]`, whatever axes of length 1 the output has or lacks.
  func numbers(of output: Tensor) throws -> Tensor {
    guard output.elementType?.isFloating == true else { throw NetworkError.outputType }
    guard output.count.isMultiple(of: width), output.count > 0 else {
      throw NetworkError.outputShape(output.shape, task: task)
    }
    guard isOfPlaces else { return try output.reshaped([-1, width]) }
    guard output.rank > 1, output.shape[0] > 0,
      (output.count / width).isMultiple(of: output.shape[0])
    else { throw NetworkError.outputShape(output.shape, task: task) }
    return try output.reshaped([output.shape[0], width, -1])
  }

  private func overPlaces(_ logits: Tensor) throws -> Tensor {
    guard isOfPlaces else { return logits }
    guard let places else { return try logits.mean(axes: [2]) }
    guard places.count == logits.shape[2] else {
      throw NetworkError.placeCount(places.count, output: logits.shape[2])
    }
    return try (logits * places.on(logits.device)).sum(axes: [2])
  }

  /// The logits that the numbers stand for, in the same shape.
  func ownLogits(of numbers: Tensor) throws -> Tensor {
    switch form {
    case .logits: return try numbers.converted(to: .float32)
    case .logarithms:
      let sums = try numbers.detached().converted(to: .float32).logSumExp(axis: 1).reshaped([-1])
        .floats()
      if let sum = sums.first(where: { !(abs($0) < 0.02) }) {
        throw NetworkError.notLogProbabilities(logarithm: sum)
      }
      return try numbers.converted(to: .float32)
    case .shares:
      try checkShares(numbers.detached())
      return try clamped(numbers).log().converted(to: .float32)
    case .chances:
      try checkChances(numbers.detached())
      let p = try clamped(numbers)
      return try (p.log() - (p * -1 + 1).log()).converted(to: .float32)
    }
  }

  /// A probability of 0 has no logarithm; the smallest number stands for it, and scores that would
  /// read it are refused.
  private func clamped(_ numbers: Tensor) throws -> Tensor {
    let least = Self.leastProbability(numbers.elementType)
    let most = form == .chances ? Self.mostProbability(numbers.elementType) : 1
    func bound(_ number: Double) throws -> Tensor {
      try Tensor([number], shape: [1]).on(numbers.device)
    }
    return try numbers.converted(to: .float64).clamped(from: bound(least), to: bound(most))
  }

  private func checkShares(_ numbers: Tensor) throws {
    let range = try numbers.extremes()
    let sums = try numbers.sum(axes: [1]).reshaped([-1]).floats()
    // A softmax in half precision sums to 1 within a few thousandths.
    guard range.lowerBound >= -0.01, range.upperBound <= 1.01,
      sums.allSatisfy({ abs($0 - 1) < 0.02 })
    else {
      throw NetworkError.notProbabilities(sum: sums.first { !(abs($0 - 1) < 0.02) } ?? sums[0])
    }
  }

  private func checkChances(_ numbers: Tensor) throws {
    let range = try numbers.extremes()
    if range.lowerBound < -0.001 { throw NetworkError.notChances(range.lowerBound) }
    if range.upperBound > 1.001 { throw NetworkError.notChances(range.upperBound) }
  }

  /// The first of some sets whose logits cannot be known, because probabilities are 0 or 1 in their numbers.
  func vanished(among sets: [ClassSet], in output: Tensor) throws -> ClassSet? {
    guard form == .shares || form == .chances else { return nil }
    let numbers = try numbers(of: output.detached()).converted(to: .float64).on(.cpu)
    let least = Self.leastProbability(output.elementType)
    let most = Self.mostProbability(output.elementType)
    for set in sets {
      guard form == .chances else {
        let sums = try numbers.gather(axis: 1, set.indices).sum(axes: [1])
        if try sums.elements(as: Double.self).contains(where: { $0 < least }) { return set }
        continue
      }
      let own = try numbers.gather(axis: 1, set.indices.map { $0 % width })
        .elements(as: Double.self)
      // Of several labels one that is known to be there decides, and of those that are not none matters.
      if own.contains(where: { $0 > most }) || own.allSatisfy({ $0 < least }) { return set }
    }
    return nil
  }

  /// The smallest probability that numbers of a type hold with all their digits.
  private static func leastProbability(_ type: ElementType?) -> Double {
    switch type {
    case .float64: .leastNormalMagnitude
    case .float16: 0x1p-14
    default: 0x1p-126
    }
  }

  /// The largest probability below 1 that numbers of a type hold.
  private static func mostProbability(_ type: ElementType?) -> Double {
    switch type {
    case .float64: 1 - 0x1p-53
    case .float16: 1 - 0x1p-11
    case .bfloat16: 1 - 0x1p-8
    default: 1 - 0x1p-24
    }
  }
}
