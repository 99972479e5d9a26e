import ArgumentParser

/// `rather train`: small networks made here.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Trains small networks.",
    subcommands: [TrainClassifier.self, TrainVAE.self, TrainAutoencoder.self, TrainGAN.self])
}
