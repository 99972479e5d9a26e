import Contrast
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Real networks and photos whose answers are published or can be seen.
@Suite(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
struct RealPhotoTests {
  func network(_ name: String) throws -> Network {
    try Network(contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
  }

  func photo(_ name: String) throws -> Picture {
    try Picture(contentsOf: #require(References.data).appending(path: "photos/\(name)").path)
  }

  @Test func `the duo is a cello, then guitars, a banjo and a violin`() throws {
    let network = try network("mobilenet-edgetpu")
    // The published answer is that of a cut that rounds down.
    var form = try network.card.input
    form.convention = .floor
    let input = try form.input(from: photo("cwox/cello_guitar.jpg"))
    let top = try network.prediction(for: input).classes.prefix(5)
    #expect(
      top.map(\.label) == ["cello", "electric guitar", "acoustic guitar", "banjo", "violin"])
    // Decoders and resizers differ by single grey levels; that moves probabilities by less.
    for (found, expected) in try paired(
      top.map(\.probability), [0.453, 0.138, 0.097, 0.026, 0.018] as [Float])
    {
      #expect(abs(found - expected) < 0.01)
    }
  }

  @Test func `the screwdriver is taken for a syringe`() throws {
    let network = try network("mobilenet-v2")
    let input = try network.card.input.input(from: photo("cwox/screwdriver.jpg"))
    let top = try network.prediction(for: input).classes.prefix(2)
    #expect(top.map(\.label) == ["syringe", "screwdriver"])
    #expect(abs(top[0].probability - 0.548) < 0.01)
    #expect(abs(top[1].probability - 0.366) < 0.01)
  }

  @Test(arguments: [Contrast.inside, .outside])
  func `why cello rather than guitar lies on the cello, and the reverse on the guitar`(
    contrast: Contrast
  ) throws {
    let network = try network("mobilenet-edgetpu")
    let input = try network.card.input.input(from: photo("cwox/cello_guitar.jpg"))
    let cello = ClassSet(try network.labels.index(of: "cello"))
    let guitar = ClassSet(try network.labels.index(of: "acoustic guitar"))
    let answers = try GradCAM().at(network.pivot(named: nil).layer).answers(
      about: network, at: input
    ) { _ in
      try [Question.whyRatherThan(cello, guitar), .whyRatherThan(guitar, cello)].map {
        try Inquiry($0, contrast: contrast, classCount: network.classCount)
      }
    }.all
    // The players sit left (guitar) and right (cello) of the middle column, 111.5.
    let celloCentre = try Self.centre(of: answers[0].map.values)
    let guitarCentre = try Self.centre(of: answers[1].map.values)
    #expect(celloCentre > 135, "the cello's map has its centre in column \(celloCentre)")
    #expect(guitarCentre < 90, "the guitar's map has its centre in column \(guitarCentre)")
  }

  @Test func `without a card's layer the last spatial one is taken`() throws {
    let network = try network("mobilenet-v2")
    let plain = try Network(
      program: network.program,
      card: Card(
        task: .classification, output: .logits, labels: .list(network.labels.names),
        input: network.card.input), cardPath: "card")
    let pivot = try plain.pivot(named: nil)
    #expect(pivot.choice == .lastSpatial)
    #expect(pivot.layer.name == "stage4.13" || pivot.layer.name == "stage4")
    #expect(pivot.layer.shape == [nil, 1280, 7, 7])
  }

  static func centre(of map: Tensor) throws -> Float {
    let width = map.shape[1]
    let values = try map.floats()
    let mass = values.reduce(0, +)
    let moment = values.enumerated().reduce(Float(0)) { $0 + Float($1.offset % width) * $1.element }
    return moment / max(mass, .leastNormalMagnitude)
  }
}
