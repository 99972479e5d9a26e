import Foundation
import Imagery
import Networks
import Report
import TestSupport
import Testing

/// `rather diff` end to end on toy networks.
///
/// Kinds: parity with what `predict` and `explain` say of each network, known answers, and bad input.
@Suite struct DiffTests {
  static let rows: [[Float]] = [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]
  static let labels = ["cello", "violin", "viola"]

  /// A folder with two networks and pictures in folders called after classes.
  struct Place {
    let place: Workplace

    init(pictures: Int = 12) throws {
      place = try Workplace()
      try network(
        "new", rows: [[1, 1, -1], [1.5, 0, 2.5], [2, 0, 0.5]], labels: DiffTests.labels)
      for i in 0..<pictures { try draw("photos/\(DiffTests.labels[i % 3])/\(i).png", i) }
    }

    func network(_ name: String, rows: [[Float]], labels: [String]) throws {
      try ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: rows, height: 4, width: 6
      ).write(to: place.path(name + ".pt2"))
      try ToyNetworks.card(height: 4, width: 6, labels: labels).write(
        to: place.path(name + ".json"))
    }

    /// Each picture is another: from dark to bright.
    func draw(_ name: String, _ number: Int) throws {
      let url = place.folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let pixels = (0..<288).map { UInt8(min(255, number * 22 % 250 + $0 * 7 % (20 + 9 * number))) }
      try Data(Picture(width: 12, height: 8, pixels: pixels).png()).write(to: url)
    }

    func run(_ words: String...) throws -> Command { try Command(words, in: place.folder) }

    func manifest(_ words: String...) throws -> DifferenceManifest {
      let run = try Command(
        ["diff", "toy.pt2", "new.pt2", "photos", "--json"] + words, in: place.folder)
      #expect(run.status == 0, "\(run.messages)")
      return try JSONDecoder().decode(DifferenceManifest.self, from: Data(run.output.utf8))
    }

    struct Row: Decodable {
      let file: String
      let top: [Prediction.Class]
    }

