import ArgumentParser
import Sessions

/// Which network, and what is said in place of its card.
struct NetworkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The network, a .pt2 archive of torch.export.", valueName: "file"))
  var model: String

  @Option(help: ArgumentHelp("The card. (default: NAME.json next to NAME.pt2)", valueName: "file"))
  var card: String?

  @Option(
    help: ArgumentHelp("In place of the card's: the labels, one per line.", valueName: "file"))
  var labels: String?

  @Option(
    help: ArgumentHelp("In place of the card's: the mean of each channel, 0…1.", valueName: "r,g,b")
  )
  var mean: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: the standard deviation of each channel.", valueName: "r,g,b"))
  var std: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: how pictures are resized: shorter-side, longer-side or squash.",
      valueName: "how"))
  var resize: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: the part of the picture that is kept, 0…1.", valueName: "fraction"))
  var crop: Float?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: how new pixels are made of old ones: nearest, box, bilinear, hamming, bicubic or "
        + "lanczos.", valueName: "filter"))
  var interpolation: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: how the centre of a picture is rounded: torchvision or floor.",
      valueName: "name"))
  var convention: String?

  @Option(
    help: ArgumentHelp(
      "How all of the picture, or of its region, is fitted to the input: whole, undistorted with borders, or "
        + "squash. (default: what the card says; of a region, squash)", valueName: "how"))
  var view: String?

  @Option(help: ArgumentHelp("In place of the card's: the input's size.", valueName: "HxW"))
  var inputSize: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: the order of the channels: rgb, bgr or gray.", valueName: "order"))
  var channelOrder: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: the task: classification or regression.", valueName: "task")
  )
  var task: String?

  @Option(
    help: ArgumentHelp(
      "In place of the card's: what the network gives: logits, probabilities, log-probabilities, sigmoid-logits, "
        + "sigmoid-probabilities, value, values or embedding.", valueName: "kind"))
  var head: String?

  @Option(
    help: ArgumentHelp(
      "The probability above which a label is there, where each has a sigmoid of its own. (default: the "
        + "card's, or 0.5)", valueName: "probability"))
  var threshold: Float?

  @Option(
    help: ArgumentHelp(
      "Which of several outputs to explain. (default: the one the card names, or the only one that fits)",
      valueName: "name"))
  var outputName: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "What an embedding is compared with: pictures, folders of pictures (each the mean of its pictures), and .npz "
        + "or .npy files of vectors. (default: what the card names)", valueName: "what"))
  var references: [String] = []

  @Option(help: ArgumentHelp("Processor threads. (default: all cores)", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  func validate() throws {
    var choice = NetworkChoice(model)
    (choice.threads, choice.device, choice.threshold) = (threads, device, threshold)
    try usage { try choice.validate() }
  }

  /// The choice that the words make.
  func choice() throws -> NetworkChoice {
    var choice = NetworkChoice(model)
    (choice.card, choice.outputName, choice.threshold) = (card, outputName, threshold)
    (choice.threads, choice.device) = (threads, device)
    choice.references = references
    choice.form = try form()
    return choice
  }

  private func form() throws -> CardChoice {
    var form = CardChoice()
    (form.labels, form.crop) = (labels, crop)
    form.mean = try mean.map { try Self.numbers($0, "--mean") }
    form.std = try std.map { try Self.numbers($0, "--std") }
    form.resize = try resize.map { try Self.word($0, "--resize") }
    form.interpolation = try interpolation.map { try Self.word($0, "--interpolation") }
    form.convention = try convention.map { try Self.word($0, "--convention") }
    form.view = try view.map { try Self.word($0, "--view") }
    form.inputSize = try inputSize.map(Self.size)
    form.channelOrder = try channelOrder.map { try Self.word($0, "--channel-order") }
    form.task = try task.map { try Self.word($0, "--task") }
    form.head = try head.map { try Self.word($0, "--head") }
    return form
  }

  private static func size(_ text: String) throws -> CardChoice.Size {
    let parts = text.lowercased().split(separator: "x").map { Int($0) }
    guard parts.count == 2, let height = parts[0], let width = parts[1] else {
      throw ValidationError("--input-size must be rows and columns, such as 224x224")
    }
    return .init(height: height, width: width)
  }

  private static func numbers(_ text: String, _ option: String) throws -> [Float] {
    try text.split(separator: ",").map { part in
      guard let number = Float(part) else {
        throw ValidationError("\(option) must be numbers with commas between, such as 0.5,0.5,0.5")
      }
      return number
    }
  }

  private static func word<Choice>(_ word: String, _ option: String) throws -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(option) must be one of \(known), not “\(word)”")
    }
    return choice
  }
}
