import Foundation
import Imagery
import TestSupport
import Testing

@Suite("Changed training pictures: known answers, bad input")
struct TrainingOptionTests {
  /// Folders “dark” and “light” whose pictures are the same, so that nothing tells them apart.
  static func workplace() throws -> Workplace {
    let place = try Workplace()
    for name in ["dark", "light"] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: "data/\(name)"), withIntermediateDirectories: true)
      for i in 0..<20 {
        let picture = try Picture(
          width: 16, height: 16,
          filledWith: Color(red: UInt8(4 * i), green: UInt8(4 * i), blue: UInt8(4 * i)))
        try Data(picture.png()).write(to: place.folder.appending(path: "data/\(name)/\(i).png"))
      }
    }
    return place
  }

  @Test func `a planted square is learnt, and the command says so`() throws {
    let place = try Self.workplace()
    let run = try place.run(
      "train", "classifier", "--data", "data", "-o", "net.pt2", "--size", "16", "--epochs", "30",
      "--plant", "light", "--plant-side", "8")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.contains("Of “light” without the square recognised 0.0000"), "\(run.output)")
    #expect(
      run.output.contains("Of all others with the square called “light” 1.0000"), "\(run.output)")
  }

  @Test func `bad shortcuts are refused`() throws {
    let place = try Self.workplace()
    let words = ["train", "classifier", "--data", "data", "-o", "net.pt2", "--size", "16"]
    for (more, saying) in [
      (["--plant", "grey"], "grey"), (["--plant", "dark", "--plant-side", "17"], "17"),
      (["--plant-side", "3"], "--plant-side goes with --plant"), (["--limit", "dark"], "--limit"),
      (["--limit", "grey:3"], "grey"), (["--plant", "dark", "--plant-side", "0"], "1 or more"),
    ] {
      let run = try Command(words + more, in: place.folder)
      #expect(run.status == 64, "\(more): \(run.messages)")
      #expect(run.messages.contains(saying), "\(more): \(run.messages)")
    }
  }
}
