import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

/// How runs end that are interrupted, cannot write, or ask for what is no number.
@Suite struct EndingTests {
  @Test func `an interrupt in the middle leaves nothing behind`() throws {
    let place = try Workplace()
    // Large enough that drawing and writing take a while.
    let picture = try Picture(
      width: 3000, height: 2000, pixels: (0..<18_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
    try Data(picture.png()).write(to: place.folder.appending(path: "photo.png"))
    for delay in [0.4, 0.9, 1.6] {
      let process = Process()
      process.executableURL = Command.binary
      process.arguments = ["explain", "photo.png", "--model", "toy.pt2", "--output", "answer"]
      process.currentDirectoryURL = place.folder
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      process.interrupt()
      process.waitUntilExit()
      let left = try place.left
      #expect(left.isEmpty || left == ["answer"], "after \(delay) s: \(left)")
      if left == ["answer"] {
        #expect(FileManager.default.fileExists(atPath: place.path("answer/manifest.json")))
        try FileManager.default.removeItem(atPath: place.path("answer"))
      }
    }
  }

  @Test(arguments: [true, false])
  func `a full standard output is an error, not a crash`(asJSON: Bool) throws {
    let place = try Workplace()
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = ["predict", "photo.png", "--model", "toy.pt2"] + (asJSON ? ["--json"] : [])
    process.currentDirectoryURL = place.folder
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 74)
    #expect(text.contains("standard output"))
  }

  @Test func `a score that is no number is refused and no manifest is written`() throws {
    let place = try Workplace()
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    card.task = .regression
    card.output = .value
    card.labels = nil
    try card.write(to: place.path("toy.json"))
    let run = try place.run("explain", "photo.png", "--model", "toy.pt2", "--rather-than", "1e25")
    #expect(run.status == 64 && run.messages.contains("too large"), "\(run.messages)")
    #expect(try place.left.isEmpty)
  }

  @Test func `every key of a map is in the manifest, null where there is nothing`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--signed", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let map = try #require((object["maps"] as? [[String: Any]])?.first)
    let keys = [
      "key", "question", "fact", "foil", "score", "contrast", "explainer", "layer", "settings",
      "minimum", "maximum", "png",
    ]
    #expect(keys.filter { map[$0] == nil } == [])
    #expect(map["foil"] is NSNull && map["contrast"] is NSNull)
    #expect((map["settings"] as? [String: String])?["sign"] == "both")
  }

  @Test func `writing over a report takes its old pictures away`() throws {
    let place = try Workplace()
    for fact in ["cello", "violin"] {
      let run = try place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--why", fact, "--output", "answer", "--force"
      )
      #expect(run.status == 0, "\(run.messages)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path("answer")).sorted()
    #expect(names == ["index.html", "manifest.json", "maps.npz", "why-violin.png"])
  }

  @Test(arguments: [
    ["--threads", "99999999999"], ["--threads", "0"], ["--mean", "9,9"], ["--crop", "7"],
    ["--view", "all"],
  ])
  func `options that cannot be are refused`(options: [String]) throws {
    let place = try Workplace()
    let run = try Command(
      ["predict", "photo.png", "--model", "toy.pt2"] + options, in: place.folder)
    #expect(run.status == 64, "\(run.messages)")
    #expect(run.messages.contains(options[0]))
  }

  @Test(arguments: [["--help"], ["evaluate", "--help"], ["predict", "--help"], ["--version"], []])
  func `help and version are answers`(words: [String]) throws {
    let place = try Workplace()
    let run = try Command(words, in: place.folder)
    #expect(run.status == 0 && run.messages.isEmpty && !run.output.isEmpty, "\(run.messages)")
  }

  @Test func `a card's own mistakes are told as the card's`() throws {
    let place = try Workplace()
    var card = ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "viola"])
    card.layers = .init(cluster: "nope")
    try card.write(to: place.path("toy.json"))
    let layer = try place.run("explain", "photo.png", "--model", "toy.pt2")
    #expect(layer.status == 65 && layer.messages.contains("toy.json"), "\(layer.messages)")
    card.layers = nil
    card.output = .probabilities
    try card.write(to: place.path("toy.json"))
    let output = try place.run("explain", "photo.png", "--model", "toy.pt2")
    #expect(output.status == 65 && output.messages.contains("softmax"), "\(output.messages)")
  }

  @Test func `a folder of pictures is learnt and explained`() throws {
    let place = try Workplace()
    for (name, red) in [("dark", 20), ("light", 220)] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: "data/\(name)"), withIntermediateDirectories: true)
      for i in 0..<10 {
        let picture = try Picture(
          width: 20, height: 20, filledWith: Color(red: UInt8(red), green: UInt8(red + i), blue: 9))
        try Data(picture.png()).write(to: place.folder.appending(path: "data/\(name)/\(i).png"))
      }
    }
    let trained = try place.run(
      "train", "classifier", "--data", "data", "-o", "shades.pt2", "--size", "16", "--epochs", "8")
    #expect(trained.status == 0, "\(trained.messages)")
    #expect(trained.output.contains("Test accuracy 1.0000"), "\(trained.output)")
    let run = try place.run("explain", "data/dark/3.png", "--model", "shades.pt2", "--json")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.contains("\"label\" : \"light\""))
  }
}
