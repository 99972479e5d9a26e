internal import Contrast
internal import Foundation
internal import Networks
internal import Saliency
internal import Terms

/// What a map means, in a sentence for the person who looks at it.
struct Wording {
  private let labels: ClassLabels

  init(_ labels: ClassLabels) { self.labels = labels }

  func meaning(of map: DrawnMap) -> String {
    plainMeaning(of: map)
      + (map.stage == .class ? " It is shown only where there is evidence for the cluster." : "")
  }

  private func plainMeaning(of map: DrawnMap) -> String {
    if let rounding = map.answer.map.measurements[.rounding] {
      return score(of: map.answer)
        + " The map is zero everywhere: nothing that the method tried moved the score by more than "
        + "rounding does (\(Page.number(rounding)))."
    }
    if map.range.upperBound <= 0 && map.range.lowerBound >= 0 {
      if map.hasEmptySupport {
        return score(of: map.answer)
          + " The map is zero everywhere: no place of the cluster's map is in its support."
      }
      if map.answer.map.neutral < 0 {
        return score(of: map.answer)
          + " The map is zero everywhere: the foil is so much likelier that its map is "
          + "higher at every place. With their mean scores subtracted (zero=mean), the "
          + "maps can be compared."
      }
      return score(of: map.answer) + " The map is zero everywhere: nothing that "
        + (map.method.place == .input ? "the method" : "this layer")
        + " sees speaks for the fact here."
    }
    guard let own = map.ownScale, own.part > 0 else { return score(of: map.answer) }
    let neutral = map.answer.map.neutral
    let reach = max(map.range.upperBound - neutral, neutral - map.range.lowerBound)
    return score(of: map.answer)
      + " Weak compared with its neighbours: at most \(Page.number(reach))."
  }

  private func score(of answer: Answer) -> String {
    let question = answer.inquiry.question
    let values = answer.scores.map(Page.number)
    guard let p = question.fact, let first = answer.scores.first else {
      return answer.inquiry.kind == .value
        ? "The network's value: \(values.first ?? "")."
        : "Squared error \(values.first ?? "") from the value asked about."
    }
    let fact = labels.text(p)
    let contrast = answer.inquiry.contrast
    let raw = contrast?.isRaw == true ? ", both before any ReLU" : ""
    if contrast == .outside || contrast == .outsideRaw, values.count == 2, let q = question.foil {
      return "The map of \(fact) (\(answer.inquiry.kind.rawValue) \(values[0])) minus the "
        + "map of \(labels.text(q)) (\(values[1]))\(raw), where that is above zero."
    }
    if contrast?.isByParts == true {
      let count = values.count - 1
      let parts = zip(answer.inquiry.foilParts, values.dropFirst()).map {
        "\(labels.text($0)) (\($1))"
      }
      return "\(count == 1 ? "The" : "\(count) times the") map of \(fact) "
        + "(\(answer.inquiry.kind.rawValue) \(values[0])) minus the "
        + (count == 1 ? "map" : "maps") + " of \(parts.joined(separator: "; of "))"
        + (raw.isEmpty ? "" : ", all before any ReLU") + ", where that is above zero."
    }
    if contrast == .inverse, values.count == 2, let q = question.foil {
      return "The map of \(fact) (\(answer.inquiry.kind.rawValue) \(values[0])) where the map of "
        + "\(labels.text(q)) (\(values[1])) is low."
    }
    switch answer.inquiry.kind {
    case .logOdds: return odds(first, p, question.foil)
    case .surprise:
      return "Surprise \(values[0]) at \(question.foil.map(labels.text) ?? ""). This map depends "
        + "on the foil alone, whatever the fact."
    case .logit where labels.head == .similarities:
      return "Similarity to \(fact), the cosine with its vector: \(values[0])."
    case .mean where labels.head == .similarities && question.foil != nil:
      let foil = question.foil.map(labels.text) ?? ""
      return
        "The similarity to \(fact) is \(Page.number(abs(first))) \(first >= 0 ? "more" : "less") than that to "
        + "\(foil), as a difference of cosines."
    case .logit where labels.head == .choice: return "Logit of \(fact): \(values[0])."
    case .logit: return odds(first, p, nil)
    case .probability: return "Probability of \(fact): \(values[0])."
    case .weighted, .mean, .max, .finer, .value, .squaredError:
      return "Score “\(answer.inquiry.kind.rawValue)”: \(values[0])."
    }
  }

  private func odds(_ value: Float, _ p: ClassSet, _ q: ClassSet?) -> String {
    let fact = labels.text(p)
    let opposite = labels.head.opposite(of: p).map(labels.text)
    guard let q, opposite != nil, !labels.head.areOpposite(p, q) else {
      return odds(value, fact, q.map(labels.text) ?? opposite ?? "anything else")
    }
    // Labels that are each there or not are no shares of one whole: only their odds can be compared.
    let ratio = exp(Double(abs(value)))
    let more = value >= 0 ? "" : "1/"
    return "Difference of log-odds \(Page.number(value)): the odds of \(fact) are \(more)"
      + (ratio > 1000 ? "over 1000" : String(format: ratio < 10 ? "%.1f" : "%.0f", ratio))
      + " times those of \(labels.text(q))."
  }

  private func odds(_ value: Float, _ fact: String, _ foil: String) -> String {
    let odds = exp(Double(abs(value)))
    if odds < 1.05 {
      return "Log-odds \(Page.number(value)): the network finds \(fact) about as likely as \(foil)."
    }
    let times =
      odds > 1000 ? "over 1000" : String(format: odds < 10 ? "%.1f" : "%.0f", odds)
    let relation = value >= 0 ? "more" : "less"
    return "Log-odds \(Page.number(value)): the network finds \(fact) \(times) times "
      + "\(relation) likely than \(foil)."
  }
}
