extension Page {
  /// How to read the maps, for the methods that made them.
  static func reading(_ drawing: Drawing, _ methods: [Method]) -> HTML {
    let places = methods.contains { $0.place == .input } ? pixels : ""
    let signs = drawing.sign == .both ? signedReading : plainReading
    return "\(signs)\(places)\(scales(drawing.scale))"
  }

  private static let pixels: HTML = """
    <p>Maps of single pixels are drawn as means over small squares, with the strongest 0.5 % in the \
    last colour; the raw numbers are in <code>maps.npz</code>. Maps of masked pictures (RISE) are \
    drawn from the mean score on, which is the value of a place that does not matter.</p>
    """

  private static let plainReading: HTML = """
    <p><b>Why P, rather than Q?</b> Bright places speak for P and against Q: if there were more of \
    what the network finds there, it would lean further towards P. They need not be where P is \
    plainest to see, only where it differs most from Q.</p>
    <p><b>Why P?</b> Bright places speak for P, whatever else they speak for.</p>
    """

  private static let signedReading: HTML = """
    <p><b>Why P, rather than Q?</b> Places at the upper end of the scale speak for P and against \
    Q: if there were more of what the network finds there, it would lean further towards P. Places \
    at the lower end speak for Q and against P.</p>
    <p><b>Why P?</b> Places at the upper end speak for P, those at the lower end against it.</p>
    """

  private static func scales(_ scale: Drawing.Scale) -> HTML {
    let shared: HTML = """
      The maps under one heading share a colour scale unless the command says \
      <code>--own-scale</code>; its ends are written below each. A map that hardly shows on this scale can be \
      switched to a scale of its own, and one that does not show at all starts on that.
      """
    let own: HTML = "Each map has a colour scale of its own, whose ends are written below it."
    return """
      <p>\(scale == .own ? own : shared) Values are raw, in units of the score. \
      The part of the picture that the network never saw is dimmed.</p>
      """
  }

  static let style = """
    body { padding: 2rem 1.2rem 4rem; max-width: 74rem; }
    h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
    h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
    h3 { font-size: 1.05rem; margin: 1.6rem 0 .6rem; }
    header p, figcaption { color: var(--soft); }
    section { border-top: 1px solid var(--line); padding: 1.6rem 0; margin-top: 1.2rem; }
    figure { margin: 0; }
    .input { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
    .prediction { flex: 1 1 20rem; max-width: 34rem; }
    .picture { width: 20rem; max-width: 100%; display: block; border-radius: 6px; }
    .small .picture, .small .map { image-rendering: pixelated; }
    .small .picture { width: 11rem; }
    .groups { display: flex; flex-wrap: wrap; column-gap: 2.4rem; }
    .maps { display: flex; flex-wrap: wrap; gap: 1.4rem; }
    .group { flex: 1 1 28rem; }
    .group.many { flex-basis: 100%; }
    .group.one { flex: 0 1 15rem; min-width: 12.5rem; }
    .caption { color: var(--soft); font-size: .88rem; margin: -.4rem 0 .5rem; min-height: 4.5em; }
    .group.one h3 { min-height: 3.1em; display: flex; align-items: flex-end; }
    .group.one .question { min-height: 0; }
    .cluster { width: 100%; }
    .cluster .caption { min-height: 0; margin-top: -.3rem; }
    .soft, .added { color: var(--soft); font-size: .88rem; } .stages .soft { max-width: 24rem; margin: 0; }
    .weak { color: var(--soft); font-size: .88rem; margin: 0 0 .4rem; }
    .stages { display: grid; grid-template-columns: 18.5rem minmax(0, 1fr); gap: 1.4rem; }
    .lead { min-width: 0; padding-right: 1.4rem; border-right: 2px solid var(--line); }
    .stages .maps { align-content: start; }
    .stages .maps figure { flex: 1 1 11rem; max-width: 14.5rem; }
    .cluster .question { min-height: 4.5em; }
    @media (max-width: 46rem) { .stages { grid-template-columns: minmax(0, 1fr); } \
    .lead { border: 0; padding: 0; } }
    .mark { display: inline-block; min-width: 1.5em; text-align: center; border-radius: 1em; \
    border: 1px solid var(--soft); font-size: .8em; line-height: 1.5; font-weight: 600; }
    .maps figure { flex: 1 1 12.5rem; max-width: 17rem; }
    .small .maps figure { max-width: 14.5rem; }
    .map { width: 100%; display: block; border-radius: 6px; }
    .question { color: var(--ink); font-weight: 600; margin-bottom: .4rem; min-height: 3em; \
    display: flex; align-items: flex-end; }
    .scale { display: flex; gap: .5rem; align-items: center; font-size: .8rem; \
    color: var(--soft); margin: .35rem 0 .2rem; font-variant-numeric: tabular-nums; }
    .legend { flex: 1; height: .6rem; border-radius: 3px; min-width: 0; }
    figcaption { font-size: .88rem; }
    table { border-collapse: collapse; width: 100%; }
    td { padding: .15rem .5rem .15rem 0; }
    .bar { width: 45%; } .bar span { display: block; height: .7rem; border-radius: 3px; \
    background: var(--bar); min-width: 1px; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .value { font-size: 2rem; margin: 0; }
    footer { margin-top: 2rem; padding-top: 1.4rem; }
    footer p { max-width: 46rem; }
    """
}
