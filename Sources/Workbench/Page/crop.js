/** A rectangle on the picture that can be moved and stretched: what the network is shown. */

import { byId, make, say } from './dom.js'
import { change, state } from './state.js'

/** @typedef {import('./region.js').Shown} Shown */
/** @typedef {import('./api.js').Rectangle} Rectangle */

/** @type {Shown|null} */
let shown = null
/**
 * The rectangle in the photo's pixels.
 * @type {Rectangle}
 */
let part = { x: 0, y: 0, width: 1, height: 1 }
/** The rectangle of the state that `part` follows from, so that what is dragged is not taken back. */
let followed = ''
let keepsShape = true
let waiting = 0
/** The least side in pixels of the photo. */
const least = 8

const corners = /** @type {const} */ (['nw', 'ne', 'sw', 'se'])
const frame = make('div', {
  id: 'crop-frame', className: 'crop-frame', tabIndex: 0, role: 'group', hidden: true,
  'aria-label': 'What the network sees. Arrow keys move it, plus and minus change its size; with Shift by larger steps.',
}, ...corners.map((corner) => make('span', { className: `crop-corner ${corner}`, 'data-corner': corner })))
const keep = make('input', { type: 'checkbox', id: 'crop-keep', checked: true })
const fields = /** @type {const} */ (['x', 'y', 'width', 'height'])
const titles = { x: 'Left', y: 'Top', width: 'Width', height: 'Height' }

build()

function build() {
  // Until the style has come, the rectangle moves the canvas aside.
  document.head.append(make('link', { rel: 'stylesheet', href: '/crop.css', onload: place }))
  byId('canvas-room').append(frame)
  byId('crop-tools').append(
    make('p', { className: 'help' }, 'Drag the rectangle or its corners. What lies in it is brought to the size of the network’s input.'),
    make('div', { className: 'crop-fields' }, ...fields.map((key) => make('label', {}, `${titles[key]} `, make('input', {
      type: 'number', id: `crop-${key}`, step: 1, min: key === 'x' || key === 'y' ? 0 : 1,
      onchange: () => typed(key),
    })))),
    make('label', { className: 'crop-keep' }, keep, ' Keep the shape of the network’s input'),
    make('div', { className: 'question-tools' },
      make('button', { type: 'button', className: 'small', id: 'crop-card', onclick: () => set('') }, 'The default part'),
      make('button', { type: 'button', className: 'small', id: 'crop-whole', onclick: () => set('whole') }, 'The whole picture')))
  keep.addEventListener('change', () => { keepsShape = keep.checked; if (keepsShape) { shape(); place(); later() } })
  frame.addEventListener('pointerdown', drag)
  frame.addEventListener('keydown', move)
  new ResizeObserver(place).observe(byId('canvas'))
}

/**
 * Shows the rectangle, or takes it away.
 * @param {Shown|null} next
 */
export function showCrop(next) {
  shown = next
  byId('crop-tools').hidden = !next
  frame.hidden = !next
  if (!next) return
  const told = `${state.input} ${state.region} ${JSON.stringify(next.seen)}`
  if (told !== followed && next.seen && !waiting) {
    followed = told
    // Where borders are filled, what the network sees sticks out of the photo.
    const { seen, size } = next
    const [x, y] = [Math.max(seen.x, 0), Math.max(seen.y, 0)]
    const [right, bottom] = [Math.min(seen.x + seen.width, size.width), Math.min(seen.y + seen.height, size.height)]
    const [width, height] = [right - x, bottom - y]
    part = { x, y, width, height }
    const isOfShape = Math.abs(width / height / (next.input.width / next.input.height) - 1) < 0.02
    if (!isOfShape) keepsShape = keep.checked = false
  }
  byId('crop-card').disabled = state.region === ''
  byId('crop-whole').disabled = state.region === 'whole'
  place()
}

/** @param {string} region */
function set(region) {
  clearTimeout(waiting)
  waiting = 0
  followed = ''
  if (!region) keepsShape = keep.checked = true
  change({ region, map: '' })
  say(region ? 'The network sees the whole picture.' : 'The network sees its default part of the picture.')
}

/** Puts the rectangle where it belongs on the canvas. */
function place() {
  if (!shown) return
  const canvas = byId('canvas')
  const ratio = canvas.clientWidth / shown.size.width
  Object.assign(frame.style, {
    left: `${canvas.offsetLeft + part.x * ratio}px`, top: `${canvas.offsetTop + part.y * ratio}px`,
    width: `${part.width * ratio}px`, height: `${part.height * ratio}px`,
  })
  for (const key of fields) {
    const field = byId(`crop-${key}`)
    if (document.activeElement !== field) field.value = String(Math.round(part[key]))
  }
}

/** Asks by the rectangle once it has stood still for a moment. */
function later() {
  clearTimeout(waiting)
  waiting = setTimeout(settle, 350)
}

