internal import Datasets
internal import Networks
internal import Tensors

/// Cuts a set of pictures into normalised batches.
struct Batches {
  private let pictureSet: PictureSet
  private let input: Preprocessing
  private let size: Int

  init(_ pictures: PictureSet, _ input: Preprocessing, size: Int) {
    pictureSet = pictures
    self.input = input
    self.size = min(size, pictures.count)
  }

  /// Whole batches; a last, smaller one is left for the next epoch's order.
  var count: Int { pictureSet.count / size }

  func batch(_ index: Int, of order: [Int]) throws -> (input: Tensor, target: Tensor) {
    let chosen = order[index * size..<min((index + 1) * size, order.count)]
    return (
      try pictures(Array(chosen)),
      try Tensor(chosen.map { Int64(pictureSet.labels[$0]) }, shape: [chosen.count])
    )
  }

  func pictures(_ indices: [Int]) throws -> Tensor {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(indices.count * pictureSet.pictureLength)
    for index in indices { bytes += pictureSet.pixels(of: index) }
    let shape = [1, pictureSet.channels, 1, 1]
    let pixels = try Tensor(
      bytes, shape: [indices.count, pictureSet.channels, pictureSet.height, pictureSet.width]
    )
    .converted(to: .float32)
    return try (pixels * (1 / 255) - Tensor(input.mean, shape: shape))
      / Tensor(input.std, shape: shape)
  }
}
