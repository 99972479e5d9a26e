import Tensors

/// Loads libtorch, adds two numbers, and ends: the memory that every user of libtorch pays.
@main
struct LibTorchAlone {
  static func main() throws {
    print(try (Tensor([1], shape: [1]) + 1).floats())
  }
}
