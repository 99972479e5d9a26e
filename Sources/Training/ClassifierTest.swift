public import Datasets
public import Networks
internal import Tensors
internal import Terms

/// What a classifier answers on test pictures.
public struct ClassifierTest: Sendable {
  /// Each picture's class by the data set.
  public let truths: [Int]
  /// The probabilities of all classes for each picture.
  public let probabilities: [[Float]]

  /// Takes answers as they are.
  public init(truths: [Int], probabilities: [[Float]]) {
    self.truths = truths
    self.probabilities = probabilities
  }

  /// Runs the network over every picture.
  ///
  /// - Complexity: one forward pass a picture, in batches of 250.
  public init(of network: Network, on set: PictureSet) throws {
    let batches = try Batches(set, network.preprocessing, size: 250)
    var rows: [[Float]] = []
    for start in stride(from: 0, to: set.count, by: 250) {
      let input = try batches.pictures(Array(start..<min(start + 250, set.count)))
      let output = try network.program.output(for: input).softmax(axis: 1)
      let width = output.shape[1]
      let flat = try output.floats()
      rows += stride(from: 0, to: flat.count, by: width).map { Array(flat[$0..<$0 + width]) }
    }
    truths = set.labels
    probabilities = rows
  }

  /// The likeliest class of each picture.
  public var answers: [Int] {
    probabilities.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
  }

  /// The share of pictures answered rightly.
  public var accuracy: Float {
    Float(zip(answers, truths).filter { $0 == $1 }.count) / Float(max(truths.count, 1))
  }

  /// A picture that the network takes for another class.
  public struct Confusion: Hashable, Sendable {
    /// Its place in the test set.
    public let picture: Int
    /// What it is.
    public let truth: Int
    /// What the network says.
    public let answer: Int
  }

  /// Pictures that stand for the network's commonest confusions: for each of the pairs of classes
  /// most often mistaken for one another, the picture on which answer and truth are closest.
  public func commonConfusions(limit: Int) -> [Confusion] {
    var groups: [[Int]: [Confusion]] = [:]
    for (i, answer) in answers.enumerated() where answer != truths[i] {
      groups[[truths[i], answer], default: []].append(
        Confusion(picture: i, truth: truths[i], answer: answer))
    }
    let common = groups.sorted {
      ($1.value.count, $0.key[0], $0.key[1]) < ($0.value.count, $1.key[0], $1.key[1])
    }
    return common.prefix(max(limit, 0)).compactMap { _, group in
      group.min { margin($0) < margin($1) }
    }
  }

  private func margin(_ confusion: Confusion) -> Float {
    let row = probabilities[confusion.picture]
    return row[confusion.answer] - row[confusion.truth]
  }
}
