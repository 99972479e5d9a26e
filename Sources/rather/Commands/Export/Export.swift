import ArgumentParser

/// `rather export`: how a PyTorch model becomes a `.pt2` archive.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the lines of Python that turn a PyTorch model into a .pt2 file and its "
      + "card.",
    discussion: """
      The card is written from what the library itself does to pictures: how they are resized, cut and normalised. \
      docs/models.md explains the lines.
      """)

  @Argument(help: "Where the model comes from.")
  var library: Library = .torchvision

  /// Where a model comes from.
  enum Library: String, ExpressibleByArgument, CaseIterable {
    case torchvision
    case timm
    case transformers
    case ultralytics = "ultralytics-cls"

    var script: String {
      switch self {
      case .torchvision: Export.torchvision
      case .timm: Export.timm
      case .transformers: Export.transformers
      case .ultralytics: Export.ultralytics
      }
    }
  }

  func run() { Console.show(text: library.script) }
}
