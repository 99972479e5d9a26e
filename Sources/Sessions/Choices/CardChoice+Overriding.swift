internal import Foundation
internal import Imagery
internal import Networks
internal import Terms

extension CardChoice {
  /// One thing that is said: the option, the key of the card, and the value as text.
  private struct Said {
    let option: String
    let key: String
    let value: String
  }

  private var said: [Said] {
    func list(_ numbers: [Float]?) -> String? {
      numbers?.map { "\($0)" }.joined(separator: ",")
    }
    let all: [(String, String, String?)] = [
      ("--labels", "labels", labels), ("--mean", "input.mean", list(mean)),
      ("--std", "input.std", list(std)), ("--resize", "input.resize", resize?.rawValue),
      ("--crop", "input.crop", crop.map { "\($0)" }),
      ("--interpolation", "input.interpolation", interpolation?.rawValue),
      ("--convention", "input.convention", convention?.rawValue),
      ("--view", "view", view?.rawValue),
      ("--input-size", "input.size", inputSize.map { "\($0.height)x\($0.width)" }),
      ("--channel-order", "input.channelOrder", channelOrder?.rawValue),
      ("--task", "task", task?.rawValue), ("--head", "output", head?.rawValue),
    ]
    return all.compactMap { option, key, value in
      value.map { Said(option: option, key: key, value: $0) }
    }
  }

  /// What is said in place of a card, by its keys; `nil` where nothing is.
  var overridden: [String: String]? {
    let said = said
    return said.isEmpty ? nil : Dictionary(said.map { ($0.key, $0.value) }) { $1 }
  }

  /// A card with what is said in place of what it says.
  ///
  /// - Throws: `RequestFault.unfit` where the two do not go together.
  func replacing(in card: Card) throws -> Card {
    let said = said
    guard !said.isEmpty else { return card }
    var changed = card
    // A head of values is a regression's, and every other a classifier's.
    changed.task =
      task ?? head.map { $0.isOfValues ? .regression : .classification } ?? card.task
    changed.output = head ?? card.output
    // A card's own file lies beside it, and one that is named for a call where it is named.
    changed.labels =
      labels.map {
        .file(URL(filePath: $0).standardizedFileURL.path(percentEncoded: false))
      } ?? card.labels
    if let first = said.first(where: { $0.key.hasPrefix("input.") || $0.key == "view" }) {
      guard let name = card.inputs.keys.min(), case .image(let input) = card.form else {
        throw RequestFault.unfit(
          "\(first.option) is about pictures, and this network takes a \(card.form.noun)")
      }
      changed.inputs[name] = .image(replacing(in: input))
    }
    do {
      _ = try JSONDecoder().decode(Card.self, from: Data(changed.json.utf8))
    } catch let fault as any Fault {
      let options = said.map(\.option).joined(separator: ", ")
      throw RequestFault.unfit("with \(options) in place of what the card says, \(fault)")
    }
    return changed
  }

  private func replacing(in input: Preprocessing) -> Preprocessing {
    var input = input
    input.mean = mean ?? input.mean
    input.std = std ?? input.std
    input.resize = resize ?? input.resize
    input.crop = crop ?? input.crop
    input.interpolation = interpolation ?? input.interpolation
    input.convention = convention ?? input.convention
    input.view = view
    if let size = inputSize { (input.height, input.width) = (size.height, size.width) }
    if let order = channelOrder {
      (input.channelOrder, input.channels) = (order, order == .gray ? 1 : 3)
    }
    return input
  }
}
