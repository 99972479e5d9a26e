import Datasets
import Foundation
import Imagery
import Networks
import Report
import Terms
import Training

/// Where a trained generator goes: its files, and beside them a page of its training.
struct GeneratorDestination {
  let options: TrainingOptions

  /// Claims the files before the work is done rather than after it.
  func claim(encoder: Bool) throws {
    try Destination.claim(options, encoder: encoder, folders: [folder])
  }

  /// Saves a generator and its page, prints the numbers and where they lie.
  func save(_ outcome: GeneratorOutcome, of dataset: Dataset, settings: [TrainingReport.Fact])
    throws
  {
    let card = outcome.generator.card
    try Destination.save(to: options.output) { try outcome.generator.write(to: $0) }
    let gallery = try GeneratorGallery(
      of: outcome.generator, test: dataset.test, seed: options.chosenSeed)
    let pictures = dataset.train.count
    let looseness = Self.looseness(outcome, pictures)
    try TrainingReport(
      title: "\(card.kind.title) of \(dataset.name)", curveLabel: outcome.test.curveLabel,
      curves: outcome.curves.map { curve in
        .init(name: curve.name, points: zip(curve.steps, curve.values).map { ($0, $1) })
      },
      samples: gallery.samples, reconstructions: gallery.reconstructions, walks: gallery.walks,
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
      ] + settings + [("seed", "\(options.seed)")],
      file: URL(filePath: options.output).lastPathComponent
    ).write(to: folder, existing: options.overwriting.existing)
    for fact in outcome.test.facts { Console.show("\(fact.name): \(fact.value)") }
    if let looseness { Console.message("Note: \(looseness)") }
    Console.show(options.output)
    Console.show(folder + "/index.html")
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
  private var folder: String { Destination.stem(options.output) + "-training" }
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
