internal import Counterfactuals
internal import Imagery
internal import Terms

extension ContrastivePage {
  /// What is known of an example, in numbers.
  func numbers(
    _ drawn: DrawnContrast, _ drawing: DrawnContrast.Drawing, _ fraction: Float?
  ) -> HTML {
    let wording = wording(drawn)
    let attempt = drawing.attempt
    let columns = [drawn.answer.likelihoods, attempt.likelihoods, drawing.example.saved]
    func row(_ name: HTML, _ text: (Likelihoods) -> String) -> HTML {
      "<tr><th>\(name)</th>\(columns.map { value -> HTML in "<td>\(text(value))</td>" })</tr>"
    }
    let converged = drawn.answer.attempts.count { $0.verdict == .converged }
    let colour = drawing.colourReach.map { ("largest change of a colour", Page.number($0)) }
    let single: [(String, String)] =
      [
        ("distance of codes", Page.number(attempt.distance)),
        ("distance of pictures", Page.number(attempt.pictureDistance)),
        ("largest change of a pixel", Page.number(drawing.reach)),
      ] + [colour].compactMap(\.self) + [
        ("not drawn by the generator", fraction.map(ContrastiveWording.percent) ?? "none"),
        (
          "iterations",
          "\(attempt.iterations); multipliers updated \(attempt.multiplierUpdates) times"
        ),
        ("starts that converged", "\(converged) of \(drawn.answer.attempts.count)"),
      ]
    let rest = single.map { name, text -> HTML in
      "<tr><th>\(name)</th><td colspan=\"3\">\(text)</td></tr>"
    }
    return """
      <table class="numbers">
      <tr><th></th><th>input</th><th>example</th><th>as saved</th></tr>
      \(row("<span class=\"p\">\(wording.fact)</span>") { ContrastiveWording.probability($0.fact) })
      \(row("<span class=\"q\">\(wording.foil)</span>") { ContrastiveWording.probability($0.foil) })
      \(row("likeliest other") { likelihoods in
        likelihoods.other.map(wording.text) ?? "none"
      })
      \(rest)
      </table>
      """
  }

  /// Every search, for those who want to know.
  func attempts(_ drawn: DrawnContrast) -> HTML {
    let wording = wording(drawn)
    guard !drawn.answer.attempts.isEmpty else { return "" }
    let rows = drawn.answer.attempts.enumerated().map { place, attempt -> HTML in
      let ending = wording.failure(of: attempt) ?? "converged"
      return """
        <tr><td>\(String(place + 1))</td><td>\(Page.number(attempt.distance))</td>\
        <td>\(Page.number(attempt.pictureDistance))</td><td>\(Page.number(attempt.residual))</td>\
        <td>\(String(attempt.iterations))</td><td>\(String(attempt.multiplierUpdates))</td>\
        <td>\(ending)</td></tr>
        """
    }
    return """
      <details><summary>every start</summary><table class="starts">
      <tr><th></th><th>distance of codes</th><th>of pictures</th><th>residual</th>\
      <th>iterations</th><th>updates</th><th>how it ended</th></tr>\(rows)</table></details>
      """
  }

  /// What other methods answer.
  func besideRow(_ drawn: DrawnContrast) throws -> HTML {
    guard !drawn.beside.isEmpty else { return "" }
    let figures = try drawn.beside.map { beside -> HTML in
      let picture: HTML =
        try beside.picture.map {
          HTML.image(try $0.png(), alt: "the map of \(beside.map.title)", name: "tile")
        } ?? "<div class=\"tile failed\"><span>failed</span></div>"
      let note = [beside.map.note, beside.map.failure ?? ""].filter { !$0.isEmpty }
      return """
        <figure>\(picture)<figcaption><b>\(beside.map.title)</b><br>\
        \(report.provenance.paths.text(note.joined(separator: ": ")))</figcaption></figure>
        """
    }
    return """
      <h3>What other methods answer</h3>
      <p class="note">Red speaks for \(wording(drawn).foil), blue for \(wording(drawn).fact). Each \
      in a scale of its own, for each counts in units of its own.</p>
      <div class="tiles">\(figures)</div>
      """
  }
}
