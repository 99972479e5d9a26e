internal import Counterfactuals
internal import Documents
internal import Imagery
internal import Terms

/// Searches about many pictures, some in a batch.
struct ContrastiveSummaryRun {
  let work: ContrastiveWork
  let list: PictureList
  /// How many pictures are asked about, from the first on.
  let count: Int
  let comparisons: [ComparedMethod]
  let keepsExamples: Bool

  /// Pictures whose searches share a batch.
  private static let share = 64
  /// Steps of progress a picture.
  private static let steps = 100

  /// What is kept of all answers, and how many pictures could not be read.
  func sums(_ telling: Telling) throws -> (sums: ContrastiveSums, failed: Int) {
    var sums = ContrastiveSums(methods: comparisons, keepingExamples: keepsExamples)
    var failed = 0
    let progress = telling.stage("searching", unit: Self.steps)
    for first in stride(from: 0, to: count, by: Self.share) {
      let range = first..<min(first + Self.share, count)
      let read = range.compactMap { place -> (Int, Picture)? in
        let picture = Result { () throws(PictureError) in try Picture(contentsOf: list[place]) }
        switch picture {
        case .success(let picture): return (place, picture)
        case .failure(let fault):
          telling.failed(fault)
          failed += 1
          return nil
        }
      }
      let found = try answers(about: read) { update in
        let steps = Int(update.fraction * Double(range.count * Self.steps))
        try progress(
          .init(
            completed: first * Self.steps + min(steps, range.count * Self.steps - 1),
            total: count * Self.steps, note: update.note))
      }
      for ((place, picture), answers) in zip(read, found) {
        let others = try comparisons.map { method in
          try work.answering.found(by: method, to: answers, about: picture, stream: place)
            .map(\.map)
        }
        try sums.add(answers, others, of: list.names[place])
      }
      try progress(.init(completed: range.upperBound * Self.steps, total: count * Self.steps))
    }
    return (sums, failed)
  }

  private func answers(
    about read: [(Int, Picture)], progress: ProgressHandler
  ) throws -> [[ContrastiveAnswer]] {
    var search = work.search
    search.frameCount = 0
    return try search.answers(
      to: read.map {
        ContrastiveQuestion($0.1, why: work.fact, ratherThan: work.foils, stream: $0.0)
      },
      of: work.network, drawnBy: work.generator, on: work.device, progress: progress)
  }
}
