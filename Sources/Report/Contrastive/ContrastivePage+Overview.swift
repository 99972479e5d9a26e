internal import Counterfactuals
internal import Imagery
internal import Networks

extension ContrastivePage {
  /// All foils at a glance, nearest first.
  func overview() throws -> HTML {
    let tiles = try sorted.map { try tile($0) }
    return """
      <section>
      <div class="tiles">
      <figure>\(try input("tile"))<figcaption><b>the input</b></figcaption></figure>
      \(tiles)
      </div>
      \(legend)
      </section>
      """
  }

  private func tile(_ drawn: DrawnContrast) throws -> HTML {
    let wording = wording(drawn)
    let hasBoth = Set(report.answers.map(\.method)).count > 1
    let method: HTML = hasBoth ? "<br>\(drawn.answer.method.title)" : ""
    guard let drawing = drawn.drawing else {
      return """
        <a href="#\(drawn.key)"><figure><div class="tile failed"><span>failed</span></div>\
        <figcaption>rather than <b>\(wording.foil)</b>\(method)<br>no answer</figcaption></figure></a>
        """
    }
    let picture = HTML.image(
      try drawing.difference.png(), alt: "what to change for \(wording.foil)", name: "tile")
    let isThird = wording.third(drawing.attempt.likelihoods) != nil
    let note: HTML =
      isThird
      ? "<b class=\"warn\">a third class wins</b>"
      : "distance \(Page.number(drawing.attempt.distance))"
    return """
      <a href="#\(drawn.key)"><figure>\(picture)<figcaption>rather than <b>\(wording.foil)</b>\
      \(method)<br>\(note)</figcaption></figure></a>
      """
  }

  /// The input as the network sees it.
  func input(_ name: String) throws -> HTML {
    guard let numbers = report.answers.first?.input else { return "" }
    let picture = try report.network.card.input.channelOrder.picture(of: numbers)
    return HTML.image(try picture.png(), alt: "the input", name: name)
  }

  /// What the colours mean, and how much of them.
  var legend: HTML {
    """
    <p class="legend"><span class="ramp taken"></span> taken away \
    <span class="ramp added"></span> added. Full colour: a change of \(Page.number(scale)) or more, \
    where black to white is 1\(drawn.count > 1 ? "; the same for all foils" : "").</p>
    """
  }
}
