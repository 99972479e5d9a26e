/** Curves over one axis as a drawing; curves differ by dashes too, so that it is read without colours. */

import { make } from './dom.js'
import { number } from './numbers.js'

/** @typedef {{name: string, points: [number, number][], ink: number}} Series */
/**
 * @typedef {object} Chart
 * @property {string} label what it shows, for those who cannot see it
 * @property {Series[]} series
 * @property {string} xLabel
 * @property {string} [yLabel]
 * @property {[number, number]} [xRange] the ends of the axis; those of the curves where it is not said
 * @property {[number, number]} [yRange]
 * @property {{x: number, label: string}[]} [marks] places on the x axis
 * @property {number} [width] the drawing's own, which shrinks with the page
 * @property {number} [height]
 */

const inks = 6
document.head.append(make('link', { rel: 'stylesheet', href: '/chart.css' }))

/**
 * @param {string} tag @param {Record<string, string|number>} attributes @param {...(Node|string)} children
 * @returns {SVGElement}
 */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  element.append(...children)
  return element
}

/** @param {number} low @param {number} high @param {number} steps @param {boolean} isOpen whether the ends may move out to round numbers */
function axis(low, high, steps, isOpen) {
  const rough = (high - low || 1) / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  const step = (lead <= 1.001 ? 1 : lead <= 2.001 ? 2 : lead <= 5.001 ? 5 : 10) * power
  const first = isOpen ? Math.floor(low / step + 1e-6) : Math.ceil(low / step - 1e-6)
  const last = isOpen ? Math.ceil(high / step - 1e-6) : Math.floor(high / step + 1e-6)
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  return {
    low: isOpen ? Math.min(first * step, low) : low, high: isOpen ? Math.max(last * step, high) : high || 1,
    ticks: Array.from({ length: Math.max(last - first + 1, 1) }, (_, i) => (first + i) * step),
    text: (/** @type {number} */ value) => value.toFixed(digits).replace(/^-(?=0\.?0*$)/, '').replace('-', '−')
      .replace(/\B(?=(\d{3})+$)/g, digits ? '' : '\u202f'),
  }
}

/**
 * Draws a chart with its legend.
 * @param {Chart} what
 * @returns {{box: HTMLElement, mark: (x: number|null) => void}} the chart, and what moves a line to a place of it
 */
export function chart({ label, series, xLabel, yLabel = '', xRange, yRange, marks = [], width = 480, height = 220 }) {
  const points = series.flatMap((one) => one.points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const x = axis(...xRange ?? [Math.min(0, ...xs), Math.max(...xs, 0)], width > 400 ? 5 : 4, false)
  const y = axis(...yRange ?? [Math.min(0, ...ys), Math.max(...ys, 1e-9)], 4, !yRange)
  const left = 14 + 7 * Math.max(...y.ticks.map((tick) => y.text(tick).length))
  const [top, right, bottom] = [yLabel ? 22 : 8, width - 14, height - 36]
  const across = (/** @type {number} */ value) => (left + (value - x.low) / (x.high - x.low) * (right - left)).toFixed(1)
  const down = (/** @type {number} */ value) => (bottom - (value - y.low) / (y.high - y.low) * (bottom - top)).toFixed(1)
  const at = draw('path', { class: 'at', d: '' })
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ...y.ticks.flatMap((tick) => [
      draw('path', { class: 'grid', d: `M${left} ${down(tick)}H${right}` }),
      draw('text', { class: 'end', x: left - 6, y: down(tick), dy: 4 }, y.text(tick)),
    ]),
    draw('path', { class: 'axis', d: `M${left} ${bottom}H${right}` }),
    ...x.ticks.map((tick) => draw('text', { class: 'mid', x: across(tick), y: bottom + 16 }, x.text(tick))),
    draw('text', { class: 'end', x: right, y: height - 4 }, xLabel),
    ...yLabel ? [draw('text', { x: 0, y: 12 }, yLabel)] : [],
    ...marks.flatMap((mark) => [
      draw('path', { class: 'mark', d: `M${across(mark.x)} ${top}V${bottom}` }),
      draw('text', { class: mark.x > (x.low + x.high) / 2 ? 'end' : '', x: Number(across(mark.x)) + (mark.x > (x.low + x.high) / 2 ? -5 : 5), y: top + 11 }, mark.label),
    ]),
    ...series.map((one) => draw('path', { class: `ink${one.ink % inks}`, d: way(one.points, across, down) })), at)
  const keys = series.filter(({ name }) => name).map(({ name, ink }) => make('span', {},
    draw('svg', { viewBox: '0 0 24 8', 'aria-hidden': 'true' }, draw('path', { class: `ink${ink % inks}`, d: 'M0 4H24' })), name))
  return {
    box: make('div', { className: 'chart' }, svg, keys.length ? make('div', { className: 'keys' }, ...keys) : null),
    mark: (place) => at.setAttribute('d', place === null ? '' : `M${across(place)} ${top}V${bottom}`),
  }
}

