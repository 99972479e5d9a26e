extension TreePage {
  static let style = """
    * { box-sizing: border-box; }
    body { margin: 0; padding: 1rem 1.2rem 2rem; }
    h1 { font-size: 1.35rem; margin: 0; }
    h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
    header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; }
    header p { color: var(--soft); margin: 0; }
    footer { margin-top: 1.2rem; }
    footer p { max-width: 46rem; margin: .4rem 0; }
    .tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin: .8rem 0 .6rem; }
    .tools button, .tools input { font: inherit; font-size: .88rem; color: var(--ink); \
    background: var(--ground); border: 1px solid var(--line); padding: .3rem .7rem; }
    .tools input { border-radius: 6px; width: 16rem; }
    .levels, .zoom { display: flex; }
    .levels span { color: var(--soft); font-size: .88rem; align-self: center; margin-right: .5rem; }
    .tools button { cursor: pointer; margin-left: -1px; }
    .tools button:first-of-type { border-radius: 6px 0 0 6px; }
    .tools button:last-of-type { border-radius: 0 6px 6px 0; }
    .tools button:hover, #found li:hover, #found [aria-selected=true] { background: var(--tint); }
    .tools button[aria-pressed=true] { background: var(--bar); border-color: var(--bar); \
    color: var(--ground); }
    .search { position: relative; }
    #found { position: absolute; z-index: 2; inset: 100% 0 auto; margin: .2rem 0 0; padding: .2rem 0; \
    list-style: none; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; \
    box-shadow: 0 6px 18px #0003; font-size: .88rem; }
    #found li { padding: .2rem .7rem; cursor: pointer; }
    #found small, #side small { color: var(--soft); }
    .stage { display: flex; height: calc(100vh - 9.2rem); min-height: 26rem; \
    border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
    #view { flex: 1; min-width: 0; height: 100%; touch-action: none; cursor: grab; \
    user-select: none; -webkit-user-select: none; }
    #view:focus:not(:focus-visible) { outline: none; }
    #view.moving { cursor: grabbing; }
    #view:focus-visible, .tools :focus-visible, #side :focus-visible { outline: 2px solid var(--bar); \
    outline-offset: -2px; }
    #view text { font-size: 12px; fill: var(--ink); paint-order: stroke; stroke: var(--ground); \
    stroke-width: 3px; stroke-linejoin: round; }
    #view .chosen text { stroke: none; }
    #view text.soft, #view .soft { fill: var(--soft); }
    #view .heading { font-size: 11px; fill: var(--soft); }
    #view .shade { fill: var(--ground); }
    #view .column { stroke: var(--line); stroke-dasharray: 2 4; }
    #view path { fill: none; stroke: var(--twig); }
    #view path.way { stroke: var(--bar); stroke-width: 2; }
    #view circle { stroke: var(--twig); stroke-width: 1.4; fill: var(--ground); }
    #view .folded circle { fill: var(--twig); }
    #view g[data-n] { cursor: pointer; }
    #view .mate text { fill: var(--bar); font-weight: 600; }
    #view .mate circle { stroke: var(--bar); }
    #view .mate.folded circle { fill: var(--bar); }
    #view .chosen .back { fill: var(--tint); stroke: var(--bar); }
    #view .back { fill: none; }
    #view g[data-n]:hover text { text-decoration: underline; }
    #side { flex: 0 0 19rem; overflow: auto; border-left: 1px solid var(--line); padding: .9rem 1rem; \
    background: var(--raised); font-size: .92rem; }
    #side h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
    #side h3 { margin: 1rem 0 .1rem; font-size: .82rem; font-weight: 600; color: var(--soft); }
    #side p { margin: .1rem 0; }
    #side a { color: var(--bar); text-decoration: none; }
    #side a:hover { text-decoration: underline; }
    #list ul { margin: 0; padding-left: 1.3rem; }
    #list i { font-style: normal; } #list small { color: var(--soft); margin-right: .4em; }
    #list [data-level="1"] > i { display: none; }
    #list [data-level="1"] > ul, #list [data-class] { display: inline; padding: 0; }
    #list [data-class]:not(:last-child)::after { content: ", "; }
    .scripted #list { display: none; }
    @media (max-width: 52rem) { .stage { flex-direction: column; height: 40rem; } \
    #side { flex: 0 0 11rem; border-left: 0; border-top: 1px solid var(--line); } }
    @media print { #app, .keys { display: none; } .scripted #list { display: block; } \
    #list > ul { columns: 3; font-size: 8pt; line-height: 1.3; padding: 0; } body { padding: 0; } }
    """
}
