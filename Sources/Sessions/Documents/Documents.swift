public import Documents
internal import Files
internal import Networks
internal import Saliency
internal import Tensors
internal import Terms

/// The documents of pictures, as `rather documents` makes them: what a network confuses, picture by picture.
public struct Documents: Request {
  /// What commands and manifests call it.
  public static let name = "documents"

  /// A folder of pictures, or a text file with a path a line, relative to that file; `-` is standard input.
  public var pictures = ""
  /// The network that is asked, and its card.
  public var network = NetworkChoice()
  /// The probability that the classes of a document exceed together, 0…1.
  public var mass = DocumentSettings().mass
  /// The largest number of classes in a document.
  public var atMost: Int?
  /// Which of several parts is made.
  public var shard = Shard.whole
  /// Pictures per pass of the network.
  public var batch: Int?
  /// Bytes for weights and activations; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// The file to write.
  public var file = ""
  /// Whether an existing file is written over, and the unfinished work of another request.
  public var force = false

  /// Asks nothing yet.
  public init() {}

  /// The network's number of threads.
  public var threads: Int? { network.threads }

  /// What was written.
  public struct Answer: Sendable {
    /// What the file holds.
    public let summary: DocumentSummary
    /// How many pictures there were.
    public let pictureCount: Int
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    try network.validate()
    if !(mass >= 0 && mass < 1) {
      throw RequestFault.unfit("--mass must be at least 0 and below 1")
    }
    if let atMost, atMost < 1 { throw RequestFault.unfit("--at-most must be 1 or more") }
    if let batch, !(1...4096).contains(batch) {
      throw RequestFault.unfit("--batch must be from 1 to 4096")
    }
    try MemoryChoice.check(memory)
  }

  /// Makes the documents, or goes on where an earlier run ended.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    let device = try network.chosenDevice()
    let list = try PictureList.told(at: pictures, telling)
    try claim(reading: network.inputs + list.files, telling)
    let loaded = try network.load(in: session)
    try loaded.checkAnswersOnce(for: "documents")
    try loaded.checkHasProbabilities(for: "documents")
    let run = try DocumentRun(
      of: list, by: loaded, networkSHA256: SHA256.hex(ofFile: network.model),
      settings: DocumentSettings(mass: mass, atMost: atMost, batch: batch), shard: shard)
    do {
      let summary = try written(run, session.resources(memory, beside: loaded), device, telling)
      return Answer(summary: summary, pictureCount: run.part.count)
    } catch let error as FileError {
      // The place was checked before the network was read.
      throw error.whileWriting
    }
  }

  private func written(
    _ run: DocumentRun, _ resources: Resources, _ device: Device, _ telling: Telling
  ) throws -> DocumentSummary {
    var progress = telling.stage("documents")
    return try run.write(
      to: file, existing: force ? .overwrite : .refuse, on: device, workers: LibTorch.threadCount,
      memory: resources.memory
    ) { taken in
      for note in notes(of: taken, run.part.count) { telling.note(note) }
      progress = telling.stage("documents", before: taken.done)
    } failure: {
      telling.failed($0)
    } progress: {
      try progress($0)
    }
  }

  private func notes(of taken: TakenUp, _ count: Int) -> [String] {
    var notes: [String] = []
    if taken.damaged > 0 {
      notes.append(
        "\(Counted.text(taken.damaged, "line", "lines")) of \(file).part cannot be relied on; the pictures "
          + "they were about are computed again")
    }
    if taken.changed > 0 {
      notes.append(
        taken.changed == 1
          ? "1 picture changed since it was read; it is computed again"
          : "\(taken.changed) pictures changed since they were read; they are computed again")
    }
    if taken.done > 0 {
      notes.append("resuming after \(taken.done) of \(Counted.text(count, "picture"))")
    }
    return notes
  }

  /// Claims the file, and what its unfinished work is kept in.
  private func claim(reading inputs: [String], _ telling: Telling) throws(FileError) {
    // Whether unfinished work may be written over is known once it has been looked at.
    let isThere = DocumentRun.isBegun(file)
    try Claim.outputs(
      files: [file], existing: isThere || force ? .overwrite : .refuse, reading: inputs,
      for: telling.outputs)
    try WholeFile.check(file + ".part", beside: inputs)
  }
}

extension PictureList {
  /// The pictures below a folder or of a list; says what is left out of them.
  static func told(at path: String, _ telling: Telling) throws -> PictureList {
    let list = try PictureList(at: path)
    for note in list.notes { telling.note("Note: \(note)") }
    return list
  }
}
