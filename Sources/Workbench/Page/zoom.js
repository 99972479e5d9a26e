/** How near the large picture is looked at: which part of it fills its room, by wheel, buttons, fingers and keys. */

/** @typedef {{zoom: number, x: number, y: number}} Section the enlargement, and where its left and upper edge lie, as fractions of the picture */

const most = 32
const step = 1.5

/** @type {Section} */
export const section = { zoom: 1, x: 0, y: 0 }

/** @param {number} at a fraction of the canvas @param {'x'|'y'} axis @returns {number} the fraction of the picture there */
export const toPicture = (at, axis) => section[axis] + at / section.zoom

/** @param {number} at a fraction of the picture @param {'x'|'y'} axis @returns {number} the fraction of the canvas there */
export const toCanvas = (at, axis) => (at - section[axis]) * section.zoom

/** @param {number} zoom @param {number} x @param {number} y */
function set(zoom, x, y) {
  section.zoom = Math.min(Math.max(zoom, 1), most)
  const inside = (/** @type {number} */ at) => Math.min(Math.max(at, 0), 1 - 1 / section.zoom)
  section.x = inside(x)
  section.y = inside(y)
}

/** Shows the whole picture again. */
export const showWhole = () => set(1, 0, 0)

/**
 * Comes nearer or goes away, where a place of the canvas stays where it is.
 * @param {number} times
 * @param {number} u the place, as fractions of the canvas
 * @param {number} v
 */
function zoomBy(times, u, v) {
  const [x, y] = [toPicture(u, 'x'), toPicture(v, 'y')]
  const zoom = Math.min(Math.max(section.zoom * times, 1), most)
  set(zoom, x - u / zoom, y - v / zoom)
}

/** @param {number} across fractions of the canvas @param {number} down */
const pan = (across, down) =>
  set(section.zoom, section.x + across / section.zoom, section.y + down / section.zoom)

/**
 * Moves so far that a place of the picture is seen.
 * @param {number} x
 * @param {number} y
 */
export function reveal(x, y) {
  const near = (/** @type {number} */ from, /** @type {number} */ at) =>
    Math.min(Math.max(from, at - 0.9 / section.zoom), at - 0.1 / section.zoom)
  if (section.zoom > 1) set(section.zoom, near(section.x, x), near(section.y, y))
}

/**
 * Makes a canvas obey wheel, fingers and keys; called once for each canvas of the picture.
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} tell is called when another part is to be seen
 */
export function buildZoom(canvas, tell) {
  /** @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
  const place = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect()
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height]
  }
  canvas.addEventListener('wheel', (event) => {
    // Without Ctrl, which trackpads send for a pinch too, the wheel moves the page.
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.004)), ...place(event))
    tell()
  }, { passive: false })
  canvas.addEventListener('dblclick', (event) => {
    zoomBy(2, ...place(event))
    tell()
  })
  fingers(canvas, place, tell)
}

/**
 * One finger or a pressed mouse drags what is enlarged; two come nearer.
 * @param {HTMLCanvasElement} canvas
 * @param {(event: PointerEvent) => [number, number]} place
 * @param {() => void} tell
 */
function fingers(canvas, place, tell) {
  /** @type {Map<number, [number, number]>} */
  const down = new Map()
  const middle = () => [0, 1].map((axis) => [...down.values()].reduce((sum, at) => sum + at[axis], 0) / down.size)
  const spread = () => {
    const [a, b] = [...down.values()]
    return b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0
  }
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.defaultPrevented) return
    down.set(event.pointerId, place(event))
    if (section.zoom > 1 || down.size > 1) canvas.setPointerCapture(event.pointerId)
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!down.has(event.pointerId)) return
    const [[x, y], far] = [middle(), spread()]
    down.set(event.pointerId, place(event))
    const [[u, v], now] = [middle(), spread()]
    if (section.zoom === 1 && !far) return
    pan(x - u, y - v)
    if (far > 0.01 && now > 0.01) zoomBy(now / far, u, v)
    tell()
  })
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel', 'lostpointercapture'])) {
    canvas.addEventListener(name, (event) => down.delete(event.pointerId))
  }
}

/**
 * Does what a key means for the part that is seen.
 * @param {{key: string, shiftKey: boolean}} event
 * @returns {boolean} whether it means anything
 */
export function zoomByKey({ key, shiftKey }) {
  const way = /** @type {Record<string, [number, number]>} */ ({
    ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1],
  })[key]
  if (way && shiftKey && section.zoom > 1) pan(...way)
  else if (key === '+' || key === '=') zoomBy(step, 0.5, 0.5)
  else if (key === '-' || key === '_') zoomBy(1 / step, 0.5, 0.5)
  else if (key === '0') showWhole()
  else return false
  return true
}