/** @param {[number, number][]} points @param {(x: number) => string} across @param {(y: number) => string} down @returns {string} */
function way(points, across, down) {
  let text = ''
  let isDrawing = false
  for (const [x, y] of points) {
    const isThere = Number.isFinite(x) && Number.isFinite(y)
    if (isThere) text += `${isDrawing ? 'L' : 'M'}${across(x)} ${down(y)}`
    isDrawing = isThere
  }
  return text
}

/** @typedef {{passes: boolean, salientPixels: number, pixels: number, drop?: number, p?: number, cauc?: number, cdrop?: number,
 *   controlDrops?: {mean: number, critical?: number}, settings: {draws: number, control: string},
 *   curve: {deleted: number[], fact: number[], foil?: number[], score: number[]}}} Check */

/**
 * What a check of a map found: the probabilities while its strongest pixels go, and its fall beside that of random pixels.
 * @param {Check} check
 * @param {string} fact the name of P
 * @param {string|null} foil the name of Q
 * @returns {HTMLElement}
 */
export function checkChart(check, fact, foil) {
  const { curve, salientPixels, controlDrops, drop } = check
  const end = curve.deleted.find((count) => count >= 3 * salientPixels) ?? check.pixels
  const points = (/** @type {number[]} */ values) => /** @type {[number, number][]} */ (
    curve.deleted.flatMap((count, i) => count <= end ? [[count, values[i]]] : []))
  const series = [{ name: fact, points: points(curve.fact), ink: 0 },
    ...foil && curve.foil ? [{ name: foil, points: points(curve.foil), ink: 1 }, { name: 'contrastive score', points: points(curve.score), ink: 2 }] : []]
  const numbers = [['CAUC', check.cauc], ['CDROP', check.cdrop]].flatMap(([name, value]) => typeof value === 'number' ? [`${name} ${number(value)}`] : [])
  return make('div', { className: 'check-chart' },
    chart({
      label: `The probability of ${fact} while the map’s strongest pixels are deleted: from ${number(curve.fact[0])} to ${number(points(curve.fact).at(-1)?.[1] ?? 0)}.`,
      series, xLabel: 'pixels deleted, strongest first', yLabel: 'probability', xRange: [0, Math.max(end, 1)], yRange: [0, 1],
      marks: salientPixels ? [{ x: salientPixels, label: `the map’s ${salientPixels} strongest` }] : [],
    }).box,
    typeof drop === 'number' && controlDrops ? fall(check, drop, controlDrops) : null,
    numbers.length ? make('p', { className: 'help' }, `${numbers.join(', ')}.`) : null)
}

/** @param {Check} check @param {number} own @param {{mean: number, critical?: number}} controls @returns {HTMLElement} how far the log-odds fall */
function fall({ passes, settings }, own, { mean, critical }) {
  const [width, base] = [480, 30]
  const ends = [0, own, mean, critical ?? mean]
  const x = axis(Math.min(...ends), Math.max(...ends), 5, true)
  const across = (/** @type {number} */ value) => Number((10 + (value - x.low) / (x.high - x.low || 1) * (width - 24)).toFixed(1))
  const what = settings.control === 'shifted' ? 'the same pattern elsewhere' : 'random pixels'
  const words = `Without the map’s pixels the log-odds fall by ${number(own)}; without ${what} by ${number(mean)} on average`
    + (typeof critical === 'number' ? `, and a map passes above ${number(critical)}.` : '.')
  const band = typeof critical === 'number'
    ? [draw('path', { class: 'band', d: `M${across(mean)} 8H${across(critical)}V${base}H${across(mean)}Z` })] : []
  return make('div', { className: 'chart' },
    draw('svg', { viewBox: `0 0 ${width} 50`, role: 'img', 'aria-label': words }, ...band,
      draw('path', { class: 'axis', d: `M10 ${base}H${width - 14}` }),
      draw('path', { class: 'mark', d: `M${across(mean)} 6V${base}` }),
      draw('path', { class: passes ? 'ink0 own' : 'chance own', d: `M${across(own)} 4V${base}` }),
      ...x.ticks.map((tick) => draw('text', { class: 'mid', x: across(tick), y: base + 16 }, x.text(tick)))),
    make('p', { className: 'help' }, `${words} The grey band is that of ${what}, the bold line this map’s.`))
}
