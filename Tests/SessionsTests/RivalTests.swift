import Foundation
import Imagery
import Networks
import Report
import Sessions
import TestSupport
import Testing

/// The foil is what another network answers. Kinds: parity with the same question asked in words, and bad input.
@Suite struct RivalTests {
  /// A place with a second network, whose head and labels are others.
  private func place(
    head: [[Float]] = [[0, 9, 0], [0, 0, 0], [0, 0, 0]], labels: [String]
  ) throws -> SessionPlace {
    let place = try SessionPlace()
    try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: head, height: 4, width: 6
    ).write(to: place.path("other.pt2"))
    try ToyNetworks.card(height: 4, width: 6, labels: labels).write(to: place.path("other.json"))
    return place
  }

  private func explained(_ request: Explain) throws -> (Manifest, Data) {
    guard case .one(let written) = try Session().run(request).wait() else {
      throw CocoaError(.featureUnsupported)
    }
    return (
      written.manifest, try Data(contentsOf: URL(filePath: written.folder + "/maps.npz"))
    )
  }

  @Test func `the other network's answer is the foil, by its name and not by its index`() throws {
    let place = try place(labels: ["viola", "cello", "violin"])
    var asked = place.explain(to: "asked")
    asked.question = .init(why: "cello", ratherThan: "viola")
    var rival = place.explain(to: "rival")
    rival.question = .init(why: "cello")
    rival.ratherThanOf = place.path("other.pt2")
    let (found, maps) = try explained(rival)
    let (wanted, same) = try explained(asked)
    #expect(maps == same)
    #expect(found.maps.map(\.question) == wanted.maps.map(\.question))
    #expect(found.maps.first?.foil?.map(\.label) == ["viola"])
  }

  @Test func `where both answer the same, the foil is what the other finds likeliest besides`()
    throws
  {
    let place = try place(labels: ["cello", "viola", "violin"])
    var rival = place.explain(to: "rival")
    rival.question = .init(why: "cello")
    rival.ratherThanOf = place.path("other.pt2")
    let foil = try #require(try explained(rival).0.maps.first?.foil?.first?.label)
    var predict = Predict()
    predict.pictures = [place.path("photo.png")]
    predict.network = NetworkChoice(place.path("other.pt2"))
    let row = try #require(try Session().run(predict).wait().rows.first)
    #expect(row.top[0].label == "cello" && foil == row.top[1].label)
  }

  @Test func `a class that only the other network knows, and two foils, are refused`() throws {
    let place = try place(labels: ["banjo", "viola", "violin"])
    var rival = place.explain(to: "rival")
    rival.ratherThanOf = place.path("other.pt2")
    let both = #expect(throws: RequestFault.self) { try Session().run(rival).wait() }
    #expect("\(try #require(both))".contains("--rather-than-of"))
    rival.question = .init(why: "cello")
    do {
      _ = try Session().run(rival).wait()
      Issue.record("a class that nobody knows is the foil")
    } catch { #expect("\(error)".contains("other.pt2 says “banjo”")) }
  }
}
