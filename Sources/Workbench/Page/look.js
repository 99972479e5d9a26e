/** The large picture: the photo, the map over it, its legend, and the value under the pointer. */

import { colorMaps } from './colors.js'
import { byId, fill } from './dom.js'
import { valueAt } from './maps.js'
import { number, unit } from './numbers.js'
import { drawLegend, drawScene } from './overlay.js'
import { change, state } from './state.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {import('./api.js').Rectangle} Rectangle */
/** @typedef {import('./maps.js').Ready} Ready */
/**
 * What is shown large.
 * @typedef {object} Shown
 * @property {HTMLImageElement|null} photo
 * @property {{width: number, height: number}} size the photo's own
 * @property {Rectangle|null} seen
 * @property {MapEntry|null} map
 * @property {Ready|null} ready
 * @property {[number, number]} scale
 * @property {string} title
 */

/** @type {Shown} */
let shown = { photo: null, size: { width: 1, height: 1 }, seen: null, map: null, ready: null, scale: [0, 1], title: '' }
let isPhotoAlone = false
/** Where values are read, as fractions of the photo; nothing where the pointer is elsewhere. */
let probed = { x: 0.5, y: 0.5 }

/** @returns {string} the colours that fit the sign */
export const colorsNow = () => state.sign === 'signed' ? 'diverging'
  : colorMaps.some(({ name, diverging }) => name === state.colors && !diverging) ? state.colors : 'inferno'

/** @returns {import('./overlay.js').Scene|null} what is to be drawn large */
export const sceneNow = () => shown.photo && {
  photo: shown.photo, size: shown.size, seen: shown.seen, opacity: Number(state.opacity),
  heat: shown.ready && !isPhotoAlone
    ? { grid: shown.ready.drawn, scale: shown.scale, colors: colorsNow() } : null,
}

/**
 * Shows something large.
 * @param {Partial<Shown>} what
 */
export function showLarge(what) {
  shown = { ...shown, ...what }
  const { map, ready, photo, title } = shown
  byId('stage').hidden = !photo
  byId('empty').hidden = Boolean(photo) || Boolean(state.input)
  byId('stage-title').textContent = map?.question ?? title
  byId('reading').textContent = map ? reading(map) : ''
  byId('canvas').setAttribute('aria-label', map
    ? `${map.question} A saliency map over the picture. Arrow keys read its values.` : `The picture ${title}.`)
  byId('looks').hidden = !map
  byId('legend').hidden = !ready
  byId('legend-note').hidden = !ready
  if (map && ready) showLegend(map, ready)
  byId('probe').hidden = true
  byId('cross').hidden = true
  draw()
}

/** @param {MapEntry} map @returns {string} how to read the map */
export function reading(map) {
  const name = (/** @type {{label: string}[]|null} */ classes) => classes?.map(({ label }) => label).join(' or ')
  const [fact, foil] = [name(map.fact) ?? 'a higher value', name(map.foil)]
  if (state.sign === 'signed') {
    return foil ? `Red places speak for ${fact} and against ${foil}; blue places speak for ${foil} and against ${fact}.`
      : `Red places speak for ${fact}, blue places against it.`
  }
  return foil ? `Bright places speak for ${fact} and against ${foil}.`
    : `Bright places speak for ${fact}, whatever else they speak for.`
}

/** @param {MapEntry} map @param {Ready} ready */
function showLegend(map, ready) {
  const [low, high] = shown.scale
  drawLegend(byId('legend-colors'), colorsNow())
  byId('legend-low').textContent = number(low)
  byId('legend-middle').textContent = number((low + high) / 2)
  byId('legend-high').textContent = number(high)
  byId('legend-unit').textContent = unit(map.score) + (ready.aboveMean ? ' above the mean score' : '')
  byId('legend-note').textContent = [
    ready.lacksSign ? 'Nothing in this map speaks against it.' : '',
    ready.aboveMean ? 'The mean score is the value of a place that does not matter.' : '',
    ready.ofPixels
      ? 'Single pixels are drawn as means over small squares, with the strongest 0.5 % in the last colour.' : '',
    high === 0 ? 'The map is zero everywhere: no place speaks for this.' : '',
  ].filter(Boolean).join(' ')
}

