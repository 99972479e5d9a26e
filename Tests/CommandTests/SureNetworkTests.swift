import Contrast
import Foundation
import Networks
import Report
import Testing

/// What `rather explain` adds where a network is sure, so that there is something to set its answer against.
@Suite struct SureNetworkTests {
  /// viola has a probability of .48, violin one of .27, cello one of .25.
  @Test(arguments: [
    ("viola;cello,violin", [["viola"], ["violin"]], ["violin": "other-cluster"]),
    (
      "viola,cello;violin", [["viola", "cello"], ["violin"]],
      ["violin": "other-cluster", "cello": "runner-up"]
    ),
    (
      "viola,violin;cello", [["viola", "violin"], ["cello"]],
      ["cello": "other-cluster", "violin": "runner-up"]
    ),
    ("viola,violin,cello", [["viola", "violin"]], ["violin": "runner-up"]),
  ])
  func `where one class is all that is likely, its nearest rivals are added and said to be`(
    clusters: String, expected: [[String]], roles: [String: String]
  ) throws {
    let place = try Workplace()
    let words = [
      "explain", "photo.png", "--model", "toy.pt2", "--clusters", clusters, "--mass", "0.4",
    ]
    let run = try Command(words + ["--json"], in: place.folder)
    let found = try SchemeTests().manifest(run)
    #expect(SchemeTests().labels(found) == expected.map { Set($0) })
    let rivals = try #require(found.scheme?.rivals)
    #expect(Dictionary(uniqueKeysWithValues: rivals.map { ($0.label, $0.role.rawValue) }) == roles)
    #expect(rivals.map(\.probability) == rivals.map(\.probability).sorted(by: >))
    #expect(found.maps.contains { $0.foil != nil })
    for rival in rivals {
      #expect(rival.probability == found.prediction.first { $0.label == rival.label }?.probability)
      let chance = String(format: "%.1f %%", rival.probability * 100)
      #expect(run.messages.contains("\(rival.label) (\(chance), "), "\(run.messages)")
    }
    let page = try String(contentsOfFile: place.path("photo-why/index.html"), encoding: .utf8)
    #expect(page.components(separatedBy: "<span class=\"added\">").count == rivals.count + 1)
    let told = try Command(words + ["--output", "told"], in: place.folder)
    for rival in rivals { #expect(told.output.contains("  \(rival.label), added as a rival")) }
  }

  @Test func `a scheme of one stage adds the likeliest other class, and one without foils none`()
    throws
  {
    let place = try Workplace()
    func explained(_ scheme: String) throws -> Manifest {
      try SchemeTests().manifest(
        place.run(
          "explain", "photo.png", "--model", "toy.pt2", "--scheme", scheme, "--mass", "0.4",
          "--json",
          "--output", scheme))
    }
    for scheme in ["cwox-1sa", "cwox-1sb"] {
      let found = try explained(scheme)
      #expect(found.maps.map { $0.foil?.map(\.label) } == [["violin"], ["viola"]])
      #expect(found.scheme?.rivals?.map(\.role) == [.runnerUp])
    }
    let alone = try explained("swox")
    #expect(alone.maps.count == 1 && alone.scheme?.rivals == nil)
  }

  @Test func `by overlap the next class is added, wherever its map lies`() throws {
    let place = try Workplace()
    for (overlap, sizes) in [("1", [1, 1]), ("0.0001", [2])] {
      let found = try SchemeTests().manifest(
        place.run(
          "explain", "photo.png", "--model", "toy.pt2", "--overlap", overlap, "--mass", "0.4",
          "--json",
          "--output", overlap))
      #expect(found.clusters?.map(\.count) == sizes)
      #expect(found.scheme?.rivals?.map(\.label) == ["violin"])
    }
  }
}
