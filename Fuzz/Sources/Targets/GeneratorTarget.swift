import Networks

/// The card of a generator whose decoder and encoder are sound.
struct GeneratorTarget {
  private let scratch: Scratch

  init(in scratch: Scratch) throws {
    self.scratch = scratch
    try SeedNetworks.linear(from: 4, to: 4).write(to: scratch.path("generator.pt2"))
    try SeedNetworks.linear(from: 1, 2, 2, to: 4).write(to: scratch.path("encoder.pt2"))
  }

  func feed(_ bytes: [UInt8]) throws {
    _ = try scratch.file("generator.json", bytes)
    _ = try Generator(contentsOf: scratch.path("generator.pt2"))
  }
}