/** Draws the large picture as large as there is room. */
export function draw() {
  const canvas = byId('canvas')
  const scene = sceneNow()
  if (!scene) return
  const [width, height] = [scene.photo.naturalWidth, scene.photo.naturalHeight]
  const room = byId('canvas-room').clientWidth
  if (!room) return
  const most = Math.max(260, Math.min(innerHeight * 0.68, 1100))
  const ratio = Math.min(room / width, most / height)
  const sharp = Math.min(devicePixelRatio || 1, 1800 / (Math.max(width, height) * ratio))
  const size = { width: Math.round(width * ratio * sharp), height: Math.round(height * ratio * sharp) }
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size)
  canvas.style.width = `${width * ratio}px`
  canvas.style.height = `${height * ratio}px`
  drawScene(canvas, scene)
}

/** Makes the controls change the look; called once. */
export function buildLook() {
  new ResizeObserver(draw).observe(byId('canvas-room'))
  byId('opacity').addEventListener('input', () => change({ opacity: byId('opacity').value }))
  byId('colors').addEventListener('change', () => change({ colors: byId('colors').value }))
  for (const key of /** @type {const} */ (['scale', 'sign'])) {
    byId(key).addEventListener('change', (/** @type {any} */ event) => change({ [key]: event.target.value }))
  }
  holdForPhoto()
  const canvas = byId('canvas')
  canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => {
    const box = canvas.getBoundingClientRect()
    probe((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height, false)
  })
  for (const name of ['pointerleave', 'blur']) canvas.addEventListener(name, () => {
    byId('probe').hidden = true
    byId('cross').hidden = true
  })
  canvas.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const step = /** @type {Record<string, number[]>} */ ({
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    })[event.key]
    if (!step) return
    event.preventDefault()
    const far = event.shiftKey ? 0.1 : 0.02
    const inside = (/** @type {number} */ at) => Math.min(Math.max(at, 0), 0.9999)
    probe(inside(probed.x + step[0] * far), inside(probed.y + step[1] * far), true)
  })
}

/** The photo alone, as long as a button or the key H is held. */
function holdForPhoto() {
  const button = byId('alone')
  const set = (/** @type {boolean} */ alone) => {
    if (alone === isPhotoAlone) return
    isPhotoAlone = alone
    button.setAttribute('aria-pressed', String(alone))
    draw()
  }
  const isTyping = (/** @type {Event} */ event) =>
    event.target instanceof HTMLElement && event.target.matches('input:not([type=range], [type=radio]), select')
  button.addEventListener('pointerdown', () => set(true))
  button.addEventListener('contextmenu', (/** @type {Event} */ event) => event.preventDefault())
  for (const name of ['pointerup', 'pointercancel', 'blur']) addEventListener(name, () => set(false))
  addEventListener('keydown', (event) => {
    const isHeld = event.target === button && (event.key === ' ' || event.key === 'Enter')
    if (isHeld) event.preventDefault()
    const isKey = event.key === 'h' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event)
    if (isHeld || isKey) set(true)
  })
  addEventListener('keyup', () => set(false))
}

/**
 * Reads the map at a place of the photo.
 * @param {number} x @param {number} y @param {boolean} isByKey
 */
function probe(x, y, isByKey) {
  const { map, ready, photo, size, seen } = shown
  if (!map || !ready || !photo || !seen) return
  probed = { x, y }
  const [left, top] = [x * size.width, y * size.height]
  const [u, v] = [(left - seen.x) / seen.width, (top - seen.y) / seen.height]
  const place = `At (${Math.floor(left)}, ${Math.floor(top)})`
  const output = byId('probe')
  output.hidden = false
  output.setAttribute('aria-live', isByKey ? 'polite' : 'off')
  output.textContent = u < 0 || v < 0 || u > 1 || v > 1
    ? `${place}: the network did not see this.`
    : `${place}: ${number(valueAt(ready.read, u, v))} ${unit(map.score)}`
  const cross = byId('cross')
  cross.hidden = !isByKey
  cross.style.left = `${byId('canvas').offsetLeft + x * byId('canvas').clientWidth}px`
  cross.style.top = `${byId('canvas').offsetTop + y * byId('canvas').clientHeight}px`
}

/** Shows the controls of the state. */
export function showLooks() {
  byId('opacity').value = state.opacity
  byId('opacity-value').textContent = `${Math.round(Number(state.opacity) * 100)} %`
  for (const key of /** @type {const} */ (['scale', 'sign'])) {
    const button = byId(key).querySelector(`[value="${state[key]}"]`)
    if (button) button.checked = true
  }
  const isSigned = state.sign === 'signed'
  fill(byId('colors'), colorMaps.filter(({ diverging }) => diverging === isSigned)
    .map(({ name, title }) => ({ value: name, text: title })), colorsNow())
  byId('colors').disabled = isSigned
}
