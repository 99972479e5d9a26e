import Foundation
import Rather
import TestSupport
import Testing

/// One import and one line: known answers, reductions to the long way, and bad input.
@Suite struct ExplainingTests {
  let place: ToyPlace
  let network: Network
  let photo: Photo

  init() throws {
    place = try ToyPlace()
    network = try Network(contentsOf: place.url("toy.pt2"))
    photo = try Photo(contentsOf: place.url("photo.png"))
  }

  @Test func `one line gives the map that was worked out by hand`() throws {
    let answer = try network.explain(photo, why: "cello", ratherThan: "violin", by: .gradCAM)
    let map = ToyPlace.gradCAM(0, 1)
    // Floats of one sum of three terms in another order.
    expectClose(try answer.map.atLayer.floats(), map, within: 1e-5, of: "at the layer")
    expectClose(try answer.map.values.floats(), map.map { max(0, $0) }, within: 1e-5, of: "values")
    #expect(answer.text(answer.answers[0]) == "Why cello, rather than violin?")
    let known = ToyPlace.probabilities()
    for one in answer.prediction.classes {
      #expect(abs(Double(one.probability) - known[one.index]) < 1e-5)
    }
  }

  @Test func `questions asked together have the answers of each alone, in their order`() throws {
    let questions = [
      try network.question(why: "violin", ratherThan: "viola"),
      try network.question(why: "cello"),
      try network.question(why: "cello", ratherThan: "viola"),
    ]
    let together = try network.explain(photo, asking: questions)
    #expect(together.answers.map(\.inquiry.question) == questions)
    for (answer, question) in try paired(together.answers, questions) {
      let alone = try network.explain(photo, asking: [question])
      try expectClose(answer.map.values, alone.map.values, within: 1e-5, of: "\(question)")
    }
    expectClose(
      try together.answers[0].map.atLayer.floats(), ToyPlace.gradCAM(1, 2), within: 1e-5)
  }

  @Test func `every explainer of the menu has a name here, and answers`() throws {
    let menu = ExplainerMenu.entries.map(\.name)
    let chosen = try ExplainerChoice.all.map { try $0.made(for: network).entry.name }
    #expect(chosen == menu)
    for choice in [ExplainerChoice.saliency, .named("rise", settings: "masks=8,cells=2")] {
      let answer = try network.explain(photo, why: "cello", by: choice)
      #expect(try answer.map.values.isAllFinite() && answer.map.values.shape == [4, 6])
    }
  }