    /// What `predict` says, by picture.
    func predicted(by network: String) throws -> [String: [Prediction.Class]] {
      let run = try run("predict", "photos", "--model", network, "--json")
      let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
      return Dictionary(uniqueKeysWithValues: rows.map { ($0.file, $0.top) })
    }
  }

  @Test func `what changed is counted as two calls of predict count it`() throws {
    let place = try Place()
    let (old, new) = try (place.predicted(by: "toy.pt2"), place.predicted(by: "new.pt2"))
    let found = try place.manifest()
    let changed = old.keys.filter { old[$0]?[0].label != new[$0]?[0].label }
    #expect(old.count == 12 && !changed.isEmpty && changed.count < 12, "\(changed.count)")
    #expect(found.pictureCount == 12 && found.changedCount == changed.count)
    #expect(abs(found.agreement - Double(12 - changed.count) / 12) < 1e-12)
    #expect(Set(found.changes.flatMap(\.pictures).map(\.name)) == Set(changed))
    #expect(found.changes.map(\.count) == found.changes.map(\.count).sorted(by: >))
    #expect(found.onlyOld.isEmpty && found.onlyNew.isEmpty && found.failures.isEmpty)
    for change in found.changes {
      #expect(change.count == change.pictures.count && change.old != change.new)
      var shifts: [Float] = []
      for picture in change.pictures {
        let before = try #require(old[picture.name])
        let after = try #require(new[picture.name])
        #expect(picture.old == .init(label: before[0].label, probability: before[0].probability))
        #expect(picture.new == .init(label: after[0].label, probability: after[0].probability))
        #expect(picture.old.label == change.old && picture.new.label == change.new)
        func odds(_ classes: [Prediction.Class]) throws -> Float {
          let logits = try [change.new, change.old].map { label in
            try #require(classes.first { $0.label == label }).logit
          }
          return logits[0] - logits[1]
        }
        let shift = try #require(picture.shift)
        // Single precision.
        let expected = try odds(after) - odds(before)
        #expect(abs(shift - expected) < 1e-5, "\(shift) and \(expected)")
        #expect(shift > 0, "each network leans to its own answer")
        shifts.append(shift)
      }
      #expect(shifts == shifts.sorted(by: >), "the clearest first")
      let mean = shifts.reduce(0, +) / Float(shifts.count)
      #expect(abs((change.meanShift ?? 0) - mean) < 1e-5)
    }
  }

  @Test func `folders named after classes say what is right, fixed and broken`() throws {
    let place = try Place()
    let (old, new) = try (place.predicted(by: "toy.pt2"), place.predicted(by: "new.pt2"))
    func isRight(_ answers: [String: [Prediction.Class]], _ name: String) -> Bool {
      name.contains("/\(answers[name]?[0].label ?? "–")/")
    }
    let truth = try #require(try place.manifest().truth)
    #expect(truth.pictureCount == 12)
    #expect(truth.oldRight == old.keys.count { isRight(old, $0) })
    #expect(truth.newRight == old.keys.count { isRight(new, $0) })
    #expect(truth.fixed == old.keys.count { isRight(new, $0) && !isRight(old, $0) })
    #expect(truth.broken == old.keys.count { isRight(old, $0) && !isRight(new, $0) })
    #expect(truth.fixed - truth.broken == truth.newRight - truth.oldRight)
    let told = try place.run("diff", "toy.pt2", "new.pt2", "photos", "-o", "told")
    #expect(told.output.contains("\(truth.fixed) fixed, \(truth.broken) broken"), "\(told.output)")
    // Folders that name no class say nothing.
    try place.draw("other/unknown/a.png", 3)
    let none = try place.run("diff", "toy.pt2", "new.pt2", "other", "--json", "-o", "none")
    let found = try JSONDecoder().decode(DifferenceManifest.self, from: Data(none.output.utf8))
    #expect(found.truth == nil && found.pictureCount == 1)
  }

  @Test func `the maps are those of explain, of either network`() throws {
    let place = try Place()
    let found = try place.manifest("--show", "1", "--kinds", "1", "-o", "out")
    let change = try #require(found.changes.first)
    #expect(change.maps.map(\.network) == [.new, .old])
    #expect(found.changes.dropFirst().allSatisfy { $0.maps.isEmpty })
    for (map, network) in try paired(change.maps, ["new.pt2", "toy.pt2"]) {
      #expect(map.picture == change.pictures[0].name)
      let run = try place.run(
        "explain", map.picture, "--model", network, "--why", change.new, "--rather-than",
        change.old, "--json", "-o", "explained-\(network)")
      let explained = try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
      #expect(map.map.question == explained.maps[0].question)
      #expect(map.map.scoreValues == explained.maps[0].scoreValues)
      // A walk back with more scores rounds otherwise.
      let most = (map.map.maximum, explained.maps[0].maximum)
      #expect(abs(most.0 - most.1) <= 1e-5 * most.1, "\(most)")
      #expect(map.geometry == explained.geometry)
      let png = try #require(map.map.png)
      #expect(FileManager.default.fileExists(atPath: place.place.path("out/" + png)))
    }
    #expect(change.maps[0].map.maximum > 0)
    // The old network leaned the other way.
    #expect(change.maps[0].map.scoreValues[0] > 0 && change.maps[1].map.scoreValues[0] < 0)
    let page = try String(contentsOfFile: place.place.path("out/index.html"), encoding: .utf8)
    #expect(page.contains("Why \(change.new), where the old network said"))
    #expect(page.components(separatedBy: "class=\"side\"").count == 3)
    #expect(!page.contains("src=\"http") && !page.contains("<script"))
  }

  @Test func `classes are the same by their names, wherever they stand`() throws {
    let place = try Place()
    try place.network(
      "new", rows: [Self.rows[2], Self.rows[0], Self.rows[1]], labels: ["viola", "cello", "violin"])
    let run = try place.run("diff", "toy.pt2", "new.pt2", "photos")
    #expect(run.status == 0, "\(run.messages)")
    let sentence = "Both networks give the same answers for all 12 pictures."
    #expect(run.output.hasPrefix(sentence), "\(run.output)")
    let page = try String(contentsOfFile: place.place.path("new-diff/index.html"), encoding: .utf8)
    #expect(page.contains(sentence))
  }

  @Test func `a class that one network lacks is said to be missing, and asked about alone`() throws
  {
    let place = try Place()
    try place.network("new", rows: Self.rows, labels: ["cello", "violin", "fiddle"])
    let found = try place.manifest("-o", "a")
    #expect(found.onlyOld == ["viola"] && found.onlyNew == ["fiddle"])
    let change = try #require(found.changes.first)
    #expect(found.changes.count == 1 && change.old == "viola" && change.new == "fiddle")
    #expect(change.meanShift == nil && change.pictures.allSatisfy { $0.shift == nil })
    #expect(change.maps.allSatisfy { $0.network == .new && $0.map.question == "Why fiddle?" })
    let told = try place.run("diff", "toy.pt2", "new.pt2", "photos", "-o", "b")
    #expect(told.output.contains("Only the old network has the class “viola”."))
    #expect(told.output.contains("Only the new network has the class “fiddle”."))
  }

  @Test func `a picture that cannot be read is passed over, named and counted`() throws {
    let place = try Place(pictures: 3)
    try place.place.write("photos/cello/none.png", "no picture")
    let run = try place.run("diff", "toy.pt2", "new.pt2", "photos", "-o", "out")
    #expect(run.status == 65)
    #expect(run.messages.hasSuffix("Error: 1 of 4 pictures could not be read\n"), "\(run.messages)")
    let data = try Data(contentsOf: place.place.folder.appending(path: "out/manifest.json"))
    let found = try JSONDecoder().decode(DifferenceManifest.self, from: data)
    #expect(found.pictureCount == 3 && found.failures.map(\.name) == ["photos/cello/none.png"])
    let page = try String(contentsOfFile: place.place.path("out/index.html"), encoding: .utf8)
    #expect(page.contains("<code>photos/cello/none.png</code>"))
  }

  @Test func `what cannot be compared is refused, and nothing is left`() throws {
    let place = try Place(pictures: 2)
    try place.network("other", rows: Self.rows, labels: ["hare", "rabbit", "fox"])
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.place.path("quality.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    (card.task, card.output, card.labels) = (.regression, .value, nil)
    try card.write(to: place.place.path("quality.json"))
    var many = ToyNetworks.card(height: 4, width: 6, labels: Self.labels)
    many.output = .sigmoidLogits
    try FileManager.default.copyItem(
      atPath: place.place.path("toy.pt2"), toPath: place.place.path("many.pt2"))
    try many.write(to: place.place.path("many.json"))
    try FileManager.default.createDirectory(
      atPath: place.place.path("empty"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: place.place.path("broken"), withIntermediateDirectories: true)
    try place.place.write("broken/a.png", "no picture")
    let left = try place.place.left
    let tries: [([String], Int32, String)] = [
      (["toy.pt2", "other.pt2", "photos"], 65, "no class of the old network has the name"),
      (["toy.pt2", "quality.pt2", "photos"], 64, "the new network is a regression"),
      (["many.pt2", "toy.pt2", "photos"], 64, "the old network finds labels"),
      (["toy.pt2", "new.pt2", "empty"], 65, "no picture"),
      (["toy.pt2", "new.pt2", "broken"], 65, "the only picture could not be asked about"),
      (["toy.pt2", "none.pt2", "photos"], 65, "none.pt2"),
      (["toy.pt2", "new.pt2", "photos", "--kinds", "-1"], 64, "--kinds"),
      (["toy.pt2", "new.pt2", "photos", "--explainer", "gradcam"], 64, "grad-cam"),
      (["toy.pt2", "new.pt2"], 64, "picture"),
    ]
    for (words, status, part) in tries {
      let run = try Command(["diff"] + words, in: place.place.folder)
      #expect(run.status == status, "\(words): \(run.messages)")
      #expect(run.messages.contains(part), "\(words): \(run.messages)")
      #expect(run.output.isEmpty)
    }
    #expect(try place.place.left == left)
  }
}
