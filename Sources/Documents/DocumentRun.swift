public import Files
public import Imagery
public import Networks
public import Tensors
public import Terms

/// The making of the documents of many pictures: what a network holds likely in each.
///
///     K = the smallest number of classes with Σ_{c ≤ K} p_c > mass, likeliest first
///
/// as for ``Prediction/likeliest(mass:limit:)``: step 1 of Algorithm 1 of Xie et al. 2023 (UAI), K as in
/// section 4 by the sum of probabilities, without a bound unless one is asked for.
///
/// Each worker reads the pictures of a pass, computes it on one processor thread, and takes the next:
/// while one computes, others read. Results are written down in order, a pass at a time, in a file
/// beside the documents, and taken up from there by the next run.
///
/// - Randomness: none. A document does not depend on the other pictures, on shards, on where a run
///   was interrupted, or on the number of workers.
/// - Complexity: a forward pass a picture; memory for a pass a worker and the documents.
public struct DocumentRun: Sendable {
  /// All pictures of the documents, in their order, those of other shards too.
  public let pictures: PictureList
  /// Which of them this run is about.
  public let part: Range<Int>
  let network: Network
  let settings: DocumentSettings
  let batch: Int
  let origin: DocumentOrigin

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - networkSHA256: The checksum of the network's file.
  ///   - shard: Which part of the pictures; parts begin where passes do.
  /// - Throws: ``DocumentsError/regression``, ``DocumentsError/batch(_:network:)``,
  ///   ``DocumentsError/shards(_:passes:)``.
  public init(
    of pictures: PictureList, by network: Network, networkSHA256: String,
    settings: DocumentSettings, shard: Shard = .whole
  ) throws {
    guard network.card.task == .classification else { throw DocumentsError.regression }
    try settings.checkSettings()
    let length = network.program.batchLength
    if let length, let asked = settings.batch, asked != length {
      throw DocumentsError.batch(asked, network: length)
    }
    batch = length ?? settings.batch ?? Self.defaultBatch
    let count = pictures.names.count
    let passes = (count + batch - 1) / batch
    if shard.count > passes { throw DocumentsError.shards(shard.count, passes: passes) }
    let own = shard.part(of: passes)
    part = own.lowerBound * batch..<min(own.upperBound * batch, count)
    self.pictures = pictures
    self.network = network
    self.settings = settings
    origin = DocumentOrigin(
      network: SHA256.hex(of: Array((networkSHA256 + network.card.formText).utf8)),
      pictures: pictures.sha256, pictureCount: count, mass: settings.mass,
      atMost: settings.atMost, batch: batch, shard: shard.number, shardCount: shard.count)
  }

  package static let defaultBatch = 8

  /// Makes the documents and writes them, compressed where the name ends in `.gz`.
  ///
  /// - Parameters:
  ///   - workers: How many threads work.
  ///   - memory: Bytes for what they compute; fewer passes compute at once where it is short.
  ///   - begin: Called before the work with what was found of an earlier run's.
  ///   - failure: Called with each picture that cannot be read, in order.
  ///   - progress: Called after each pass; throwing stops the run, and what is done stays done.
  /// - Throws: ``DocumentsError``, ``NetworkError``, `FileError`, `TensorError`.
  public func write(
    to path: String, existing: ExistingFiles = .refuse, on device: Device = .cpu, workers: Int,
    memory: Int, begin: (TakenUp) -> Void = { _ in }, failure: (PictureError) -> Void = { _ in },
    progress: ProgressHandler = { _ in }
  ) throws -> DocumentSummary {
    try WholeFile.check(path)
    if origin.shardCount > 1, !path.hasSuffix(".gz") { throw DocumentsError.plainShard(path) }
    let work = try UnfinishedWork(
      on: path, from: origin, pictures: part.map { pictures[$0] },
      classCount: network.classCount, mayBeEmpty: network.threshold != nil, existing: existing)
    begin(work.taken)
    if work.doneCount < part.count {
      do {
        try finish(work, on: device, workers: workers, memory: memory, failure, progress)
      } catch {
        if work.doneCount == 0 { work.remove() }
        throw error
      }
    }
    // A part without documents is one of those that are merged.
    if work.failedCount == part.count, origin.shardCount == 1 {
      work.remove()
      throw DocumentsError.noDocuments(of: part.count)
    }
    if work.holdsNoClass, origin.shardCount == 1 {
      throw DocumentsError.noLabels(threshold: network.card.threshold ?? Card.defaultThreshold)
    }
    let mark = DocumentMark(origin: origin, failed: work.failedCount)
    let summary = try DocumentSummary.writing(work.documents(), mark, to: path)
    work.remove()
    return summary
  }

  /// Makes what a confined process writes to.
  ///
  /// - Returns: Where it has to write: to two files, which it moves and removes in their folder.
  package static func prepare(_ path: String) -> Confinement.Places {
    PreparedPlace.ofFile(path, keeping: [".part"])
  }

  /// Whether earlier work on a file of documents lies beside its place.
  public static func isBegun(_ path: String) -> Bool { UnfinishedWork.isBegun(path) }

  private func finish(
    _ work: UnfinishedWork, on device: Device, workers: Int, memory: Int,
    _ failure: (PictureError) -> Void, _ progress: ProgressHandler
  ) throws {
    // Made ready on as many threads as it will run on.
    let maker = try LibTorch.withThreadCount(device == .cpu ? 1 : nil) {
      try DocumentMaker(
        network, settings, batch: batch, device: device, workers: workers, memory: memory)
    }
    let passes = work.missingPasses(of: batch)
    try OrderedThreads.run(0..<passes.count, threads: workers, onOneOperatorThreadOf: device) {
      [pictures, part, batch] job in
      let places = passes[job] * batch..<min((passes[job] + 1) * batch, part.count)
      let paths = places.map { pictures[part.lowerBound + $0] }
      // What is written to a file from here on shows by its stamp.
      let stamps = paths.map { FileStamp.of($0) }
      let answers = try maker.answers(for: paths)
      return zip(places, zip(stamps, answers)).map { place, found in
        (DonePicture(place: place, stamp: found.0, classes: found.1.classes), found.1)
      }
    } consume: { (found: [(DonePicture, DocumentAnswer)]) in
      try work.append(found.map(\.0))
      for case (_, .failed(let error)) in found { failure(error) }
      try progress(ProgressUpdate(completed: work.doneCount, total: part.count))
    }
  }
}

extension Card {
  /// What the card says of input and output; labels and layers do not change documents.
  fileprivate var formText: String {
    var card = Card(task: task, output: output, labels: nil, form: form)
    card.threshold = threshold
    return card.json
  }
}
