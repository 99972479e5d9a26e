import Files
import Foundation
import Imagery
import Networks

/// Sound files to begin with, a folder for each target; other files are found from these.
enum Seeds {
  static func write(to folder: String) throws {
    let archive = folder + "/archive/small.pt2"
    for target in FuzzTarget.allCases {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(target)", withIntermediateDirectories: true)
    }
    try SeedNetwork.program().write(to: archive)
    let reader = try ZipReader(path: archive)
    for name in reader.names where name.hasSuffix("models/model.json") {
      try keep(reader.bytes(name, limit: 1 << 20), as: folder + "/graph/small.json")
    }
    for (name, text) in texts { try keep(Array(text.utf8), as: "\(folder)/\(name)") }
    try keep(
      [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], as: folder + "/idx/two-by-three")
    try keep([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9], as: folder + "/idx/three")
    let picture = try Picture(width: 5, height: 4, pixels: (0..<60).map { UInt8($0 * 4) })
    try keep(picture.png(), as: folder + "/picture/small.png")
    try keep(picture.jpeg(quality: 80), as: folder + "/picture/small.jpg")
    // A byte for each operator and argument; libFuzzer finds the others.
    for start in 0..<8 {
      try keep(
        (0..<64).map { UInt8(truncatingIfNeeded: start * 29 + $0 * 37) },
        as: "\(folder)/operators/ramp-\(start)")
    }
  }

  private static func keep(_ bytes: [UInt8], as path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  private static let texts: [(name: String, text: String)] = [
    (
      "card/classes.json",
      #"{"task":"classification","labels":["cello","violin"],"input":{"height":4,"width":4,"channels":3,"mean":[0.5,0.5,0.5],"std":[0.25,0.25,0.25],"resize":"shorter-side","crop":0.875},"output":"logits","layers":{"cluster":"features","class":"features.relu"}}"#
    ),
    (
      "generator/vae.json",
      #"{"kind":"vae","latentLength":4,"decoder":"vae.pt2","encoder":"vae-encoder.pt2","height":28,"width":28,"channels":1,"range":[0,1]}"#
    ),
    ("documents/five.txt", "0 1 2\n1 2\n3\n0 3 1\n2 0\n"),
    (
      "tree/small.bif",
      """
      network small {
      }
      variable Z11 {
        type discrete [ 2 ] { s0, s1 };
      }
      variable a {
        type discrete [ 2 ] { s0, s1 };
      }
      variable b {
        type discrete [ 2 ] { s0, s1 };
      }
      probability ( Z11 ) {
        table .5, .5;
      }
      probability ( a | Z11 ) {
        (s0) .9, .1;
        (s1) .2, .8;
      }
      probability ( b | Z11 ) {
        (s0) .8, .2;
        (s1) .3, .7;
      }

      """
    ),
    (
      "tree/published.json",
      #"[{"id":"Z11","text":"Z11 0.5 a b","data":{"level":1,"percentage":0.5,"words":"a b"},"children":[{"id":"a","text":"a","children":[]},{"id":"b","text":"b","children":[]}]}]"#
    ),
  ]
}
