import Foundation
import Rather
import TestSupport
import Testing

/// Known answers and reductions: what the articles show does what they say.
@Suite struct ArticleTests {
  private func place() throws -> (Workplace, Network, Photo) {
    let place = try Workplace()
    return (
      place, try Network(contentsOf: URL(filePath: place.path("toy.pt2"))),
      try Photo(contentsOf: URL(filePath: place.path("photo.png")))
    )
  }

  @Test func `the steps by hand give the map of the one line`() throws {
    let (place, network, photo) = try place()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let (map, answers) = try ShownSwift.byHand(network, photo)
    let answer = try network.explain(photo, why: "cello", ratherThan: "violin")
    try expectClose(map.values, answer.map.values, within: 1e-6, of: "by hand")
    // The likeliest class against each of the two others.
    #expect(answers.count == 2)
    #expect(Set(answers.compactMap(\.inquiry.question.fact)).count == 1)
  }

  @Test func `the method from gradients gives their squares, and its report is written`() throws {
    let (place, network, photo) = try place()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let map = try ShownSwift.squares(
      network, photo, place.folder.appending(path: "squares"))
    let plain = try network.explain(
      photo, why: "cello", ratherThan: "violin", by: .saliency)
    let squared = try #require(plain.map.attribution).squared()
    try expectClose(try #require(map.attribution), squared, within: 1e-6, of: "squares")
    #expect(FileManager.default.fileExists(atPath: place.path("squares/manifest.json")))
  }

  @Test func `the method from scratch gives what each feature adds to a linear score`() throws {
    let bag = try ToyInputs.bag()
    let found = try LeaveOneOut().maps(
      of: [.logit(ClassSet(0)), .logit(ClassSet(1))], in: bag, at: bag.input(from: "1 3 4 2"))
    for label in 0...1 {
      expectClose(
        try found.maps[label].values.floats(),
        [1, 3, 4, 2].map { ToyInputs.evidence(of: $0, for: label) }, within: 1e-5, of: "\(label)")
    }
    let (place, network, photo) = try place()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    let answer = try network.explain(
      photo, why: "cello", by: .own(LeaveOneOut(), titled: "Leave one out"))
    let pixel = try Occlusion(window: 1, stride: 1).maps(
      of: answer.answers[0].inquiry.scores, in: network, at: network.input(from: photo.picture))
    try expectClose(answer.map.values, pixel.maps[0].values, within: 1e-5, of: "pixels")
  }

  @Test func `a row's map is what each column adds to the score`() throws {
    let map = try ShownSwift.row(ToyInputs.table())
    // (55 − 40)/10, (2 − 3)/2 and (1 − 0.5)/0.5, each times its weight.
    expectClose(try map.values.floats(), [1.5, 1, 0.5], within: 1e-5)
  }

  @Test func `a text's map is over its words`() throws {
    let map = try ShownSwift.text(ToyInputs.bagProgram())
    #expect(map.features.names == ["good", "very", "not", "bad"])
    let expected = [1, 3, 4, 2].map {
      ToyInputs.evidence(of: $0, for: 1) - ToyInputs.evidence(of: $0, for: 0)
    }
    expectClose(try map.values.floats(), expected, within: 1e-5)
  }
}
