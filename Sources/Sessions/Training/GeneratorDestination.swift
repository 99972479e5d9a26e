internal import Datasets
internal import Files
internal import Foundation
internal import Imagery
internal import Networks
internal import Report
internal import Terms
internal import Training

/// Where a trained generator goes: its files, and beside them a page of its training.
struct GeneratorDestination {
  let request: Train
  let command: String

  /// Claims the files before the work is done rather than after it.
  func claim(encoder: Bool, _ telling: Telling) throws {
    try Destination.claim(request, encoder: encoder, folders: [folder], telling)
  }

  /// Saves a generator and its page, and says what was measured.
  func save(
    _ outcome: GeneratorOutcome, of dataset: Dataset, settings: [TrainingReport.Fact],
    _ telling: Telling
  ) throws -> Train.Answer {
    let card = outcome.generator.card
    try Destination.save(to: request.file) { try outcome.generator.write(to: $0) }
    let gallery = try GeneratorGallery(
      of: outcome.generator, test: dataset.test, seed: Seed(request.seed))
    let pictures = dataset.train.count
    let looseness = Self.looseness(outcome, pictures)
    try TrainingReport(
      title: "\(card.kind.title) of \(dataset.name)", curveLabel: outcome.test.curveLabel,
      curves: outcome.curves.map { curve in
        .init(name: curve.name, points: zip(curve.steps, curve.values).map { ($0, $1) })
      },
      samples: gallery.samples, reconstructions: gallery.reconstructions, paths: gallery.paths,
      measured: outcome.test.facts + (looseness.map { [("codes", $0)] } ?? []),
      settings: [
        (
          "data",
          "\(dataset.name): \(pictures) pictures to learn from, \(dataset.test.count) to test"
        ),
        (
          "pictures",
          "\(card.output.width) × \(card.output.height), \(card.output.channels == 1 ? "grey" : "colour")"
        ),
        ("length of a code", "\(card.latentLength)"),
        ("parameters of the decoder", "\(outcome.generator.decoder.parameterCount)"),
      ] + settings, provenance: try provenance(outcome.generator)
    ).write(to: folder, existing: request.force ? .overwrite : .refuse)
    if let looseness { telling.note("Note: \(looseness)") }
    return Train.Answer(
      lines: outcome.test.facts.map { "\($0.name): \($0.value)" },
      files: [request.file, folder + "/index.html"])
  }

  /// How a run was made, for its page.
  func settings(epochCount: Int, batchSize: Int, rate: Double) -> [TrainingReport.Fact] {
    [
      ("passes over the training pictures", "\(epochCount)"),
      ("pictures a step", "\(batchSize)"), ("highest learning rate", "\(rate)"),
    ]
  }

  /// Where the page comes from, and what was made.
  private func provenance(_ generator: Generator) throws -> Provenance {
    let folder = URL(filePath: request.file).deletingLastPathComponent().relativePath
    let encoder = generator.card.encoder.map { "\(folder)/\($0)" }
    return Provenance(
      command: command,
      generator: try [request.file, encoder].compactMap(\.self).map {
        .init(path: $0, sha256: try SHA256.hex(ofFile: $0))
      }, seed: request.seed)
  }

  /// What is to be known of codes that too few pictures were coded into.
  private static func looseness(_ outcome: GeneratorOutcome, _ pictures: Int) -> String? {
    guard let share = outcome.codeShrinkage, share > 0 else { return nil }
    let percent = String(format: "%g", share * 100)
    return "\(pictures) pictures do not fix \(outcome.generator.card.latentLength) numbers of a "
      + "code, so \(percent) % of the codes' covariance is taken to be the same in all directions "
      + "and distances between codes are rough; more pictures or a smaller --latent help"
  }

  /// `G.pt2` has its page in `G-training`.
  private var folder: String { Destination.stem(request.file) + "-training" }
}

extension GeneratorCard.Kind {
  fileprivate var title: String {
    switch self {
    case .vae: "A variational autoencoder"
    case .autoencoder: "An autoencoder"
    case .gan: "A Wasserstein GAN"
    case .other: "A generator"
    }
  }
}

extension GeneratorTest {
  fileprivate var curveLabel: String {
    switch self {
    case .variational: "Loss, nats a picture"
    case .autoencoder: "Cross-entropy, nats a picture"
    case .adversarial: "The critic's distance of generated from true pictures"
    }
  }

  fileprivate var facts: [TrainingReport.Fact] {
    switch self {
    case .variational(let crossEntropy, let divergence, let squaredError):
      [
        ("test loss", String(format: "%.2f nats a picture", crossEntropy + divergence)),
        ("of that cross-entropy", String(format: "%.2f", crossEntropy)),
        ("of that divergence", String(format: "%.2f", divergence)), Self.error(squaredError),
      ]
    case .autoencoder(let squaredError): [Self.error(squaredError)]
    case .adversarial(let distance):
      [("the critic's distance of generated from test pictures", String(format: "%.3f", distance))]
    }
  }

  private static func error(_ squaredError: Float) -> TrainingReport.Fact {
    (
      "test reconstruction error",
      String(format: "%.5f (mean square, pixels of 0…1)", squaredError)
    )
  }
}
