internal import Files
internal import Foundation
package import Networks
package import Report
package import Tensors

/// Which network, and where it computes.
public struct NetworkChoice: Defaulted {
  /// The network, a `.pt2` archive of `torch.export`.
  public var model = ""
  /// The card; `NAME.json` next to `NAME.pt2` where none is named.
  public var card: String?
  /// What is said in place of what the card says, or where there is none.
  public var form = CardChoice()
  /// Which of several outputs to explain; the one the card names, or the only one that fits.
  public var outputName: String?
  /// What an embedding is compared with: pictures, folders of pictures, `.npz` and `.npy` files of vectors; those that the
  /// card names where nothing is said.
  public var references: [String] = []
  /// The probability above which a label is there, where each has a sigmoid of its own; the card's, or 0.5.
  public var threshold: Float?
  /// Processor threads.
  public var threads: Int?
  /// Where to compute: `cpu`, `cuda` or `cuda:1`; the processor where nothing is said.
  public var device: String?

  /// Chooses no network yet.
  public init() {}

  /// Chooses a network by its file, with the card beside it.
  public init(_ model: String) { self.model = model }

  /// Fails where a value is out of its range, or the device is not there.
  package func validate() throws {
    _ = try chosenDevice()
    if let threads, !(1...1024).contains(threads) {
      throw RequestFault.unfit("--threads must be from 1 to 1024")
    }
    if let threshold, !(threshold > 0 && threshold < 1) {
      throw RequestFault.unfit("--threshold must be above 0 and below 1")
    }
  }

  /// The device.
  package func chosenDevice() throws -> Device { try Device.chosen(device) }

  /// The network and its card, or a card of the form; its weights lie on the device.
  ///
  /// - Parameter session: Where networks may stay read.
  package func load(in session: Session) throws -> Network {
    try session.networks?.network(self).0 ?? read()
  }

  /// Reads the network and its card, or makes a card of the form; its weights lie on the device.
  func read() throws -> Network {
    let device = try chosenDevice()
    return try compared(readOnProcessor().on(device), on: device)
  }

  /// A network of embeddings with what it is compared with.
  private func compared(_ network: Network, on device: Device) throws -> Network {
    guard network.isEmbedding else {
      if !references.isEmpty { throw NetworkError.noEmbedding }
      return network
    }
    let paths = references.isEmpty ? referencesOfCard : references
    // Without any, it can be inspected, and whoever asks it is told.
    return paths.isEmpty
      ? network
      : try network.comparing(with: network.references(at: paths, on: device))
  }

  /// The references that the card names, as paths from here.
  private var referencesOfCard: [String] {
    guard hasCard, let card = try? Card(contentsOf: cardPath) else { return [] }
    return card.references.map { name in
      URL(filePath: name, relativeTo: URL(filePath: cardPath)).path
    }
  }

  private func readOnProcessor() throws -> Network {
    let program = try Program(contentsOf: model)
    let path = cardPath
    if hasCard {
      var card = try form.replacing(in: Card(contentsOf: path))
      card.outputName = outputName ?? card.outputName
      card.threshold = threshold ?? card.threshold
      return try Network(program: program, card: card, cardPath: path)
    }
    try program.takingPictures.checkTakesPictures()
    var card = try form.card(of: program.takingPictures, instead: path, outputName: outputName)
    card.threshold = threshold
    return try Network(
      program: program, card: card,
      cardPath: FileManager.default.currentDirectoryPath + "/card.json")
  }

  private var hasCard: Bool { card != nil || FileManager.default.fileExists(atPath: cardPath) }

  /// Where its card lies, if there is one.
  package var cardPath: String { card ?? Card.path(besides: model) }

  /// The file that names its classes: the labels given, or the card.
  package var namesFile: String { form.labels ?? cardPath }

  /// The files that are read.
  package var inputs: [String] {
    [model] + Claim.files(ofCard: cardPath) + (form.labels.map { [$0] } ?? [])
      + (references.isEmpty ? referencesOfCard : references)
  }

  /// The network's file for a manifest.
  package func file(of network: Network, in session: Session) throws -> Manifest.File {
    try session.networks?.network(self).1 ?? file(of: network)
  }

  func file(of network: Network) throws -> Manifest.File {
    Manifest.File(
      path: model, sha256: try SHA256.hex(ofFile: model), output: network.explainedOutput?.name,
      overridden: hasCard ? form.overridden : nil)
  }
}

extension Device {
  /// The device that was asked for, if it is there; the processor where none was.
  package static func chosen(_ name: String?) throws -> Device {
    guard let name else { return .cpu }
    guard let known = Device(name) else {
      throw RequestFault.unfit("--device must be cpu, cuda or cuda:1, not “\(name)”")
    }
    guard available.contains(known) else {
      let list = available.map(\.description).joined(separator: ", ")
      throw RequestFault.unfit("there is no device \(known) here; there is \(list)")
    }
    return known
  }
}
