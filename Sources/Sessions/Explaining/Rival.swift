internal import Foundation
internal import Networks
internal import Tensors
internal import Terms

/// Another network, whose answer about a picture is the foil (the fifth kind of foil of Xie et al. 2023).
struct Rival: Sendable {
  let network: Network
  /// What sentences call it.
  let name: String
  let device: Device

  /// - Parameters:
  ///   - path: Its file; the card lies beside it.
  ///   - choice: The network that is explained, on whose device this one computes.
  ///   - region: The part of the picture that both are shown.
  init(
    _ path: String, beside choice: NetworkChoice, seeing region: SeenRegion?, in session: Session
  ) throws {
    var own = NetworkChoice(path)
    (own.device, own.threads) = (choice.device, choice.threads)
    network = try own.load(in: session).seeing(region)
    try network.checkHasProbabilities(for: "--rather-than-of")
    if network.card.task == .regression {
      throw InquiryError.regression("--rather-than-of needs a network of classes")
    }
    name = URL(filePath: path).lastPathComponent
    device = try own.chosenDevice()
  }

  /// The class of the explained network that this one answers with, and a sentence about it.
  ///
  /// - Parameters:
  ///   - fact: Where this network answers with one of these, its likeliest other class is the foil.
  ///   - labels: The explained network's.
  /// - Throws: ``InquiryError/foreignClass(_:of:)``.
  func foil(
    besides fact: ClassSet, about picture: PictureFile, in labels: ClassLabels
  ) throws -> (index: Int, note: String) {
    let input = try network.input(from: picture.picture, on: device)
    let classes = try network.prediction(for: input).classes
    func told(_ one: Prediction.Class) -> String {
      "\(one.label) (\(Percentage.text(one.probability)))"
    }
    func known(_ one: Prediction.Class) throws -> Int {
      guard let index = try labels.indexIfKnown(of: one.label) else {
        throw InquiryError.foreignClass(one.label, of: name)
      }
      return index
    }
    guard let first = classes.first else { throw InquiryError.foreignClass("", of: name) }
    let answer = try known(first)
    if !fact.indices.contains(answer) {
      return (answer, "\(name) says \(told(first)), which is the foil.")
    }
    for next in classes.dropFirst() {
      let index = try known(next)
      if fact.indices.contains(index) { continue }
      return (
        index,
        "\(name) says the same, \(told(first)); the foil is what it finds likeliest besides, "
          + "\(told(next))."
      )
    }
    throw InquiryError.foreignClass(first.label, of: name)
  }
}
