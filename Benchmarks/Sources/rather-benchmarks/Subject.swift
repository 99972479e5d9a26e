import Imagery
import Networks
import Tensors

/// A network and the layers to explain at.
struct Subject {
  let name: String
  let path: String
  let network: Network
  let layers: [Layer]

  private static let known: [(name: String, layers: [String])] = [
    ("mobilenet-edgetpu", ["stage4.17", "stage3.29"]),  // 224 × 224
    ("mobilenet-v2", ["stage4.13", "stage3.25"]),  // 224 × 224
    ("cifar10-resnet20", ["layer3", "layer2"]),  // 32 × 32
  ]

  static func all(in data: String) throws -> [Subject] {
    try known.map { name, layers in
      let path = "\(data)/models/\(name).pt2"
      let network = try Network(contentsOf: path)
      return Subject(
        name: name, path: path, network: network,
        layers: try layers.map { try network.program.layer(named: $0) })
    }
  }

  func input(from photo: String) throws -> Tensor {
    try network.card.input.input(from: Picture(contentsOf: photo))
  }
}
