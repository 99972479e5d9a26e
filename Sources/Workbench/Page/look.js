/** The large picture: the photo, the map over it, and the value under the pointer. */

import { colorMaps } from './colors.js'
import { byId, fill } from './dom.js'
import { named, number } from './numbers.js'
import { drawScene } from './overlay.js'
import { change, state } from './state.js'
import { threshold } from './support.js'
import { buildZoom, reveal, section, showWhole, toPicture, zoomByKey } from './zoom.js'

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
 * @property {import('./api.js').Network|null} network
 * @property {{map: MapEntry, ready: Ready, scale: [number, number]}|null} pair the map of the reverse question
 */

/** @type {Shown} */
let shown = {
  photo: null, size: { width: 1, height: 1 }, seen: null, map: null, ready: null, scale: [0, 1], title: '',
  network: null, pair: null,
}
let isPhotoAlone = false
/** @type {typeof import('./probe.js')|null} loaded when a value is first read */
let reader = null
/** Where values are read, as fractions of the photo. */
let probed = { x: 0.5, y: 0.5 }

/** @returns {string} the colours that fit the sign */
export const colorsNow = () => state.sign === 'signed' ? 'diverging'
  : colorMaps.some(({ name, diverging }) => name === state.colors && !diverging) ? state.colors : 'inferno'

/** @returns {number} the percentage of places that are drawn */
export const strongestNow = () => Number(state.strongest || 100)

/** @param {Ready} ready @param {[number, number]} scale @returns {import('./overlay.js').Heat} a map as it is to be drawn */
export const heatOf = (ready, scale) =>
  ({ grid: ready.drawn, scale, colors: colorsNow(), above: threshold(ready.drawn, strongestNow()) })

/** @param {Pick<Shown, 'ready'|'scale'>} [of] @returns {import('./overlay.js').Scene|null} what is to be drawn large */
export const sceneNow = (of = shown) => shown.photo && {
  photo: shown.photo, size: shown.size, seen: shown.seen, opacity: Number(state.opacity),
  heat: of.ready && !isPhotoAlone ? heatOf(of.ready, of.scale) : null,
}

/** @returns {import('./probe.js').Pane[]} the pictures that are shown large */
const panes = () => [
  { room: byId('canvas-room'), canvas: byId('canvas'), map: shown.map, ready: shown.ready, scale: shown.scale },
  ...shown.pair ? [{ room: byId('pair-room'), canvas: byId('pair-canvas'), ...shown.pair }] : [],
]

/**
 * Shows something large.
 * @param {Partial<Shown>} what
 */
export function showLarge(what) {
  const before = shown
  shown = { ...shown, ...what }
  if (shown.photo !== before.photo) showWhole()
  const { map, ready, photo, title, pair } = shown
  byId('stage').hidden = !photo
  byId('empty').hidden = Boolean(photo) || Boolean(state.input)
  byId('stage-title').textContent = map?.question ?? title
  byId('reading').textContent = map ? reading(map) : ''
  byId('canvas').setAttribute('aria-label', map
    ? `${map.question} A saliency map over the picture. Arrow keys read its values; plus and minus enlarge.`
    : `The picture ${title}.`)
  byId('pair-room').hidden = !pair
  byId('pair-title').hidden = !pair
  if (pair) {
    byId('pair-title').textContent = pair.map.question
    byId('pair-canvas').setAttribute('aria-label', `${pair.map.question} A saliency map over the same picture.`)
  }
  byId('looks').hidden = !map
  byId('legend').hidden = !ready
  byId('legend-note').hidden = !ready
  if (map?.key !== before.map?.key || photo !== before.photo) hideProbes()
  draw()
}

/** @param {MapEntry} map @returns {string} what its places speak for */
export const factOf = (map) => map.fact ? named(map.fact) : 'a higher value'

/** @param {MapEntry} map @returns {string} how to read the map */
export function reading(map) {
  const [fact, foil] = [factOf(map), map.foil && named(map.foil)]
  if (state.sign === 'signed') {
    return foil ? `Red places speak for ${fact} and against ${foil}; blue places speak for ${foil} and against ${fact}.`
      : `Red places speak for ${fact}, blue places against it.`
  }
  return foil ? `Bright places speak for ${fact} and against ${foil}.`
    : `Bright places speak for ${fact}, whatever else they speak for.`
}

/** The width that there is for a picture. */
let room = 0

