internal import Imagery

extension ContrastivePage {
  var reading: HTML {
    """
    <p><b>The example</b> is the nearest picture found that the network calls Q as readily as P. \
    It is searched for among the pictures that a generator can make, and near the input’s own \
    place among them; what the generator cannot make of the input is added unchanged. The search \
    starts from several points and keeps the nearest end; whether there is a nearer one cannot be \
    known.</p>
    <p><b>The difference</b> is the example minus the input: red where it is brighter, blue where \
    it is darker. For colours, it is the mean over the channels: where one goes up as another goes \
    down, little shows, and the table says how far a single colour goes.</p>
    <p><b>CDeepEx</b> demands that no third class is likelier than P and Q at the end; \
    <b>xGEMs</b> does not, and may end where the network says something else altogether. A search \
    that did not fulfil its demands has failed, and nothing of it is shown.</p>
    <p><b>Distances.</b> Of codes: between the generator’s codes of example and input. Of \
    pictures: between the pictures, where black to white is 1, as the root of the sum of \
    squares.</p>
    """
  }

  static let style = """
    :root { --added: \(DifferencePicture.added); --taken: \(DifferencePicture.taken); }
    a { color: inherit; text-decoration: none; } a:hover figcaption { text-decoration: underline; }
    h2 small { color: var(--soft); font-weight: 400; font-size: .8rem; margin-left: .4rem; }
    .pixels img { image-rendering: pixelated; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.2rem, 1fr)); \
    gap: .8rem; max-width: 72rem; }
    .tile { width: 100%; display: block; border-radius: 6px; }
    .tiles figcaption { font-size: .78rem; line-height: 1.35; margin-top: .2rem; }
    .tiles figcaption b { color: var(--ink); }
    .tile.failed { aspect-ratio: 1; display: flex; align-items: center; justify-content: center; \
    background: repeating-linear-gradient(45deg, var(--hatch) 0 6px, transparent 6px 12px); \
    border: 1px solid var(--line); box-sizing: border-box; font-size: .85rem; }
    .tile.failed span { background: var(--ground); padding: 0 .4em; border-radius: 4px; }
    .tiles .warn { color: var(--warnink); background: var(--warnback); border-radius: 4px; \
    padding: 0 .3em; font-weight: 600; }
    .legend { flex: none; height: auto; color: var(--soft); font-size: .85rem; margin: .7rem 0 0; }
    .ramp { display: inline-block; width: 3.2rem; height: .65rem; border-radius: 3px; \
    vertical-align: -.02rem; }
    .ramp.added { background: linear-gradient(90deg, #3a3a3a, var(--added)); margin-left: .8rem; }
    .ramp.taken { background: linear-gradient(90deg, var(--taken), #3a3a3a); }
    .meaning { max-width: 50rem; font-size: 1.05rem; margin: .2rem 0 .9rem; }
    .row { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1rem; \
    max-width: 60rem; }
    .shown { width: 100%; display: block; border-radius: 6px; }
    .row figcaption b { color: var(--ink); }
    .way { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.4rem; \
    max-width: 60rem; margin-top: 1rem; align-items: start; }
    @media (max-width: 46rem) { .way { grid-template-columns: minmax(0, 1fr); } \
    .row { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .way .chart .ink2, .way .keys .ink2 { stroke-dasharray: none; }
    .strip { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: .5rem; \
    margin-top: 1.2rem; max-width: 42rem; }
    .frame { width: 100%; display: block; border-radius: 4px; }
    .strip figcaption { font-size: .75rem; display: flex; flex-wrap: wrap; gap: 0 .5em; \
    font-variant-numeric: tabular-nums; }
    .p { color: var(--ink2); font-weight: 600; } .q { color: var(--ink3); font-weight: 600; }
    .numbers, .starts { font-size: .85rem; font-variant-numeric: tabular-nums; }
    .numbers th, .starts th { text-align: left; font-weight: 400; color: var(--soft); \
    padding: .15rem .8rem .15rem 0; vertical-align: top; }
    .numbers td, .starts td { vertical-align: top; }
    .numbers { max-width: 34rem; } .numbers td, .numbers th { white-space: nowrap; }
    .warning, .failure { padding: .5rem .8rem; border-radius: 6px; max-width: 50rem; }
    .warning { background: var(--warnback); color: var(--warnink); font-weight: 600; }
    .failure { background: var(--hatch); }
    .failure b { background: var(--ground); border-radius: 4px; padding: 0 .4em; }
    .note { color: var(--soft); font-size: .88rem; max-width: 50rem; }
    details { margin-top: .8rem; font-size: .88rem; } summary { color: var(--soft); cursor: pointer; }
    """
}
