/** The value of a map at a place of the picture, and what the square around it holds of the whole. */

import { make } from './dom.js'
import { factOf } from './look.js'
import { valueAt } from './maps.js'
import { number, percent, unit } from './numbers.js'
import { state } from './state.js'
import { toCanvas } from './zoom.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {import('./maps.js').Grid} Grid */
/**
 * A picture with a map on it.
 * @typedef {object} Pane
 * @property {HTMLElement} room
 * @property {HTMLCanvasElement} canvas
 * @property {MapEntry|null} map
 * @property {import('./maps.js').Ready|null} ready
 * @property {[number, number]} scale
 */

/** @type {WeakMap<HTMLElement, {output: HTMLElement, cross: HTMLElement, square: HTMLElement}>} */
const marks = new WeakMap()

/** @param {Pane} pane */
function marksOf({ room }) {
  const known = marks.get(room)
  if (known) return known
  const made = {
    square: make('span', { className: 'square', hidden: true }), cross: make('span', { className: 'cross', hidden: true }),
    output: make('output', { className: 'probe', id: `probe-${room.id}`, hidden: true }),
  }
  room.append(made.square, made.cross, made.output)
  marks.set(room, made)
  return made
}

/**
 * Takes what was read away.
 * @param {Pane} pane
 */
export function hideProbe(pane) {
  for (const one of Object.values(marksOf(pane))) one.hidden = true
}

/**
 * Reads a map at a place of the photo.
 * @param {Pane} pane
 * @param {{x: number, y: number}} at as fractions of the photo
 * @param {{size: {width: number, height: number}, seen: import('./api.js').Rectangle|null,
 *   network: import('./api.js').Network|null}} about
 * @param {boolean} isByKey
 */
export function showProbe(pane, { x, y }, { size, seen, network }, isByKey) {
  const { map, ready, canvas } = pane
  if (!map || !ready || !seen) return
  const { output, cross, square } = marksOf(pane)
  const [left, top] = [x * size.width, y * size.height]
  const [u, v] = [(left - seen.x) / seen.width, (top - seen.y) / seen.height]
  const place = `At (${Math.floor(left)}, ${Math.floor(top)})`
  output.hidden = false
  output.setAttribute('aria-live', isByKey ? 'polite' : 'off')
  const isOutside = u < 0 || v < 0 || u > 1 || v > 1
  square.hidden = isOutside
  if (isOutside) output.textContent = `${place}: the network did not see this.`
  else {
    const { share, ...cell } = contribution(ready.whole, cellsOf(map, ready, network), u, v)
    output.textContent = `${place}: ${number(valueAt(ready.read, u, v))} ${unit(map.score)}. ${holds(map, share)}`
    put(square, canvas, (seen.x + cell.left * seen.width) / size.width, (seen.y + cell.top * seen.height) / size.height)
    square.style.width = `${cell.width * seen.width / size.width * scaleOf(canvas, 'width')}px`
    square.style.height = `${cell.height * seen.height / size.height * scaleOf(canvas, 'height')}px`
  }
  cross.hidden = !isByKey
  put(cross, canvas, x, y)
}

/** @param {HTMLCanvasElement} canvas @param {'width'|'height'} side @returns {number} how long the whole picture would be */
const scaleOf = (canvas, side) =>
  (side === 'width' ? canvas.clientWidth : canvas.clientHeight) * (toCanvas(1, 'x') - toCanvas(0, 'x'))

/** @param {HTMLElement} mark @param {HTMLCanvasElement} canvas @param {number} x @param {number} y */
function put(mark, canvas, x, y) {
  mark.style.left = `${canvas.offsetLeft + toCanvas(x, 'x') * canvas.clientWidth}px`
  mark.style.top = `${canvas.offsetTop + toCanvas(y, 'y') * canvas.clientHeight}px`
}

/**
 * The squares whose contributions are told: those of the layer, or as many as eyes can follow.
 * @param {MapEntry} map @param {import('./maps.js').Ready} ready @param {import('./api.js').Network|null} network
 * @returns {[number, number]} rows and columns
 */
function cellsOf(map, ready, network) {
  const { width, height } = ready.whole
  const most = 16
  const grid = network?.layers.find(({ name }) => name === map.layer)?.grid
  if (grid?.length === 2 && grid[0] <= height && grid[1] <= width) return [grid[0], grid[1]]
  const ratio = Math.min(1, most / Math.max(width, height))
  return [Math.max(1, Math.round(height * ratio)), Math.max(1, Math.round(width * ratio))]
}

/** @param {MapEntry} map @param {number} share @returns {string} */
function holds(map, share) {
  const fact = factOf(map)
  if (share >= 0) return `This square holds ${percent(share)} of all that speaks for ${fact}.`
  return state.sign === 'signed' || map.minimum < 0
    ? `This square holds ${percent(-share)} of all that speaks against ${fact}.` : ''
}

/**
 * The square of some cells in which a place lies, and what it holds of all that speaks for the fact, or against it.
 * @param {Grid} grid
 * @param {[number, number]} cells rows and columns
 * @param {number} u from left to right, 0 to 1
 * @param {number} v from top to bottom, 0 to 1
 * @returns {{left: number, top: number, width: number, height: number, share: number}} the square as fractions of
 *   the grid; the share is negative for what speaks against it
 */
export function contribution(grid, [rows, columns], u, v) {
  const column = Math.min(Math.floor(u * columns), columns - 1)
  const row = Math.min(Math.floor(v * rows), rows - 1)
  const edge = (/** @type {number} */ i, /** @type {number} */ count, /** @type {number} */ length) =>
    Math.round(i * length / count)
  const [left, right] = [edge(column, columns, grid.width), edge(column + 1, columns, grid.width)]
  const [top, bottom] = [edge(row, rows, grid.height), edge(row + 1, rows, grid.height)]
  let [sum, positive, negative] = [0, 0, 0]
  for (let y = 0, i = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++, i++) {
      const value = grid.values[i]
      if (value > 0) positive += value
      else negative -= value
      if (x >= left && x < right && y >= top && y < bottom) sum += value
    }
  }
  const whole = sum >= 0 ? positive : negative
  return {
    left: left / grid.width, top: top / grid.height, width: (right - left) / grid.width,
    height: (bottom - top) / grid.height, share: whole > 0 ? sum / whole : 0,
  }
}
