extension EvaluationPage {
  /// Reads curves back from the page's data.
  static let curveScript = #"""
    'use strict';
    const data = JSON.parse(document.getElementById('data').textContent);
    function curvesOf(run, pair) {
      const bytes = Uint8Array.from(atob(pair.curves), c => c.charCodeAt(0));
      const view = new DataView(bytes.buffer);
      let at = 0;
      const next = () => { at += 2; return view.getUint16(at - 2, true); };
      const log = () => -next() / 2000;
      return pair.numbers.map(numbers => {
        if (!numbers) return null;
        const contrast = Array.from({ length: next() }, () => {
          const x = next() / 65535 * numbers[0], fact = log(), foil = log();
          return [x, Math.exp(fact) * -Math.expm1(foil)];
        });
        const deleted = run.deletion.map(x => [x * run.n, log(), log()]);
        return {
          contrast, end: numbers[0],
          deletion: deleted.map(([x, fact]) => [x, Math.exp(fact)]),
          odds: deleted.map(([x, fact, foil]) => [x, fact - foil]),
          insertion: run.insertion.map(x => [x * run.n, Math.exp(log())]),
        };
      });
    }
    const raised = text => text.replace(/[-\d]/g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]);
    function short(value) {
      if (value == null) return '–';
      if (value === 0) return '0';
      const size = Math.abs(value), power = Math.floor(Math.log10(size));
      const text = power < -1 ? `${(size / 10 ** power).toFixed(2)} × 10${raised(String(power))}`
        : size.toFixed(Math.max(0, 2 - power));
      return (value < 0 ? '−' : '') + text;
    }
    const counted = value => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
    const escaped = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
    """#

  /// Draws curves of several methods over one axis.
  static let chartScript = #"""
    const dashes = ['none', '6 4', '2 3', '10 3 2 3', '14 4', '4 2 1 2'];
    const inkOf = (run, m) => `ink${run.methods[m][1] % 6}`;
    const dashOf = (run, m) => dashes[run.methods[m][0] % dashes.length];
    function axis(low, high, steps, isOpen) {
      const rough = (high - low) / steps, power = 10 ** Math.floor(Math.log10(rough)), lead = rough / power;
      const step = (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
      const first = isOpen ? Math.floor(low / step + 1e-6) : Math.ceil(low / step - 1e-6);
      const last = isOpen ? Math.ceil(high / step - 1e-6) : Math.floor(high / step + 1e-6);
      const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
      const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      const text = value => step >= 1 ? (value < 0 ? '−' : '') + counted(Math.abs(value)) : value.toFixed(digits).replace('-', '−');
      return { low: isOpen ? first * step : low, high: isOpen ? last * step : high, ticks, text };
    }
    function valueAt(points, x) {
      const i = points.findIndex(point => point[0] >= x);
      if (i < 1) return points.length ? points[Math.max(i, 0)][1] : NaN;
      const [a, b] = [points[i - 1], points[i]];
      return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]);
    }
    function chart(run, curves, kind, xLabel) {
      const shown = curves.map((all, m) => ({ m, points: all ? all[kind] : [], end: all ? all.end : 0 }))
        .filter(series => series.points.length);
      const xs = shown.flatMap(series => series.points.map(point => point[0]));
      const ys = shown.flatMap(series => series.points.map(point => point[1])).concat(0);
      const x = axis(0, Math.max(1, ...xs), 5, false), y = axis(Math.min(...ys), Math.max(...ys, 1e-9), 4, true);
      const width = 440, height = 236, left = 14 + 6.2 * Math.max(...y.ticks.map(tick => y.text(tick).length));
      const [top, right, bottom] = [8, width - 14, height - 36];
      const across = value => (left + (value - x.low) / (x.high - x.low) * (right - left)).toFixed(1);
      const down = value => (bottom - (value - y.low) / (y.high - y.low) * (bottom - top)).toFixed(1);
      const rows = y.ticks.map(tick => `<path class="grid" d="M${left} ${down(tick)}H${right}"/><text class="end" x="${left - 6}" y="${down(tick)}" dy="4">${y.text(tick)}</text>`);
      const columns = x.ticks.map(tick => `<text class="mid" x="${across(tick)}" y="${bottom + 15}">${x.text(tick)}</text>`);
      const lines = shown.map(({ m, points, end }) => {
        const way = points.map(([a, b]) => `${across(a)} ${down(b)}`).join('L');
        const last = valueAt(points, end), ink = inkOf(run, m);
        const dot = kind === 'insertion' || !end ? '' : `<circle class="dot" data-m="${m}" cx="${across(end)}" cy="${down(last)}" r="3.2" fill="var(--${ink})"/>`;
        const tick = kind === 'contrast' && end ? `<path class="dot ${ink}" data-m="${m}" style="stroke-width:1.5;stroke-dasharray:none" d="M${across(end)} ${bottom}v5"/>` : '';
        return `<path class="curve ${ink}" data-m="${m}" style="--dash:${dashOf(run, m)}" d="M${way}"/>${dot}${tick}`;
      });
      return `<div class="chart"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${kind}">${rows.join('')}`
        + `<path class="axis" d="M${left} ${down(0)}H${right}"/>${columns.join('')}`
        + `<text class="end" x="${right}" y="${height - 4}">${xLabel}</text>${lines.join('')}</svg></div>`;
    }
    """#
}
