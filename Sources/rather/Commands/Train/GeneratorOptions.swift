import ArgumentParser
import Sessions

/// What trainings of generators have in common.
struct GeneratorOptions: ParsableArguments {
  @OptionGroup var training: TrainingOptions

  @Option(
    help: ArgumentHelp("The length of a code. (default: 32; 100 for a GAN)", valueName: "count"))
  var latent: Int?

  @Option(
    help: ArgumentHelp(
      "Passes over the training pictures. (default: the fewer they are, the more passes)",
      valueName: "count"))
  var epochs: Int?

  @OptionGroup(title: "Shortcuts") var shortcuts: ShortcutOptions

  func validate() throws { try usage { try request(.vae).validate() } }

  /// The request to train a generator of a kind that the words make.
  func request(_ kind: Sessions.Train.Kind) -> Sessions.Train {
    var request = training.request(kind)
    (request.latent, request.epochs, request.shortcuts) = (latent, epochs, shortcuts.choice)
    return request
  }
}
