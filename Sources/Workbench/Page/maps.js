/** Maps as numbers: fetched once, made ready to draw, read at a place. */

import { request, ServerError } from './api.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {{width: number, height: number, values: Float32Array}} Grid */
/**
 * A map made ready to draw.
 * @typedef {object} Ready
 * @property {Grid} read the numbers to read off
 * @property {Grid} drawn the numbers to draw, less what says nothing
 * @property {Grid} whole all of them with their sign, less what says nothing
 * @property {[number, number]} reach the numbers that colours are needed for
 * @property {boolean} ofPixels whether it is drawn as means over small squares
 * @property {boolean} aboveMean whether it is drawn from its mean on
 * @property {boolean} lacksSign whether signed numbers were asked for and there are none
 */

/** Methods that hide or join parts of the picture: their maps are smooth, although they are of the input. */
const hiding = new Set(['rise', 'occlusion', 'lime', 'kernel-shap', 'xrai', 'pda'])
/** The squares along the longer side of a map of single pixels. */
const squares = 75
/** How many are remembered: more than the maps of any answer that was shown. */
let remembered = 120
/** @type {Map<string, Promise<Grid>>} */
const fetched = new Map()
/** @type {Map<string, Promise<Ready>>} */
const prepared = new Map()

/**
 * The numbers of a map.
 * @param {string} id of an answer, or of what there is of one so far
 * @param {string} key
 * @returns {Promise<Grid>}
 */
export async function getMap(id, key) {
  const path = `/api/answers/${id}/maps/${encodeURIComponent(key)}`
  const response = await request(path)
  const height = Number(response.headers.get('X-Map-Height'))
  const width = Number(response.headers.get('X-Map-Width'))
  return gridsOf(await response.arrayBuffer(), [[height, width]])[0]
}

/**
 * Fetches maps of an answer that are not there yet, all by one request.
 * @param {string} id of an answer, or of what there is of one so far
 * @param {MapEntry[]} maps all of its manifest, in their order
 * @param {'positive'|'signed'} sign
 */
export function fetchMaps(id, maps, sign) {
  remembered = Math.max(remembered, 4 * maps.length)
  if (maps.length < 2 || maps.every(({ key }) => prepared.has(`${id} ${key} ${sign}`) || fetched.has(`${id} ${key}`))) return
  const coming = getMaps(id)
  maps.forEach(({ key }, i) => once(fetched, `${id} ${key}`, async () => {
    const all = await coming
    // An answer that is still worked on may have come further than its manifest.
    return all.length === maps.length ? all[i] : getMap(id, key)
  }))
}

/** @param {string} id @returns {Promise<Grid[]>} */
async function getMaps(id) {
  const response = await request(`/api/answers/${id}/maps`)
  const sizes = (response.headers.get('X-Map-Sizes') ?? '').split(' ').map((size) => size.split('x').map(Number))
  return gridsOf(await response.arrayBuffer(), sizes)
}

/** Whether numbers lie in this machine's memory as the server sends them, the least byte first. */
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** @param {ArrayBuffer} bytes @param {number[][]} sizes height and width of each @returns {Grid[]} */
function gridsOf(bytes, sizes) {
  const count = sizes.reduce((sum, [height, width]) => sum + height * width, 0)
  if (!(count > 0) || bytes.byteLength !== count * 4) {
    throw new ServerError('The server sent a map of another size than it said.', 0, 0)
  }
  const view = new DataView(bytes)
  const values = isLittleEndian ? new Float32Array(bytes)
    : Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * 4, true))
  let first = 0
  return sizes.map(([height, width]) => ({ width, height, values: values.subarray(first, first += height * width) }))
}

/** @param {string} id @param {string} key @returns {Promise<Grid>} */
function grid(id, key) {
  const name = `${id} ${key}`
  return once(fetched, name, () => getMap(id, key))
}

/**
 * What was made under that name, made only once while it is remembered.
 * @template Made
 * @param {Map<string, Promise<Made>>} made @param {string} name @param {() => Promise<Made>} work
 * @returns {Promise<Made>}
 */
function once(made, name, work) {
  const known = made.get(name)
  if (known) return known
  const coming = work()
  made.set(name, coming)
  coming.catch(() => made.delete(name))
  for (const oldest of made.keys()) if (made.size > remembered) made.delete(oldest)
  return coming
}

/**
 * Fetches a map and makes it ready to draw.
 * @param {string} id the answer's
 * @param {MapEntry} map
 * @param {'positive'|'signed'} sign
 * @returns {Promise<Ready>}
 */
export const ready = (id, map, sign) =>
  once(prepared, `${id} ${map.key} ${sign}`, () => prepare(id, map, sign))

