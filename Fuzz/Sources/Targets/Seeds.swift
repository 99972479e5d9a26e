import Confusion
import Foundation
import Imagery
import Networks

@testable import Files

/// Sound files to begin with; other files are found from these.
enum Seeds {
  /// Writes them into a folder, in one for each target.
  static func write(to folder: String) throws {
    for target in FuzzTarget.allCases {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(target)", withIntermediateDirectories: true)
      for (name, bytes) in try of(target, in: Scratch()) {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(target)/\(name)"))
      }
    }
  }

  /// A target's, by name.
  static func of(
    _ target: FuzzTarget, in scratch: Scratch
  ) throws -> [(name: String, bytes: [UInt8])] {
    switch target {
    case .archive:
      [
        ("linear.pt2", try archive(of: SeedNetworks.linear(from: 3, to: 2), in: scratch)),
        ("residual.pt2", try archive(of: SeedNetworks.residual(), in: scratch)),
      ]
    case .graph: [("residual.json", try graph(of: SeedNetworks.residual(), in: scratch))]
    case .idx:
      [
        ("three", [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]),
        ("two-by-three", [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]),
      ]
    case .operators:
      // A byte for each operator and argument; libFuzzer finds the others.
      (0..<8).map { start in
        ("ramp-\(start)", (0..<64).map { UInt8(truncatingIfNeeded: start * 29 + $0 * 37) })
      }
    case .part: [("three.part", try PartTarget.seed())]
    case .picture: try pictures()
    case .run: [("small.sqlite", try RunTarget.seed(in: scratch, pageSize: 512))]
    case .tree: try trees(in: scratch)
    case .card, .documents, .generator, .labels:
      SeedTexts.of(target).map { ($0, Array($1.utf8)) } + packed(target)
    }
  }

  /// Text that is compressed, with a mark of where it comes from.
  private static func packed(_ target: FuzzTarget) -> [(name: String, bytes: [UInt8])] {
    switch target {
    case .documents:
      [("part.gz", Gzip.compressed(Array("0 1 2\n3\n".utf8), comment: SeedTexts.mark))]
    case .labels: [("three.gz", Gzip.compressed(Array("cello\nviolin\ndrum\n".utf8)))]
    default: []
    }
  }

  /// A tree in every form.
  private static func trees(in scratch: Scratch) throws -> [(name: String, bytes: [UInt8])] {
    let tree = try TreeFile(contentsOf: scratch.file("seed.bif", Array(SeedTexts.bif.utf8)))
    return try TreeForm.allCases.map { ("small-\($0)", try tree.text($0)) }
  }

  private static func pictures() throws -> [(name: String, bytes: [UInt8])] {
    let picture = try Picture(width: 5, height: 4, pixels: (0..<60).map { UInt8($0 * 4) })
    return [("small.png", try picture.png()), ("small.jpg", try picture.jpeg(quality: 80))]
  }

  private static func archive(of program: Program, in scratch: Scratch) throws -> [UInt8] {
    let path = scratch.path("seed.pt2")
    try program.write(to: path)
    return try ByteStream.bytes(path, atMost: 1 << 20)
  }

  private static func graph(of program: Program, in scratch: Scratch) throws -> [UInt8] {
    let path = scratch.path("seed.pt2")
    try program.write(to: path)
    let reader = try ZipReader(path: path)
    let names = reader.names.filter { $0.hasSuffix("/" + GraphTarget.graph) }
    return try reader.bytes(names.first ?? "", limit: 1 << 20)
  }
}
