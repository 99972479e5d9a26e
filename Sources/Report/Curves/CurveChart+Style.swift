extension CurveChart {
  /// The number of colours, after which they begin again.
  static let inkCount = 6

  /// What a page with charts adds to its style.
  static let style = """
    .chart svg { display: block; width: 100%; height: auto; overflow: visible; }
    .chart text { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums; }
    .chart .mid { text-anchor: middle; } .chart .end { text-anchor: end; }
    .chart path { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
    .chart .grid { stroke: var(--line); stroke-width: 1; }
    .chart .axis { stroke: var(--soft); stroke-width: 1; }
    .chart .at { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 1 3; }
    .chart .at + text { fill: var(--ink); paint-order: stroke; stroke: var(--ground); \
    stroke-width: 3px; }
    .chart .ink0 { stroke: var(--ink0); }
    .chart .ink1 { stroke: var(--ink1); stroke-dasharray: 6 4; }
    .chart .ink2 { stroke: var(--ink2); stroke-dasharray: 2 4; }
    .chart .ink3 { stroke: var(--ink3); stroke-dasharray: 10 4 2 4; }
    .chart .ink4 { stroke: var(--ink4); stroke-dasharray: 12 3; }
    .chart .ink5 { stroke: var(--ink5); stroke-dasharray: 4 2; }
    .chart .band { stroke: none; opacity: .18; }
    .chart .band.ink0 { fill: var(--ink0); } .chart .band.ink1 { fill: var(--ink1); }
    .chart .band.ink2 { fill: var(--ink2); } .chart .band.ink3 { fill: var(--ink3); }
    .chart .band.ink4 { fill: var(--ink4); } .chart .band.ink5 { fill: var(--ink5); }
    .keys { display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .8rem; color: var(--soft); }
    .keys span { white-space: nowrap; }
    .keys svg { display: inline-block; width: 1.6em; height: .6em; vertical-align: middle; }
    """
}