function settle() {
  clearTimeout(waiting)
  waiting = 0
  const [x, y] = [Math.round(part.x), Math.round(part.y)]
  const [right, bottom] = [Math.round(part.x + part.width), Math.round(part.y + part.height)]
  followed = ''
  change({ region: [x, y, Math.max(right - x, 1), Math.max(bottom - y, 1)].join(','), map: '' })
  say(`The network sees ${right - x} by ${bottom - y} pixels, from ${x} and ${y}.`)
}

/** Keeps the rectangle in the photo. */
function fit() {
  if (!shown) return
  part.width = Math.min(Math.max(part.width, Math.min(least, shown.size.width)), shown.size.width)
  part.height = Math.min(Math.max(part.height, Math.min(least, shown.size.height)), shown.size.height)
  if (keepsShape) shape()
  part.x = Math.min(Math.max(part.x, 0), shown.size.width - part.width)
  part.y = Math.min(Math.max(part.y, 0), shown.size.height - part.height)
}

/** Gives the rectangle the shape of the network's input, within the photo. */
function shape() {
  if (!shown) return
  const ratio = shown.input.width / shown.input.height
  const width = Math.min(part.width, shown.size.width, shown.size.height * ratio)
  Object.assign(part, { width, height: width / ratio })
  part.x = Math.min(part.x, shown.size.width - part.width)
  part.y = Math.min(part.y, shown.size.height - part.height)
}

/** @param {'x'|'y'|'width'|'height'} key */
function typed(key) {
  const value = Number(byId(`crop-${key}`).value)
  if (!Number.isFinite(value) || !shown) return
  part[key] = value
  if (key === 'height' && keepsShape) part.width = value * shown.input.width / shown.input.height
  fit()
  place()
  settle()
}

/** @param {PointerEvent} event */
function drag(event) {
  if (!shown || event.button !== 0) return
  event.preventDefault()
  frame.focus({ preventScroll: true })
  frame.setPointerCapture(event.pointerId)
  const corner = event.target instanceof HTMLElement ? event.target.dataset.corner ?? '' : ''
  const [start, from] = [{ ...part }, { x: event.clientX, y: event.clientY }]
  const ratio = shown.size.width / byId('canvas').clientWidth
  const follow = (/** @type {PointerEvent} */ moved) => {
    const [dx, dy] = [(moved.clientX - from.x) * ratio, (moved.clientY - from.y) * ratio]
    if (!corner) Object.assign(part, { x: start.x + dx, y: start.y + dy })
    else stretch(start, corner, dx, dy)
    fit()
    place()
  }
  frame.addEventListener('pointermove', follow)
  const end = () => {
    frame.removeEventListener('pointermove', follow)
    if (JSON.stringify(part) !== JSON.stringify(start)) settle()
  }
  frame.addEventListener('pointerup', end, { once: true })
}

/**
 * Moves one corner; the one across stays.
 * @param {Rectangle} start
 * @param {string} corner
 * @param {number} dx
 * @param {number} dy
 */
function stretch(start, corner, dx, dy) {
  if (!shown) return
  const [isLeft, isTop] = [corner.includes('w'), corner.includes('n')]
  const [right, bottom] = [start.x + start.width, start.y + start.height]
  let width = Math.min(start.width + (isLeft ? -dx : dx), isLeft ? right : shown.size.width - start.x)
  let height = Math.min(start.height + (isTop ? -dy : dy), isTop ? bottom : shown.size.height - start.y)
  if (keepsShape) {
    const ratio = shown.input.width / shown.input.height
    width = Math.max(Math.min(width, height * ratio), least * Math.max(ratio, 1))
    height = width / ratio
  }
  width = Math.max(width, least)
  height = Math.max(height, least)
  Object.assign(part, { width, height, x: isLeft ? right - width : start.x, y: isTop ? bottom - height : start.y })
}

/** @param {KeyboardEvent} event */
function move(event) {
  if (!shown) return
  const step = Math.max(1, Math.round(Math.max(shown.size.width, shown.size.height) / 100)) * (event.shiftKey ? 5 : 1)
  const [dx, dy, grown] = /** @type {Record<string, number[]>} */ ({
    ArrowLeft: [-step, 0, 0], ArrowRight: [step, 0, 0], ArrowUp: [0, -step, 0], ArrowDown: [0, step, 0],
    '+': [0, 0, step], '-': [0, 0, -step], '*': [0, 0, step], _: [0, 0, -step], '=': [0, 0, step],
  })[event.key] ?? []
  if (dx === undefined) return
  event.preventDefault()
  const share = (part.width + grown) / part.width
  part.x += dx - grown / 2
  part.y += dy - (share - 1) * part.height / 2
  part.width *= share
  part.height *= share
  fit()
  place()
  later()
}
