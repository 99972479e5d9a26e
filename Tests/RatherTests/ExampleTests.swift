import Foundation
import Rather
import TestSupport
import Testing

/// The programs of `Examples`: each is short, says how it is run, and does what it says.
@Suite struct ExampleTests {
  let place: ToyPlace

  init() throws { place = try ToyPlace() }

  private static let folder = References.package.appending(path: "Examples")

  private func run(_ name: String, _ words: String...) throws -> [String] {
    let folders = [
      Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      References.package.appending(path: ".build/debug"),
    ]
    let process = Process()
    process.executableURL = folders.map { $0.appending(path: name) }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
    process.arguments = words
    process.currentDirectoryURL = place.folder
    let output = place.url("output")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(name) ended with \(process.terminationStatus)")
    return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func lastNumber(_ line: String?) throws -> Double {
    let word = try #require(line?.split(separator: " ").last)
    return try #require(Double(word))
  }

  @Test func `each is of at most thirty lines and says how to run it`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(
      names == ["ask-many", "explain-photo", "learn-tree", "own-explainer", "score-map"])
    for name in names {
      let text = try String(
        contentsOf: Self.folder.appending(path: "\(name)/main.swift"), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.count <= 30, "\(name) has \(lines.count) lines")
      #expect(lines.first?.hasPrefix("// ") == true)
      #expect(lines.contains { $0.hasPrefix("//   swift run \(name) ") })
    }
  }

  @Test func `a photo is explained`() throws {
    let printed = try run("explain-photo", "toy.pt2", "photo.png", "cello", "violin", "report")
    #expect(printed.first == "Why cello, rather than violin?")
    let largest = Double(ToyPlace.gradCAM(0, 1).max() ?? 0)
    #expect(try abs(lastNumber(printed.last) - largest) < 1e-5)
    #expect(FileManager.default.fileExists(atPath: place.url("report/manifest.json").path))
  }

  @Test func `many questions are asked`() throws {
    let printed = try run("ask-many", "toy.pt2", "photo.png")
    let known = ToyPlace.probabilities()
    let order = known.indices.sorted { known[$0] > known[$1] }
    #expect(printed.count == 2)
    for (line, foil) in try paired(printed, Array(order.dropFirst())) {
      let words = "Why \(ToyPlace.labels[order[0]]), rather than \(ToyPlace.labels[foil])?"
      #expect(line.hasPrefix(words))
      #expect(try abs(lastNumber(line) - log(known[order[0]] / known[foil])) < 1e-4)
    }
  }

  @Test func `a tree is learnt and cut`() throws {
    // Three families; each comes or not whatever the others do, most of its classes together.
    let families = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    var stream = RandomStream(1)
    let lines = (0..<600).map { _ in
      families.filter { _ in stream.uniform() < 0.4 }
        .flatMap { $0.filter { _ in stream.uniform() < 0.9 } }
        .map(String.init).joined(separator: " ")
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: place.url("docs.txt"))
    let clusters = try run("learn-tree", "docs.txt").map {
      Set($0.split(separator: " ").compactMap { Int($0) })
    }
    #expect(Set(clusters) == Set(families.map { Set($0) }))
  }

  @Test func `a map is scored`() throws {
    let printed = try run("score-map", "toy.pt2", "photo.png", "cello", "violin")
    let known = ToyPlace.probabilities()
    #expect(try abs(lastNumber(printed.first) - known[0] * (1 - known[1])) < 1e-5)
    #expect(try (0...1).contains(lastNumber(printed.last)))
    #expect(printed.count > 10)
  }

  @Test func `an explainer of one's own is asked and reported`() throws {
    let printed = try run("own-explainer", "toy.pt2", "photo.png", "cello", "violin", "own")
    #expect(try lastNumber(printed.last) >= 0)
    let manifest = try JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: place.url("own/manifest.json")))
    #expect(manifest.maps[0].explainer == "Squared gradient" && manifest.maps[0].maximum > 0)
  }
}
