import ArgumentParser
import Networks

/// Makes a card of options where no file is beside the network.
struct CardFromOptions {
  let options: NetworkOptions
  let program: Program

  func card(_ path: String) throws -> Card {
    let task: Card.Task = try choice(options.task, "--task") ?? .classification
    let needsLabels = task == .classification && options.labels == nil
    let needsCrop = options.crop == nil && options.resize != "squash"
    let missing = [
      ("labels", needsLabels), ("mean", options.mean == nil), ("std", options.std == nil),
      ("resize", options.resize == nil), ("crop", needsCrop),
      ("input-size", try size() == nil),
    ].filter(\.1).map { "--" + $0.0 }
    guard missing.isEmpty, let size = try size() else {
      throw CardError.missing(path: path, keys: missing, template: try template())
    }
    let order: Preprocessing.ChannelOrder =
      try choice(options.channelOrder, "--channel-order") ?? (channels == 1 ? .gray : .rgb)
    let input = Preprocessing(
      height: size.height, width: size.width, channels: channels, channelOrder: order,
      mean: try numbers(options.mean, "--mean"), std: try numbers(options.std, "--std"),
      resize: try choice(options.resize, "--resize") ?? .shorterSide, crop: options.crop ?? 1)
    if let fault = input.faultDescription { throw ValidationError(fault) }
    return Card(
      task: task,
      output: try choice(options.output, "--output") ?? (task == .regression ? .value : .logits),
      labels: options.labels.map(Card.Labels.file), input: input, outputName: options.outputName)
  }

  /// A card to start from: what the network says, and ImageNet's customs for the rest.
  private func template() throws -> String {
    let size = try size()
    let isGrey = channels == 1
    return Card(
      task: .classification, output: .logits, labels: .file("labels.txt"),
      input: Preprocessing(
        height: size?.height ?? 224, width: size?.width ?? 224, channels: channels,
        channelOrder: isGrey ? .gray : .rgb, mean: isGrey ? [0.5] : [0.485, 0.456, 0.406],
        std: isGrey ? [0.5] : [0.229, 0.224, 0.225], resize: .shorterSide, crop: 0.875)
    ).json
  }

  private var channels: Int {
    let shape = program.inputShape
    return shape.count == 4 ? (shape[1] ?? 3) : 3
  }

  private func size() throws -> (height: Int, width: Int)? {
    if let text = options.inputSize {
      let parts = text.lowercased().split(separator: "x").map { Int($0) }
      guard parts.count == 2, let height = parts[0], let width = parts[1] else {
        throw ValidationError("--input-size must be rows and columns, such as 224x224")
      }
      return (height, width)
    }
    let shape = program.inputShape
    guard shape.count == 4, let height = shape[2], let width = shape[3] else { return nil }
    return (height, width)
  }

  private func numbers(_ text: String?, _ option: String) throws -> [Float] {
    try (text ?? "").split(separator: ",").map { part in
      guard let number = Float(part) else {
        throw ValidationError("\(option) must be numbers with commas between, such as 0.5,0.5,0.5")
      }
      return number
    }
  }

  private func choice<Choice>(_ word: String?, _ option: String) throws -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let word else { return nil }
    guard let choice = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(option) must be one of \(known), not “\(word)”")
    }
    return choice
  }
}
