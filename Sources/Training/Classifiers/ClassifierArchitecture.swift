/// The kinds of classifiers that are trained here.
public enum ClassifierArchitecture: String, CaseIterable, Codable, Hashable, Sendable {
  /// Convolutions and poolings, then two linear layers: ``SmallClassifier``.
  case small
  /// A small ResNet (He et al. 2016): blocks of two convolutions that are added to what they read.
  case resnet
  /// A small VGG (Simonyan and Zisserman 2015): stacks of convolutions, then a linear layer.
  case vgg
  /// A small vision transformer (Dosovitskiy et al. 2021).
  case vit

  /// Passes over many training pictures.
  public var epochCount: Int {
    switch self {
    case .small, .vgg: 4
    case .resnet: 5
    case .vit: 7
    }
  }

  /// The highest learning rate; what is normalised over the batch bears a larger one.
  public var rate: Double { self == .resnet ? 4e-3 : 1.5e-3 }

  /// The fewest steps that its training takes, however few pictures there are.
  ///
  /// A transformer has to learn which patches lie side by side, which convolutions know.
  var leastStepCount: Int { self == .vit ? 800 : 400 }

  /// The network for pictures of a size.
  ///
  /// - Parameter inputShape: Channels, rows and columns.
  func design(inputShape: [Int], classCount: Int) -> any ClassifierDesign {
    switch self {
    case .small: SmallClassifier(inputShape: inputShape, classCount: classCount)
    case .resnet:
      ResidualClassifier(halvingCount: Halvings.count(for: inputShape), classCount: classCount)
    case .vgg:
      StackedClassifier(stackCount: Halvings.count(for: inputShape), classCount: classCount)
    case .vit: TransformerClassifier(inputShape: inputShape, classCount: classCount)
    }
  }
}

/// How often maps are halved on the way through a convolutional network.
enum Halvings {
  /// Until they are 6 to 11 a side, five times at most, and once at least.
  static func count(for inputShape: [Int]) -> Int {
    var side = min(inputShape[1], inputShape[2])
    var count = 0
    while side >= 12 && count < 5 {
      side /= 2
      count += 1
    }
    return max(count, 1)
  }
}
