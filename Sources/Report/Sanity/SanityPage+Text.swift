internal import Faithfulness
internal import Networks
internal import Terms

extension SanityPage {
  static let introduction: HTML = """
    <p>A map that explains a network should change when the network forgets what it learnt, and a map \
    that answers a question should change with the question. A map that does neither shows the \
    picture’s edges and shapes, however sensible it looks.</p>
    """

  static let keeping: HTML = """
    <p class="note"><i>Keeps</i>: how much of the likeness to the original map is left beyond chance; \
    1 is the same map, 0 or less an unrelated one.</p>
    """

  /// What a good map does.
  func expectation(of test: SanityTest) -> String {
    func named(_ set: ClassSet?) -> String { set.map(report.network.labels.text) ?? "" }
    return switch test {
    case .cascade: "in the end all are random: should change"
    case .independent: "should change at most stages"
    case .randomLogit: "“Why?” of other classes: should change"
    case .randomFact: "for \(named(report.question.fact)): should change"
    case .randomFoil: "for \(named(report.question.foil)): should change"
    }
  }

  static let shading: HTML = """
    <figcaption>Under each map its <span class="rank">rank correlation</span> and \
    <span class="ssim">SSIM</span> with the original; 1 is the same map. Shaded: what unrelated maps \
    reach, from the middle one to 19 of 20.</figcaption>
    """

  static let reading: HTML = """
    <p><b>Weights.</b> The network’s learnt numbers are put in random order, tensor by tensor, and \
    the same question is asked again. A stage is a run of layers; stages are counted from the \
    output down. <i>From the output down</i> randomises the first, then the first two, until \
    nothing learnt is left. <i>One at a time</i> leaves all other stages as they were.</p>
    <p><b>Another class, fact or foil.</b> The network is as it was; classes drawn at random take \
    the place of the class, of P alone or of Q alone. Maps need not become unrelated here, because \
    they are about one picture.</p>
    <p><b>Likeness.</b> <span class="rank">Rank correlation</span> (Spearman) compares the order \
    of places by how much they count, whichever way; <span class="ssim">SSIM</span>, structural \
    similarity, compares small windows of the maps as drawings. Both are 1 for the same map. \
    Smooth or nearly empty maps are somewhat alike whatever they show, so both are set against \
    unrelated maps: the original, shifted and wrapped around the picture’s edges. <i>Keeps \
    0.30</i> means that 0.30 of the way from an unrelated map to the same map is left; 0 or less \
    is chance.</p>
    <p><b>Verdicts.</b> All weights random: <i>changes</i>, no more alike than 19 of 20 unrelated \
    maps, and less than 0.5 kept with half of the stages random; <i>stays</i>, more alike than \
    those and keeps 0.5 or more. One stage at a time: a stage counts where less than 0.9 is kept. \
    Another class, fact or foil: <i>changes</i>, keeps less than 0.5 on average; <i>stays</i>, 0.9 \
    or more. That a map changes is necessary but not enough: a map of noise changes too.</p>
    <p><b>The drawings</b> show how much a place counts, whichever way, each on a scale of its \
    own, with the strongest hundredth in the last colour; maps of single pixels as means over \
    small squares.</p>
    """

  static let style = """
    .summary { flex: 1 1 30rem; min-width: 0; } .summary p { max-width: 46rem; margin-top: 0; }
    .input .picture { width: 15rem; }
    .verdicts { font-size: .86rem; } .verdicts th { text-align: left; font-weight: 600; \
    vertical-align: bottom; padding: .3rem .5rem .3rem 0; }
    .verdicts td { padding: .35rem .5rem .35rem 0; vertical-align: top; \
    border-top: 1px solid var(--line); } .verdicts tr > th:first-child { vertical-align: top; \
    border-top: 1px solid var(--line); }
    .verdicts tr:first-child > th { border-top: 0; vertical-align: bottom; }
    small { color: var(--soft); font-weight: 400; font-size: .82em; }
    .chip { display: inline-block; border-radius: 1em; padding: 0 .55em; font-size: .78rem; \
    font-weight: 600; white-space: nowrap; }
    .chip.changes { background: #d9f0df; color: #14532b; } .chip.partly { background: #fdeec7; \
    color: #6b4500; } .chip.stays { background: #fadcd9; color: #7c1d14; } \
    .chip.untested { background: #e4e4e9; color: #44444a; }
    .verdicts tr > th:first-child { white-space: nowrap; } .note { color: var(--soft); \
    font-size: .88rem; margin-top: .6rem; }
    a { color: inherit; }
    .caption { min-height: 0; }
    .test h3 { margin-bottom: .2rem; } .test p { margin: 0 0 .6rem; max-width: 56rem; }
    .row { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); \
    gap: .7rem; max-width: 72rem; }
    .row figcaption { font-size: .78rem; line-height: 1.35; color: var(--soft); \
    margin-top: .2rem; }
    .row .original .map { outline: 2px solid var(--bar); outline-offset: 1px; }
    .none { aspect-ratio: 1; border: 1px dashed var(--soft); border-radius: 6px; display: flex; \
    align-items: center; justify-content: center; text-align: center; padding: .4rem; \
    font-size: .75rem; color: var(--soft); box-sizing: border-box; }
    span.rank { color: var(--ink0); font-weight: 600; } span.ssim { color: var(--ink1); \
    font-weight: 600; }
    .rank, .ssim { font-variant-numeric: tabular-nums; }
    .plot { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: center; margin-top: .6rem; }
    .plot .chart { flex: 0 1 21rem; min-width: 0; } .plot figcaption { flex: 1 1 14rem; \
    max-width: 24rem; }
    footer h2 { margin-top: 1.2rem; }
    """
}
