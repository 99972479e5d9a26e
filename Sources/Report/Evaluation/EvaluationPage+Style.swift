extension EvaluationPage {
  static let style = """
    * { box-sizing: border-box; }
    body { padding: 1.6rem 1.2rem 3rem; max-width: 76rem; }
    h1 { font-size: 1.6rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.1rem; margin: 0 0 .3rem; }
    header p, section > p, section > ul, footer p { max-width: 52rem; margin: .4rem 0; }
    .standing { color: var(--soft); font-size: .92rem; } .standing b { color: var(--ink); }
    section { border-top: 1px solid var(--line); margin-top: 1.4rem; padding-top: 1.1rem; }
    .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); \
    column-gap: 2.4rem; }
    .tables section { min-width: 0; } .tables .broad { grid-column: 1 / -1; }
    sub { line-height: 1; font-size: .75em; }
    section.table > p { color: var(--soft); font-size: .92rem; }
    footer { margin-top: 1.6rem; padding-top: 1rem; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    .table table { margin-top: .5rem; }
    .table th, .table td { text-align: left; padding: .35rem 1.3rem .35rem 0; vertical-align: top; }
    .table thead th { font-weight: 600; padding-bottom: .1rem; }
    .table thead tr + tr th { font-weight: 400; color: var(--soft); }
    .table tbody tr { border-top: 1px solid var(--line); }
    .table tbody th { font-weight: 400; max-width: 9rem; }
    .table td b { font-weight: 400; white-space: nowrap; } .table td small { display: block; }
    .table td.best b { font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
    small { color: var(--soft); white-space: nowrap; }
    #app:not([hidden]) { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1.6rem; \
    margin-top: .8rem; }
    #app select, #app input, #app button { font: inherit; font-size: .88rem; color: var(--ink); \
    background: var(--ground); border: 1px solid var(--line); border-radius: 6px; \
    padding: .3rem .6rem; }
    .side { display: flex; flex-direction: column; gap: .5rem; }
    #pictures { list-style: none; margin: 0; padding: 0; overflow: auto; height: 46rem; \
    border: 1px solid var(--line); border-radius: 8px; }
    #pictures li { display: flex; gap: .6rem; padding: .35rem .6rem; cursor: pointer; \
    font-size: .84rem; line-height: 1.3; align-items: center; }
    #pictures li + li { border-top: 1px solid var(--line); }
    #pictures li > span { overflow-wrap: anywhere; min-width: 0; }
    #pictures li small, #shown small { white-space: normal; }
    #pictures [aria-selected=true], #pictures li:hover { background: var(--tint); }
    #pictures img { width: 2.6rem; height: 2.6rem; object-fit: cover; border-radius: 4px; flex: none; }
    #shown .top { display: flex; gap: 1rem; align-items: flex-start; }
    #shown .top img { width: 7rem; border-radius: 6px; }
    #shown h3 { margin: 0 0 .4rem; font-size: 1rem; overflow-wrap: anywhere; }
    .pairs { display: flex; flex-wrap: wrap; gap: .4rem; }
    #app .pairs button { cursor: pointer; text-align: left; }
    #app .pairs button[aria-pressed=true] { background: var(--bar); border-color: var(--bar); \
    color: var(--ground); }
    .charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.2rem 1.6rem; \
    margin: 1rem 0; }
    .charts figure { margin: 0; } .charts figcaption { font-size: .86rem; min-height: 4.6em; }
    .charts figcaption b { display: block; }
    .chart { --dash: none; } .chart .curve { stroke-dasharray: var(--dash); cursor: pointer; }
    .chart .dot { stroke-width: 0; }
    .dimmed .curve, .dimmed .dot { opacity: .13; }
    .dimmed .raised { opacity: 1; stroke-width: 2.8; }
    #methods { width: 100%; font-size: .86rem; }
    #methods th { font-weight: 400; color: var(--soft); text-align: right; padding: .15rem .45rem; }
    #methods td { text-align: right; padding: .15rem .45rem; border-top: 1px solid var(--line); }
    #methods th:first-child, #methods td:first-child { text-align: left; padding-left: 0; }
    #methods td, #methods th { white-space: nowrap; } #methods .chart { margin: 0 .3em; }
    #methods td:first-child { white-space: normal; min-width: 11rem; line-height: 1.25; }
    #methods tr.raised td { background: var(--tint); } #methods .best { font-weight: 700; }
    #methods label { cursor: pointer; } #methods svg { display: inline-block; width: 2.2em; \
    height: .7em; }
    #methods .off { opacity: .45; }
    @media (max-width: 52rem) { #app:not([hidden]) { grid-template-columns: minmax(0, 1fr); } \
    #pictures { height: 14rem; } .charts { grid-template-columns: minmax(0, 1fr); } }
    @media print { #app { display: none !important; } body { max-width: none; font-size: 11pt; } \
    section { break-inside: avoid; } }

    """
}