  @Test func `settings reach the manifest, and a wrong one is refused`() throws {
    let answer = try network.explain(
      photo, why: "cello", by: .named("rise", settings: "masks=9,cells=2"), seed: 5)
    let manifest = try answer.save(to: place.url("rise"))
    #expect(manifest.maps[0].settings["masks"] == 9 && manifest.seed == 5)
    // One that was made in Swift says its settings too, under the menu's name.
    let made = try network.explain(
      photo, why: "cello", by: .own(RISE(maskCount: 8, cells: 2, seed: 5), titled: "My masks"))
    let map = try #require(try made.save(to: place.url("made")).maps.first)
    #expect(map.explainer == "rise" && map.settings["masks"] == 8 && map.settings["cells"] == 2)
    #expect(throws: SettingError.self) {
      _ = try network.explain(photo, why: "cello", by: .named("rise", settings: "mask=9"))
    }
  }

  @Test func `a saved answer says what it is of, and never goes over what is there`() throws {
    let answer = try network.explain(photo, why: "cello", ratherThan: "violin")
    let folder = place.url("report")
    let manifest = try answer.save(to: folder)
    #expect(manifest.network?.sha256 == (try SHA256.hex(ofFile: place.url("toy.pt2").path)))
    #expect(manifest.input?.sha256 == (try SHA256.hex(ofFile: place.url("photo.png").path)))
    #expect(manifest.versions.rather == Release.version && manifest.command.isEmpty)
    #expect(manifest.maps.map(\.key) == ["why-cello-rather-than-violin"])
    #expect(abs(manifest.maps[0].maximum - (ToyPlace.gradCAM(0, 1).max() ?? 0)) < 1e-5)
    let page = try String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
    #expect(page.contains("Why cello, rather than violin?") && !page.contains("<th>command</th>"))
    #expect(throws: FileError.self) { _ = try answer.save(to: folder) }
    try answer.save(to: folder, existing: .overwrite)
    #expect(throws: FileError.self) {
      _ = try answer.save(to: place.folder, existing: .overwrite)
    }
  }

  @Test func `what was made here has no file and is explained alike`() throws {
    let card = ToyNetworks.card(height: 4, width: 6, labels: ToyPlace.labels)
    let made = try Network(program: ToyPlace.program(), card: card, cardPath: "card")
    let answer = try made.explain(
      Photo(ToyPlace.picture(), named: "made"), why: "cello", ratherThan: "violin")
    let read = try network.explain(photo, why: "cello", ratherThan: "violin")
    try expectClose(answer.map.values, read.map.values, within: 1e-6)
    let manifest = try answer.save(to: place.url("made"))
    #expect(made.path == nil && network.path == place.url("toy.pt2").path)
    #expect(manifest.network == nil && manifest.input?.path == "made")
  }

  @Test func `the curves of a map are those of its fact and its foil`() throws {
    let answer = try network.explain(photo, why: "cello", ratherThan: "violin")
    let whole = try #require(try answer.curves(MetricSettings(wholeSteps: 24))[0].whole)
    let known = ToyPlace.probabilities()
    // Nothing is gone at first: p(P) · (1 − p(Q)); the logits are floats.
    #expect(abs(whole.deletion.scores[0] - known[0] * (1 - known[1])) < 1e-5)
    #expect(whole.deletion.counts == Array(0...24))
    // Once the pixel of the largest value is gone it is the mean colour of the card, which is black.
    let map = ToyPlace.gradCAM(0, 1)
    let first = try #require(map.indices.max { (map[$0], $1) < (map[$1], $0) })
    var greys = ToyPlace.greys
    greys[first] = 0
    let after = ToyPlace.probabilities(greys: greys)
    #expect(abs(whole.deletion.scores[1] - after[0] * (1 - after[1])) < 1e-5)
  }

  @Test func `words that are no class, and no question at all, are refused by a sentence`() throws {
    #expect(throws: LabelError.self) { _ = try network.explain(photo, why: "banjo") }
    #expect(throws: QuestionError.self) {
      _ = try network.explain(photo, why: "cello", ratherThan: "cello")
    }
    #expect(throws: NothingAsked.self) { _ = try network.explain(photo, asking: []) }
  }

  @Test func `questions that this network cannot answer are refused, and not answered otherwise`() {
    for value in [nil, 1] as [Float?] {
      #expect(throws: QuestionError.self) {
        _ = try network.explain(photo, asking: [.whyValue(ratherThan: value)])
      }
    }
    let (known, unknown) = (ClassSet(2), ClassSet(3))
    for question in [Question.why(unknown), .whyRatherThan(known, unknown)] {
      #expect(throws: LabelError.index(3, count: 3)) {
        _ = try network.explain(photo, asking: [.why(known), question])
      }
    }
  }

  @Test func `a regression is asked for its value`() throws {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0, 1], head: [[1, 2]], height: 4, width: 6)
    let network = try ToyNetworks.network(program)
    let answer = try network.explain(photo, asking: [.whyValue(ratherThan: 0.25)])
    #expect(answer.answers[0].inquiry.kind == .squaredError)
    for question in [Question.why(ClassSet(0)), .whyRatherThan(ClassSet(0), ClassSet(1))] {
      #expect(throws: QuestionError.self) { _ = try network.explain(photo, asking: [question]) }
    }
    #expect(throws: FaithfulnessError.regression) { _ = try answer.curves() }
  }
}