/** Draws the large pictures as large as there is room. */
export function draw() {
  if (!shown.photo) return
  const [width, height] = [shown.photo.naturalWidth, shown.photo.naturalHeight]
  // Who asks for a width has the whole page laid out; the observer is told it anyway.
  room ||= byId('canvas-room').clientWidth
  if (!room) return
  const most = Math.max(260, Math.min(innerHeight * 0.68, 1100))
  const ratio = Math.min(room / width, most / height)
  const sharp = Math.min(devicePixelRatio || 1, 1800 / (Math.max(width, height) * ratio))
  const size = { width: Math.round(width * ratio * sharp), height: Math.round(height * ratio * sharp) }
  for (const { canvas, ready, scale } of panes()) {
    if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size)
    canvas.style.width = `${width * ratio}px`
    canvas.style.height = `${height * ratio}px`
    const scene = sceneNow({ ready, scale })
    if (scene) drawScene(canvas, { ...scene, section })
  }
  const isNear = section.zoom > 1
  byId('rooms').classList.toggle('near', isNear)
  byId('zoom-out').disabled = !isNear
  byId('zoom-whole').disabled = !isNear
  byId('zoom-value').textContent = isNear ? `${number(section.zoom)} ×` : ''
}

/** Makes the controls change the look; called once. */
export function buildLook() {
  new ResizeObserver(([{ target }]) => {
    room = target.clientWidth
    draw()
  }).observe(byId('canvas-room'))
  byId('opacity').addEventListener('input', () => change({ opacity: byId('opacity').value }))
  byId('colors').addEventListener('change', () => change({ colors: byId('colors').value }))
  for (const key of /** @type {const} */ (['scale', 'sign'])) {
    byId(key).addEventListener('change', (/** @type {any} */ event) => change({ [key]: event.target.value }))
  }
  byId('strongest').addEventListener('input', () =>
    change({ strongest: byId('strongest').value === '100' ? '' : byId('strongest').value }))
  byId('pair').addEventListener('change', () => change({ pair: byId('pair').checked ? 'reverse' : '' }))
  holdForPhoto()
  for (const [place, id] of ['canvas', 'pair-canvas'].entries()) buildCanvas(byId(id), place)
  for (const [id, key] of [['zoom-in', '+'], ['zoom-out', '-'], ['zoom-whole', '0']]) {
    byId(id).addEventListener('click', () => {
      zoomByKey({ key, shiftKey: false })
      moved()
    })
  }
}

/** What is read is elsewhere now. */
function moved() {
  hideProbes()
  draw()
}

/**
 * Lets a picture be read and enlarged, by pointer and by keys.
 * @param {HTMLCanvasElement} canvas
 * @param {number} place
 */
function buildCanvas(canvas, place) {
  buildZoom(canvas, moved)
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect()
    probed = {
      x: toPicture((event.clientX - box.left) / box.width, 'x'), y: toPicture((event.clientY - box.top) / box.height, 'y'),
    }
    probe(place, false)
  })
  for (const name of ['pointerleave', 'blur']) canvas.addEventListener(name, () => hideProbes())
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (zoomByKey(event)) {
      event.preventDefault()
      return moved()
    }
    const step = /** @type {Record<string, number[]>} */ ({
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    })[event.key]
    if (!step) return
    event.preventDefault()
    const far = (event.shiftKey ? 0.1 : 0.02) / section.zoom
    const inside = (/** @type {number} */ at) => Math.min(Math.max(at, 0), 0.9999)
    probed = { x: inside(probed.x + step[0] * far), y: inside(probed.y + step[1] * far) }
    reveal(probed.x, probed.y)
    draw()
    probe(place, true)
  })
}

/** @param {number} place of the picture that is read @param {boolean} isByKey */
async function probe(place, isByKey) {
  const { x, y } = probed
  reader ??= await import('./probe.js')
  const pane = panes()[place]
  if (pane && shown.photo && x === probed.x && y === probed.y) reader.showProbe(pane, probed, shown, isByKey)
}

function hideProbes() {
  for (const pane of panes()) reader?.hideProbe(pane)
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

/** Shows the controls of the state. */
export function showLooks() {
  byId('opacity').value = state.opacity
  byId('opacity-value').textContent = `${Math.round(Number(state.opacity) * 100)} %`
  for (const key of /** @type {const} */ (['scale', 'sign'])) {
    const button = byId(key).querySelector(`[value="${state[key]}"]`)
    if (button) button.checked = true
  }
  byId('strongest').value = state.strongest || '100'
  byId('strongest-value').textContent = state.strongest ? `the strongest ${state.strongest} %` : 'all'
  byId('pair').checked = state.pair === 'reverse'
  const isSigned = state.sign === 'signed'
  fill(byId('colors'), colorMaps.filter(({ diverging }) => diverging === isSigned)
    .map(({ name, title }) => ({ value: name, text: title })), colorsNow())
  byId('colors').disabled = isSigned
}
