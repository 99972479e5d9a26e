import Networks

@testable import Files
@testable import Tensors

/// The JSON of a graph, in an archive whose other records are sound; what is read is run as well.
struct GraphTarget {
  private let scratch: Scratch
  private let records: [(name: String, bytes: [UInt8])]

  init(in scratch: Scratch) throws {
    self.scratch = scratch
    let path = scratch.path("graph.pt2")
    try SeedNetworks.residual().write(to: path)
    let reader = try ZipReader(path: path)
    records = try reader.names.sorted().compactMap { name in
      let own = String(name.drop { $0 != "/" }.dropFirst())
      let isOfTheWriter = own == "byteorder" || own == "version" || own.hasPrefix(".data/")
      if isOfTheWriter || own == Self.graph { return nil }
      return (own, try reader.bytes(name, limit: 1 << 20))
    }
  }

  func feed(_ bytes: [UInt8]) throws {
    let path = scratch.path("graph.pt2")
    let writer = try ArchiveWriter(path: path)
    for (name, bytes) in records { try writer.add(name, bytes) }
    try writer.add(Self.graph, bytes)
    try writer.finish()
    try Self.run(path)
  }

  /// The record that holds the graph.
  static let graph = "models/model.json"

  /// Reads a network and asks it once.
  static func run(_ path: String) throws {
    let program = try Program(contentsOf: path)
    let shape = program.inputShape.map { min($0 ?? 1, 8) }
    let sizes = shape.reduce((count: 1, isSmall: true)) {
      let (count, overflow) = $0.count.multipliedReportingOverflow(by: $1)
      return (count, $0.isSmall && !overflow)
    }
    guard sizes.isSmall, (1..<4096).contains(sizes.count) else { return }
    let input = try Tensor((0..<sizes.count).map { Float($0 % 7) / 3 - 1 }, shape: shape)
    _ = try program.output(for: input)
    guard let layer = program.moduleLayers.last else { return }
    _ = try program.run(upTo: layer, input: input)
  }
}

/// An archive: as it is, and where a checksum is all that is wrong with it, with those that fit.
struct ArchiveTarget {
  private let scratch: Scratch

  init(in scratch: Scratch) { self.scratch = scratch }

  func feed(_ bytes: [UInt8]) throws {
    do {
      try GraphTarget.run(scratch.file("archive.pt2", bytes))
    } catch NetworkError.archive(.damaged) {
      try GraphTarget.run(scratch.file("archive.pt2", ZipSums.mended(bytes)))
    }
  }
}
