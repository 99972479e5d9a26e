internal import Datasets
internal import Files
internal import Foundation
internal import Networks
internal import Report
internal import Tensors
internal import Terms
public import Training

/// Trains a small network or generator, as `rather train` does.
public struct Train: Request {
  /// What commands and manifests call it.
  public static let name = "train"

  /// What is trained.
  public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
    /// A small classifier.
    case classifier
    /// A generator with an encoder, whose codes are drawn from N(0, I).
    case vae
    /// A generator with an encoder, whose codes have the moments of N(0, I).
    case autoencoder
    /// A generator trained against a critic.
    case gan
  }

  /// What is trained.
  public var kind = Kind.classifier
  /// Which network a classifier is.
  public var architecture = ClassifierArchitecture.small
  /// `fashion-mnist`, `mnist`, or a folder that holds one folder of pictures per class, or IDX files under MNIST's
  /// names.
  public var data = ""
  /// The folder that holds the published data set.
  public var from: String?
  /// The file to write; its name ends in `.pt2`.
  public var file = ""
  /// For a folder: the side of the pictures as the network sees them, in pixels.
  public var size = 64
  /// Passes over the training pictures; the fewer they are, the more passes, where nothing is said.
  public var epochs: Int?
  /// The length of a generator's code; 32, or 100 for a GAN, where nothing is said.
  public var latent: Int?
  /// What of the training pictures is changed.
  public var shortcuts = ShortcutChoice()
  /// What all randomness follows from.
  public var seed: UInt64 = 0
  /// Where to compute: `cpu`, `cuda` or `cuda:1`; the processor where nothing is said.
  public var device: String?
  /// Bytes for weights and activations; half of the machine's memory where nothing is said.
  public var memory: Int?
  /// Whether files that are there are written over.
  public var force = false

  /// Asks nothing yet.
  public init() {}

  /// Trains a network of a kind.
  public init(_ kind: Kind) { self.kind = kind }

  /// What was trained.
  public struct Answer: Sendable {
    /// What was measured, in lines.
    public let lines: [String]
    /// What was written, the network first.
    public let files: [String]
  }

  /// Fails where its parts do not go together.
  public func validate() throws {
    func fail(_ sentence: String) -> RequestFault { .unfit(sentence) }
    _ = try Device.chosen(device)
    if let epochs, epochs < 1 { throw fail("--epochs must be 1 or more") }
    let sizes = kind == .classifier ? 16...512 : 16...128
    if !sizes.contains(size) {
      throw fail("--size must be from \(sizes.lowerBound) to \(sizes.upperBound)")
    }
    if let latent, !(1...4096).contains(latent) { throw fail("--latent must be from 1 to 4096") }
    try shortcuts.validate()
    try MemoryChoice.check(memory)
  }

  /// Trains and saves the network.
  public func answer(in session: Session, telling: Telling) throws -> Answer {
    switch kind {
    case .classifier: try classifier(telling)
    case .vae: try autoencoder(.variational, session, telling)
    case .autoencoder: try autoencoder(.plain, session, telling)
    case .gan: try gan(session, telling)
    }
  }

  private func classifier(_ telling: Telling) throws -> Answer {
    try Destination.claim(self, telling)
    let (dataset, square) = try shortcuts.changed(dataset(telling), seed: Seed(seed))
    var training = ClassifierTraining(
      architecture, for: dataset.train.count, seed: Seed(seed))
    if let epochs { training.epochCount = epochs }
    training.device = try Device.chosen(device)
    let outcome = try training.train(on: dataset, progress: telling.stage("training"))
    try Destination.save(to: file) { try outcome.network.write(to: $0) }
    return Answer(
      lines: [String(format: "Test accuracy %.4f", outcome.test.accuracy)]
        + (try shortcuts.lines(about: outcome.network, square: square, on: dataset.test)),
      files: [file])
  }

  private func autoencoder(
    _ coding: AutoencoderTraining.Coding, _ session: Session, _ telling: Telling
  ) throws -> Answer {
    let destination = GeneratorDestination(request: self, command: session.command)
    try destination.claim(encoder: true, telling)
    let dataset = try changedDataset(telling)
    var training = AutoencoderTraining(coding, for: dataset.train.count, seed: Seed(seed))
    if let epochs { training.epochCount = epochs }
    if let latent { training.latentLength = latent }
    training.device = try Device.chosen(device)
    let outcome = try training.train(on: dataset, progress: telling.stage("training"))
    return try destination.save(
      outcome, of: dataset,
      settings: destination.settings(
        epochCount: training.epochCount, batchSize: training.batchSize, rate: training.rate),
      telling)
  }

  private func gan(_ session: Session, _ telling: Telling) throws -> Answer {
    let destination = GeneratorDestination(request: self, command: session.command)
    try destination.claim(encoder: false, telling)
    let dataset = try changedDataset(telling)
    var training = AdversarialTraining(for: dataset.train.count, seed: Seed(seed))
    if let epochs { training.epochCount = epochs }
    if let latent { training.latentLength = latent }
    training.device = try Device.chosen(device)
    let outcome = try training.train(on: dataset, progress: telling.stage("training"))
    return try destination.save(
      outcome, of: dataset,
      settings: destination.settings(
        epochCount: training.epochCount, batchSize: training.batchSize, rate: training.rate)
        + [("steps of the critic for each of the generator", "\(training.criticStepCount)")],
      telling)
  }

  private func changedDataset(_ telling: Telling) throws -> Dataset {
    try shortcuts.changed(dataset(telling), seed: Seed(seed)).dataset
  }

  /// Reads the pictures.
  private func dataset(_ telling: Telling) throws -> Dataset {
    if let published = PublishedDataset(rawValue: data) { return try published.load(from: from) }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: data, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw DatasetError.unknown(data, known: PublishedDataset.allCases.map(\.rawValue))
    }
    if let files = IDXFolder(path: data, seed: Seed(seed)) { return try files.load() }
    let input = Preprocessing.square(size)
    return try FolderDataset(path: data, seed: Seed(seed)).load(
      fit: { try input.cut($0) }, progress: telling.stage("reading"))
  }

  /// The files and folders that are read.
  ///
  /// Of a folder, the classes' folders and the IDX files; a network may lie beside them.
  var inputs: [String?] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    let read = names.filter { !$0.hasSuffix(".pt2") && !$0.hasSuffix(".json") }
    return read.map { "\(data)/\($0)" } + [from]
  }
}