/** @param {string} id @param {MapEntry} map @param {'positive'|'signed'} sign @returns {Promise<Ready>} */
async function prepare(id, map, sign) {
  const signed = sign === 'signed' ? await signedGrid(id, map) : null
  const read = signed ?? await grid(id, map.key)
  const ofPixels = map.layer === 'input' && !hiding.has(map.explainer)
  const nothing = signed ? 0 : map.neutral ?? 0
  const whole = nothing === 0 ? read : less(read, nothing, -Infinity)
  const ends = extremes(whole.values)
  const isCut = sign === 'positive' && ends[0] < 0
  let drawn = isCut ? less(whole, 0, 0) : whole
  if (ofPixels) drawn = coarse(drawn)
  const reach = ofPixels ? central(drawn.values) : isCut ? /** @type {[number, number]} */ ([0, Math.max(0, ends[1])]) : ends
  return { read, drawn, whole, reach, ofPixels, aboveMean: nothing !== 0, lacksSign: sign === 'signed' && reach[0] >= 0 }
}

/**
 * What spoke for and against, as it was at the layer before its last ReLU, kept to its support.
 * @param {string} id @param {MapEntry} map @returns {Promise<Grid|null>}
 */
async function signedGrid(id, map) {
  if (map.layer === 'input' || map.minimum < 0) return null
  try {
    const atLayer = await grid(id, `${map.key}/layer`)
    if (map.stage !== 'class') return atLayer
    const support = await grid(id, `${map.key}/support`)
    const values = support.values.map((kept, i) => kept && kept * valueAt(
      atLayer, ((i % support.width) + 0.5) / support.width,
      (Math.floor(i / support.width) + 0.5) / support.height))
    return { width: support.width, height: support.height, values }
  } catch { return null }
}

/** @param {Grid} map @param {number} nothing @param {number} least @returns {Grid} the map less a value, and no less than another */
function less(map, nothing, least) {
  const values = new Float32Array(map.values.length)
  for (let i = 0; i < values.length; i++) values[i] = Math.max(least, map.values[i] - nothing)
  return { ...map, values }
}

/** @param {Grid} map @returns {Grid} means over small squares, which eyes can follow */
function coarse(map) {
  const ratio = Math.max(1, Math.max(map.width, map.height) / squares)
  const width = Math.max(1, Math.round(map.width / ratio))
  const height = Math.max(1, Math.round(map.height / ratio))
  const values = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.floor(y * map.height / height), Math.ceil((y + 1) * map.height / height)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.floor(x * map.width / width), Math.ceil((x + 1) * map.width / width)]
      let sum = 0
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += map.values[v * map.width + u]
      values[y * width + x] = sum / ((bottom - top) * (right - left))
    }
  }
  return { width, height, values }
}

/** @param {Float32Array} values @returns {[number, number]} */
function extremes(values) {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

/** @param {Float32Array} values @returns {[number, number]} where all but one in 200 at either end lie */
function central(values) {
  const sorted = values.slice().sort()
  const outer = Math.floor(sorted.length / 200)
  const [low, high] = [sorted[outer], sorted[sorted.length - 1 - outer]]
  return low < 0 || high > 0 ? [Math.min(low, 0), Math.max(high, 0)] : extremes(values)
}

/**
 * The scale that some maps share, from lowest to highest colour.
 * @param {Ready[]} maps
 * @param {'positive'|'signed'} sign
 * @returns {[number, number]}
 */
export function scaleOver(maps, sign) {
  const high = Math.max(0, ...maps.map(({ reach }) => reach[1]))
  if (sign === 'positive') return [0, high]
  const far = Math.max(high, ...maps.map(({ reach }) => -reach[0]))
  return [-far, far]
}

/**
 * Whether nothing of a map is to be seen on a scale, as in Rather's reports: it fills less than three tenths of it.
 * @param {[number, number]} scale
 * @param {[number, number]} own the map's own
 */
export const isBlankOn = (scale, own) => own[1] > 0 && own[1] < 0.3 * scale[1]

/**
 * What is said of a map in which no place speaks for the answer.
 * @param {MapEntry} map
 * @param {Ready} ready
 * @returns {string} nothing where some place does
 */
export const nothingFor = (map, { reach, aboveMean }) => {
  if (reach[1] > 0) return ''
  return map.minimum < 0 || aboveMean || map.layer !== 'input'
    ? 'No place of this map speaks for it. Choose “For and against” to see what speaks against it.'
    : 'The map is zero everywhere.'
}

/**
 * Which maps are set side by side, so that they share a scale: those of one stage and one score.
 * @param {MapEntry} map
 * @returns {string}
 */
export const family = (map) =>
  [map.stage, map.stage === 'cluster' ? '' : map.cluster, map.score, map.foil ? 'against' : 'alone'].join(' ')

/**
 * The value at a place, interpolated bilinearly between the middles of cells.
 * @param {Grid} map
 * @param {number} u from left to right, 0 to 1
 * @param {number} v from top to bottom, 0 to 1
 * @returns {number}
 */
export function valueAt(map, u, v) {
  const x = Math.min(Math.max(u * map.width - 0.5, 0), map.width - 1)
  const y = Math.min(Math.max(v * map.height - 0.5, 0), map.height - 1)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, bottom] = [Math.min(left + 1, map.width - 1), Math.min(top + 1, map.height - 1)]
  const [a, b] = [x - left, y - top]
  const at = (/** @type {number} */ column, /** @type {number} */ row) => map.values[row * map.width + column]
  return (at(left, top) * (1 - a) + at(right, top) * a) * (1 - b) +
    (at(left, bottom) * (1 - a) + at(right, bottom) * a) * b
}
