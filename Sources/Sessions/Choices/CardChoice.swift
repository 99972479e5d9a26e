public import Imagery
public import Networks

/// What is said of a network in place of what its card says, or where it has none; what is left out is taken from the
/// card, else from the network or from custom.
public struct CardChoice: Defaulted {
  /// A size in pixels.
  public struct Size: Codable, Hashable, Sendable {
    /// Rows.
    public var height: Int
    /// Columns.
    public var width: Int

    /// Makes a size.
    public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }
  }

  /// The file of labels, one a line.
  public var labels: String?
  /// The mean of each channel, 0…1.
  public var mean: [Float]?
  /// The standard deviation of each channel.
  public var std: [Float]?
  /// How pictures are resized.
  public var resize: Preprocessing.Resize?
  /// The part of the picture that is kept, 0…1.
  public var crop: Float?
  /// How new pixels are made of old ones.
  public var interpolation: Interpolation?
  /// How the centre is rounded.
  public var convention: Preprocessing.Convention?
  /// How pictures, or their region, are fitted to the input, in place of how the card has them resized and cut.
  public var view: Preprocessing.View?
  /// The input's size.
  public var inputSize: Size?
  /// The order of the channels.
  public var channelOrder: Preprocessing.ChannelOrder?
  /// The task.
  public var task: Card.Task?
  /// What the numbers of the output are.
  public var head: Card.Output?

  /// Says nothing.
  public init() {}

  /// The card of a program.
  ///
  /// - Parameter path: Where a card was looked for.
  /// - Throws: `CardError.missing` with a card to fill in, where too little is said.
  package func card(
    of program: Program, instead path: String, outputName: String?
  ) throws -> Card {
    let task = task ?? (head?.isOfValues == true ? .regression : .classification)
    let output = head ?? (task == .regression ? .value : .logits)
    if (task == .regression) != output.isOfValues {
      throw RequestFault.unfit("--head \(output.rawValue) does not go with --task \(task.rawValue)")
    }
    let size = inputSize ?? program.inputSize
    let missing = [
      ("labels", output.hasLabels && labels == nil), ("mean", mean == nil),
      ("std", std == nil), ("resize", resize == nil && view == nil),
      ("crop", crop == nil && resize != .squash && view == nil), ("input-size", size == nil),
    ].filter(\.1).map { "--" + $0.0 }
    guard missing.isEmpty, let size else {
      throw CardError.missing(path: path, keys: missing, template: template(for: program))
    }
    let channels = program.channelCount
    var input = Preprocessing(
      height: size.height, width: size.width, channels: channels,
      channelOrder: channelOrder ?? (channels == 1 ? .gray : .rgb), mean: mean ?? [],
      std: std ?? [], resize: resize ?? .shorterSide, crop: crop ?? 1,
      interpolation: interpolation ?? .bilinear, convention: convention ?? .torchvision)
    input.view = view
    if let fault = input.faultDescription { throw RequestFault.unfit(fault) }
    return Card(
      task: task, output: output,
      labels: labels.map(Card.Labels.file), input: input, outputName: outputName)
  }

  /// A card to start from: what the network says, and ImageNet's customs for the rest.
  private func template(for program: Program) -> String {
    let size = inputSize ?? program.inputSize
    let isGrey = program.channelCount == 1
    // One output is a sigmoid's, or a value; a softmax over it would always be 1.
    let isSingle = program.answers.count == 1 && program.outputShape.last == 1
    return Card(
      task: .classification, output: isSingle ? .sigmoidLogits : .logits,
      labels: .file("labels.txt"),
      input: Preprocessing(
        height: size?.height ?? 224, width: size?.width ?? 224, channels: program.channelCount,
        channelOrder: isGrey ? .gray : .rgb, mean: isGrey ? [0.5] : [0.485, 0.456, 0.406],
        std: isGrey ? [0.5] : [0.229, 0.224, 0.225], resize: .shorterSide, crop: 0.875)
    ).json
  }
}

extension Program {
  /// The channels of the pictures that it takes.
  fileprivate var channelCount: Int {
    let shape = inputShape
    return shape.count == 4 ? (shape[1] ?? 3) : 3
  }

  /// The size of the pictures that it takes; `nil` where that is free.
  fileprivate var inputSize: CardChoice.Size? {
    let shape = inputShape
    guard shape.count == 4, let height = shape[2], let width = shape[3] else { return nil }
    return .init(height: height, width: width)
  }
}
