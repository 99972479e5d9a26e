internal import Counterfactuals
internal import Foundation
internal import Imagery
internal import Terms

extension ContrastivePage {
  /// One question with what came of it.
  func section(_ drawn: DrawnContrast) throws -> HTML {
    let wording = wording(drawn)
    let beside = try besideRow(drawn)
    let head: HTML =
      self.drawn.count == 1
      ? "" : "<h2>\(wording.question) <small>\(drawn.answer.method.title)</small></h2>"
    guard let drawing = drawn.drawing else {
      return """
        <section id="\(drawn.key)">\(head)<p class="failure"><b>failed</b> \(wording.failure)</p>\
        \(attempts(drawn))\(beside)</section>
        """
    }
    let fraction = try drawn.answer.residualFraction(of: drawing.attempt)
    let warnings = [wording.third(drawing.attempt.likelihoods), wording.saved(drawing)]
      .compactMap(\.self).map { text -> HTML in "<p class=\"warning\">\(text)</p>" }
    let notes = [wording.residual(fraction)].compactMap(\.self).map { text -> HTML in
      "<p class=\"note\">\(text)</p>"
    }
    return """
      <section id="\(drawn.key)">\(head)
      \(warnings)
      <p class="meaning">\(wording.meaning(drawing))</p>
      <div class="row">\(try pictures(drawing, wording))</div>
      \(self.drawn.count > 1 ? "" : legend)
      \(notes)
      \(try strip(drawing, wording))
      <div class="way">\(chart(drawing, wording))\(numbers(drawn, drawing, fraction))</div>
      \(attempts(drawn))
      \(beside)
      </section>
      """
  }

  private func pictures(
    _ drawing: DrawnContrast.Drawing, _ wording: ContrastiveWording
  ) throws -> [HTML] {
    let ends = wording.both(drawing.attempt.likelihoods)
    let moving = HTML.image(
      try drawing.animation(enlarged: false), alt: "from the input to the example and back",
      name: "shown", type: "gif")
    return [
      "<figure>\(try input("shown"))<figcaption><b>input</b></figcaption></figure>",
      """
      <figure>\(HTML.image(try drawing.picture.png(), alt: "the example", name: "shown"))\
      <figcaption><b>as much \(wording.foil) as \(wording.fact)</b><br>\(ends)</figcaption></figure>
      """,
      """
      <figure>\(HTML.image(try drawing.difference.png(), alt: "the difference", name: "shown"))\
      <figcaption><b>difference</b><br>red added, blue taken away</figcaption></figure>
      """,
      """
      <figure>\(moving)<figcaption><b>the way there</b><br>and back</figcaption></figure>
      """,
    ]
  }

  /// About six pictures on the way, evenly spaced, both ends included.
  private func strip(
    _ drawing: DrawnContrast.Drawing, _ wording: ContrastiveWording
  ) throws -> HTML {
    let path = drawing.example.path
    guard path.count > 2 else { return "" }
    let count = min(6, path.count)
    let figures = try (0..<count).map { step -> HTML in
      let place = (step * (path.count - 1) + (count - 1) / 2) / (count - 1)
      let picture = HTML.image(
        try drawing.frames[place].png(), alt: "on the way", name: "frame")
      let likelihoods = path[place].likelihoods
      return """
        <figure>\(picture)<figcaption><span class="p">\
        \(ContrastiveWording.probability(likelihoods.fact))</span> <span class="q">\
        \(ContrastiveWording.probability(likelihoods.foil))</span></figcaption></figure>
        """
    }
    return "<div class=\"strip\">\(figures)</div>"
  }

  private func chart(
    _ drawing: DrawnContrast.Drawing, _ wording: ContrastiveWording
  ) -> HTML {
    let path = drawing.example.path
    guard path.count > 1 else { return "" }
    func series(_ name: String, _ ink: Int, _ value: (Likelihoods) -> Float?)
      -> CurveChart.Series
    {
      .init(
        name: name,
        points: path.map {
          .init(
            x: Double($0.fraction), y: value($0.likelihoods).map { exp(Double($0)) } ?? .nan)
        }, ink: ink)
    }
    // Other colours than those of the difference, which mean something else.
    let all = [
      series(wording.fact, 2, \.fact), series(wording.foil, 3, \.foil),
      series("likeliest other", 4) { $0.other?.logLikelihood },
    ]
    return CurveChart(
      label: "probabilities on the way from the input to the example", series: all,
      xLabel: "input (0) to example (1)", yLabel: "probability", xRange: 0...1,
      yRange: 0...1
    ).html
  }
}
