internal import Faithfulness
internal import Foundation

extension Page {
  /// How to read checks; nothing where there are none.
  var checkReading: HTML {
    guard let checks else { return "" }
    let check = checks.check
    let (control, caveat) = check.control == .random ? Self.random : Self.shifted
    let delta = String(format: "%.0f %%", check.metrics.salience * 100)
    let level = String(format: "%.0f", check.significance * 100)
    let fill: HTML =
      switch checks.fill {
      case "mean": "the mean colour"
      case "black": "black"
      default: "<code>\(paths.text(checks.fill))</code>"
      }
    return """
      <h2>How the maps were checked</h2>
      <p>A map's strongest pixels, those of at least \(delta) of its largest value, are deleted \
      from the network's input, strongest first, \(fill) taking their place, and the network is \
      queried again and again. The curves show the probabilities on the way; the dotted line is \
      where the last of these pixels is deleted. The contrastive score is p<sub>P</sub> (1 − \
      p<sub>Q</sub>), CAUC is the area under it up to that line, divided by the number of all \
      pixels (smaller is better), and CDROP is its fall up to there, which counts less for large \
      maps (larger is better).</p>
      <p>The bar under the curves compares how far the log-odds log p<sub>P</sub>/p<sub>Q</sub>, \
      which say how much likelier P is than Q, fall without these pixels (bold) and without \
      \(control), \(String(check.draws)) times (thin). A map passes if its fall is above zero and \
      beyond the dotted line, which at most \(level) in 100 such choices exceed. Where the \
      question names no foil, Q is every other class.</p>
      <p>\(caveat)</p>
      """
  }

  private static let random: (HTML, HTML) = (
    "as many pixels drawn at random",
    """
    Single pixels all over a picture disturb every part of it and add fine noise, to which networks are \
    sensitive, so this is a hard test: a map of one patch may fail it although the patch matters. \
    <code>--check-control shifted</code> compares with patches of the map's own form at other places.
    """
  )

  private static let shifted: (HTML, HTML) = (
    "the same pattern of pixels at another place, drawn at random",
    "The pattern is wrapped around the edges of the picture, so this tests the place alone."
  )

  static let checkStyle = """
    .check { font-size: .88rem; margin-top: .5rem; } .check p { margin: .3rem 0 .5rem; }
    .verdict { border-radius: 4px; padding: .05rem .4rem; font-weight: 600; box-decoration-break: clone; \
    border: 1px solid var(--line); color: var(--soft); }
    .verdict.passed { border-color: var(--ink2); color: var(--ink2); }
    .strip { display: block; width: 100%; height: auto; overflow: visible; }
    .strip text { font-size: 11px; fill: var(--soft); text-anchor: middle; \
    font-variant-numeric: tabular-nums; }
    .strip path { fill: none; stroke: var(--soft); stroke-width: 1; }
    .strip .draws { opacity: .45; } .strip .at { stroke: var(--ink); stroke-dasharray: 1 3; }
    .strip .own { stroke: var(--ink0); stroke-width: 4; } .strip .chance { stroke: var(--soft); }
    .check .axisname { margin: .6rem 0 0; font-size: .8rem; color: var(--soft); }
    .check .numbers { color: var(--soft); font-variant-numeric: tabular-nums; }
    """
}
