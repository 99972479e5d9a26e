/** A view: hide pixels with a brush, and watch what the network answers meanwhile. */

import { post } from './api.js'
import { Asker } from './ask.js'
import { byId, fill, make, say, showProblem } from './dom.js'
import { getMap } from './maps.js'
import { Mask, stroke, topPart } from './mask.js'
import { counted, number, percent } from './numbers.js'
import { namesOf } from './question.js'
import { change, changeOwn, state } from './state.js'

/** @typedef {import('./views.js').Context} Context */
/** @typedef {import('./api.js').Prediction['classes']} Classes */

/**
 * What a network answers once pixels are hidden.
 * @param {{network: number, input: string, region?: string, mask: string, fill: string, classes: number[]}} body
 * @returns {Promise<{before: Classes, after: Classes, value?: number, valueBefore?: number, hidden: number, seen: import('./api.js').Rectangle}>}
 */
const probePixels = (body) => post('/api/probe', body)

/** @typedef {Awaited<ReturnType<typeof probePixels>>} Probed */

const fills = [
  { value: 'mean', text: 'The network’s mean colour' }, { value: 'black', text: 'Black' }, { value: 'white', text: 'White' },
  { value: 'blur:10', text: 'A blur of the picture' },
]
/** A mask that takes more than this stays out of the address. */
const longest = 6000
/** @type {Context} */
let context
let mask = new Mask(1, 1)
/** Which picture and network the mask lies on. */
let about = ''
/** @type {Probed|null} */
let found = null
let isErasing = false
/** The cell of the keyboard, in pixels of the input. */
let cursor = { x: 0, y: 0 }
/**
 * Where the pointer is, in pixels of the input.
 * @type {{x: number, y: number}|null}
 */
let pointed = null
/** Whether a question is on its way, and whether the mask has changed since. */
let isAsking = false
let isStale = false
/** The classes of the question that was asked last. */
let askedFor = ''
let isShown = false
const asker = new Asker(hideByMap)

const fillNow = () => state.own['brush.fill'] || 'mean'
const sizeNow = () => Math.max(1, Number(state.own['brush.size']) || Math.round(Math.max(mask.width, mask.height) / 10))

/** @param {HTMLElement} place @param {Context} next */
export function show(place, next) {
  context = next
  isShown = true
  if (!place.firstChild) build(place)
  const { network, input } = next
  const now = `${input?.id} ${network.name} ${state.region}`
  if (now !== about) {
    about = now
    found = null
    mask = new Mask(network.input.width, network.input.height)
    cursor = { x: Math.floor(mask.width / 2), y: Math.floor(mask.height / 2) }
    // What the address holds belongs to the picture that it was painted on.
    if (state.own['brush.mask'] && state.own['brush.of'] === keyOf()) mask.read(state.own['brush.mask'])
    isStale = true
  }
  if (classesNow().join() !== askedFor) isStale = true
  fill(byId('brush-fill'), fills, fillNow())
  byId('brush-size').max = String(Math.round(Math.max(mask.width, mask.height) / 2))
  byId('brush-size').value = String(sizeNow())
  byId('brush-size-value').textContent = counted(sizeNow(), 'pixel')
  draw()
  showAnswer()
  if (isStale || next.prediction && !found && !isAsking) later()
}

export function leave() {
  isShown = false
  asker.drop()
}

/** @returns {number[]} those of the question, of which the network is always asked */
const classesNow = () => [...state.why, ...state.rather]

/** @returns {string} what the mask of the address is about, in short */
const keyOf = () => `${state.input.slice(0, 8)} ${context.network.id} ${state.region}`.trim()

/** @param {HTMLElement} place */
function build(place) {
  const canvas = make('canvas', {
    id: 'brush-canvas', tabIndex: 0, role: 'application', 'aria-describedby': 'brush-help',
    'aria-label': 'What the network sees. Arrow keys move a block, the space bar hides it or shows it again.',
  })
  place.append(make('div', { className: 'brush-bench' },
    make('section', { className: 'brush-picture', 'aria-labelledby': 'brush-title' },
      make('h2', { id: 'brush-title' }, 'Hide pixels, and see what that changes'),
      make('p', { id: 'brush-help', className: 'help' },
        'Paint over what the network sees. With the keyboard, arrow keys move a block, and the space bar hides it or shows it again.'),
      make('div', { className: 'brush-room' }, canvas),
      make('div', { className: 'brush-tools', role: 'group', 'aria-label': 'Brush' },
        tool('brush-erase', 'Erase', () => { isErasing = !isErasing; showTools() }),
        tool('brush-undo', 'Undo', () => turn(mask.undo(), 'Undone.')),
        tool('brush-redo', 'Redo', () => turn(mask.redo(), 'Done again.')),
        tool('brush-clear', 'Clear', () => turn(mask.change((bits) => bits.fill(0)), 'Nothing is hidden.')),
        tool('brush-invert', 'Invert', () => turn(mask.change((bits) => bits.forEach((bit, i) => { bits[i] = 1 - bit })), 'Inverted.'))),
      make('div', { className: 'field' }, make('label', { for: 'brush-size' }, 'Width of the brush ', make('span', { id: 'brush-size-value', className: 'soft' })),
        make('input', { type: 'range', id: 'brush-size', min: 1, step: 1, oninput: () => changeOwn('brush.size', byId('brush-size').value, 'replace') })),
      make('div', { className: 'field' }, make('label', { for: 'brush-fill' }, 'Hidden pixels become'),
        make('select', { id: 'brush-fill', onchange: () => { changeOwn('brush.fill', byId('brush-fill').value === 'mean' ? '' : byId('brush-fill').value); later() } })),
      make('div', { className: 'field' }, make('label', { for: 'brush-share' }, 'By the map'),
        make('span', { className: 'brush-by-map' }, make('button', { type: 'button', className: 'small', id: 'brush-map', onclick: askForMap }, 'Hide what the map shows most'),
          make('input', { type: 'number', id: 'brush-share', min: 1, max: 100, step: 1, value: 10, 'aria-label': 'How much of the picture is hidden, in percent' }), '% of the picture'))),
    make('section', { className: 'brush-answer', 'aria-labelledby': 'brush-answer-title' },
      make('h2', { id: 'brush-answer-title' }, 'What the network answers now'),
      make('p', { id: 'brush-odds', className: 'brush-odds' }),
      make('p', { id: 'brush-note', className: 'help' }),
      make('ol', { id: 'brush-bars', className: 'brush-bars' }),
      make('p', { className: 'help' }, 'The full bar is the probability now; the line marks what it was with the whole picture.'))))
  canvas.addEventListener('pointerdown', paint)
  canvas.addEventListener('pointermove', (/** @type {PointerEvent} */ event) => { pointed = placeOf(event); draw() })
  canvas.addEventListener('pointerleave', () => { pointed = null; draw() })
  canvas.addEventListener('keydown', useKeys)
  for (const name of ['focus', 'blur']) canvas.addEventListener(name, draw)
  addEventListener('keydown', undoByKeys)
  new ResizeObserver(draw).observe(canvas.parentElement)
}

/** @param {string} id @param {string} text @param {() => void} onclick @returns {HTMLElement} */
const tool = (id, text, onclick) => make('button', { type: 'button', className: 'small', id, onclick }, text)

/** @param {boolean} changed @param {string} words */
function turn(changed, words) {
  if (!changed) return
  say(words)
  settle()
}

/** @param {PointerEvent} event @returns {{x: number, y: number}} where it is, in pixels of the input */
function placeOf(event) {
  const box = byId('brush-canvas').getBoundingClientRect()
  return { x: (event.clientX - box.left) / box.width * mask.width, y: (event.clientY - box.top) / box.height * mask.height }
}

/** @param {PointerEvent} event */
function paint(event) {
  if (event.button !== 0) return
  const canvas = byId('brush-canvas')
  canvas.setPointerCapture(event.pointerId)
  const bit = isErasing || event.altKey ? 0 : 1
  mask.begin()
  let last = placeOf(event)
  const go = (/** @type {{x: number, y: number}} */ to) => {
    stroke(mask, last, to, sizeNow() / 2, bit)
    last = to
    draw()
    later()
  }
  go(last)
  const follow = (/** @type {PointerEvent} */ moved) => {
    for (const one of moved.getCoalescedEvents?.() ?? [moved]) go(placeOf(one))
  }
  canvas.addEventListener('pointermove', follow)
  const end = () => {
    canvas.removeEventListener('pointermove', follow)
    for (const name of ['pointerup', 'pointercancel']) canvas.removeEventListener(name, end)
    mask.end()
    settle()
  }
  for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, end)
}

/** @param {KeyboardEvent} event */
function useKeys(event) {
  const step = /** @type {Record<string, number[]>} */ ({
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  })[event.key]
  const side = sizeNow()
  if (step) {
    event.preventDefault()
    cursor.x = Math.min(Math.max(cursor.x + step[0] * side, 0), mask.width - 1)
    cursor.y = Math.min(Math.max(cursor.y + step[1] * side, 0), mask.height - 1)
    draw()
    say(`At ${cursor.x}, ${cursor.y}: ${mask.bits[cursor.y * mask.width + cursor.x] ? 'hidden' : 'shown'}.`)
  } else if (event.key === ' ') {
    event.preventDefault()
    const isHidden = mask.bits[cursor.y * mask.width + cursor.x] === 1
    const [left, top] = [Math.floor(cursor.x / side) * side, Math.floor(cursor.y / side) * side]
    turn(mask.change((bits) => {
      for (let y = top; y < Math.min(top + side, mask.height); y++) bits.fill(isHidden ? 0 : 1, y * mask.width + left, y * mask.width + Math.min(left + side, mask.width))
    }), isHidden ? 'Shown again.' : 'Hidden.')
  }
}

/** @param {KeyboardEvent} event */
function undoByKeys(event) {
  if (!isShown || !(event.ctrlKey || event.metaKey) || (event.target instanceof HTMLElement && event.target.matches('input[type=text], input[type=search], input[type=number]'))) return
  const key = event.key.toLowerCase()
  if (key !== 'z' && key !== 'y') return
  event.preventDefault()
  if (key === 'z' && !event.shiftKey) turn(mask.undo(), 'Undone.')
  else turn(mask.redo(), 'Done again.')
}

/** What follows once the mask stands still: the tools, the address and the answer. */
function settle() {
  const text = mask.text()
  const isLong = text.length > longest
  byId('brush-note').textContent = isLong ? 'What is hidden is too intricate to stand in the address; a reload forgets it.' : ''
  change({ own: { ...state.own, 'brush.of': text && !isLong ? keyOf() : '', 'brush.mask': isLong ? '' : text } }, 'replace')
  draw()
  later()
}

/** Asks about the newest mask, one question at a time. */
async function later() {
  isStale = true
  if (isAsking || !context.input) return
  isAsking = true
  let mine = about
  try {
    while (isStale && isShown) {
      isStale = false
      mine = about
      askedFor = classesNow().join()
      const next = await probePixels({
        network: context.network.id, input: state.input, region: state.region || undefined, fill: fillNow(),
        mask: mask.count() ? mask.base64() : '', classes: classesNow(),
      })
      if (mine !== about) continue
      found = next
      showAnswer()
    }
  } catch (problem) {
    showProblem(problem)
  } finally {
    isAsking = false
    if (isStale && mine !== about) later()
  }
}

/** Begins to ask for the map of the question, whose highest places are hidden then. */
function askForMap() {
  const share = Number(byId('brush-share').value)
  if (!(share > 0 && share <= 100)) return showProblem('The part that is hidden must be from 1 to 100 percent.')
  byId('brush-map').disabled = true
  asker.drop()
  asker.ask(context.body(), 0)
}

/** @param {import('./ask.js').Standing} standing */
async function hideByMap({ phase, answer, problem }) {
  if (phase === 'working') return
  if (phase !== 'idle') byId('brush-map').disabled = false
  if (phase === 'failed') showProblem(problem || 'The map could not be made.')
  const map = answer?.manifest?.maps?.[0]
  if (phase !== 'done' || !answer || !map) return
  try {
    const grid = await getMap(answer.id, map.key)
    const top = topPart(grid, mask.width, mask.height, Number(byId('brush-share').value) / 100)
    turn(mask.change((bits) => { for (const place of top) bits[place] = 1 }), `The strongest places of “${map.question}” are hidden.`)
  } catch (error) { showProblem(error) }
}

function showTools() {
  byId('brush-erase').setAttribute('aria-pressed', String(isErasing))
  byId('brush-undo').disabled = !mask.canUndo
  byId('brush-redo').disabled = !mask.canRedo
  byId('brush-clear').disabled = mask.count() === 0
  byId('brush-map').hidden = context.network.task !== 'regression' && !state.why.length
}

/** Draws what the network sees, with what is hidden. */
function draw() {
  showTools()
  const canvas = byId('brush-canvas')
  const { photo, size, prediction } = context
  const seen = found?.seen ?? prediction?.seen
  const room = canvas.parentElement?.clientWidth ?? 0
  if (!photo || !seen || !room) return
  const ratio = Math.min(room / mask.width, Math.max(260, innerHeight * 0.6) / mask.height)
  const across = Math.max(1, Math.round(mask.width * ratio))
  const down = Math.max(1, Math.round(mask.height * ratio))
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down })
  const pen = canvas.getContext('2d')
  if (!pen) return
  const scale = photo.naturalWidth / size.width
  const part = { x: seen.x * scale, y: seen.y * scale, width: seen.width * scale, height: seen.height * scale }
  pen.globalCompositeOperation = 'source-over'
  pen.clearRect(0, 0, across, down)
  pen.drawImage(section(photo, part, across, down), 0, 0)
  drawHidden(pen, photo, part)
  outline(pen, ratio)
}

/** @type {Map<string, HTMLCanvasElement>} what was drawn last of the photo, which a stroke does not change */
const sections = new Map()
/** @type {HTMLImageElement|null} */
let sectionsOf = null

/**
 * A part of the photo as large as it is shown.
 * @param {HTMLImageElement} photo @param {import('./api.js').Rectangle} part @param {number} across @param {number} down
 * @param {number} [blur] how far its pixels are spread
 * @returns {HTMLCanvasElement}
 */
function section(photo, part, across, down, blur = 0) {
  if (sectionsOf !== photo) sections.clear()
  sectionsOf = photo
  const name = [part.x, part.y, part.width, part.height, across, down, blur].join()
  const known = sections.get(name)
  if (known) return known
  const canvas = make('canvas', { width: across, height: down })
  const pen = canvas.getContext('2d')
  pen.imageSmoothingEnabled = blur > 0 || part.width > 60
  pen.imageSmoothingQuality = 'high'
  if (blur) pen.filter = `blur(${blur}px)`
  pen.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, across, down)
  if (sections.size > 3) sections.clear()
  sections.set(name, canvas)
  return canvas
}

/** @param {CanvasRenderingContext2D} pen @param {HTMLImageElement} photo @param {import('./api.js').Rectangle} part */
function drawHidden(pen, photo, part) {
  const { width: across, height: down } = pen.canvas
  if (!mask.count()) return
  pen.imageSmoothingEnabled = false
  // What is hidden is cut out, and what stands for it is put behind.
  pen.globalCompositeOperation = 'destination-out'
  pen.drawImage(mask.picture(), 0, 0, across, down)
  pen.globalCompositeOperation = 'destination-over'
  const chosen = fillNow()
  if (chosen.startsWith('blur')) {
    pen.drawImage(section(photo, part, across, down, Number(chosen.split(':')[1]) * across / mask.width), 0, 0)
  }
  pen.fillStyle = chosen === 'black' ? '#000' : chosen === 'white' ? '#fff' : '#7c746a'
  pen.fillRect(0, 0, across, down)
  pen.globalCompositeOperation = 'source-over'
}

/**
 * The brush under the pointer, or the block of the keyboard.
 * @param {CanvasRenderingContext2D} pen
 * @param {number} ratio
 */
function outline(pen, ratio) {
  const side = sizeNow()
  for (const [color, width] of /** @type {[string, number][]} */ ([['#000', 4], ['#fff', 2]])) {
    pen.strokeStyle = color
    pen.lineWidth = width
    pen.beginPath()
    if (pointed) pen.arc(pointed.x * ratio, pointed.y * ratio, side / 2 * ratio, 0, 2 * Math.PI)
    else if (document.activeElement === byId('brush-canvas')) {
      pen.rect(Math.floor(cursor.x / side) * side * ratio, Math.floor(cursor.y / side) * side * ratio, side * ratio, side * ratio)
    }
    pen.stroke()
  }
}

function showAnswer() {
  if (!found) return
  const before = new Map(found.before.map((one) => [one.index, one]))
  const rows = found.after.map((after) => ({ after, before: before.get(after.index) ?? after }))
    .sort((a, b) => Math.max(b.before.probability, b.after.probability) - Math.max(a.before.probability, a.after.probability)).slice(0, 12)
  byId('brush-bars').replaceChildren(...rows.map(row))
  byId('brush-odds').textContent = oddsText(found)
}

/** @param {{after: Probed['after'][0], before: Probed['after'][0]}} one @returns {HTMLElement} */
function row({ after, before }) {
  const side = state.why.includes(after.index) ? ' is-why' : state.rather.includes(after.index) ? ' is-rather' : ''
  const full = make('span', { className: 'fill' })
  full.style.width = `${after.probability * 100}%`
  const line = make('span', { className: 'was' })
  line.style.left = `${before.probability * 100}%`
  return make('li', { className: `brush-bar${side}`, title: `logit ${number(before.logit)} before, ${number(after.logit)} now` },
    make('span', { className: 'label' }, after.label),
    make('span', { className: 'share' }, `${percent(after.probability)}`, make('span', { className: 'soft' }, ` was ${percent(before.probability)}`)),
    make('span', { className: 'track' }, full, line))
}

/** @param {Probed} found @returns {string} what became of P against Q, and how much is hidden */
function oddsText({ value, valueBefore, hidden, before, after }) {
  if (typeof value === 'number') return `The value is ${number(value)}; it was ${number(valueBefore ?? value)}.`
  const share = `${percent(hidden / (mask.width * mask.height))} of the pixels are hidden.`
  if (!state.why.length || !state.rather.length || !classesNow().every((index) => after.some((one) => one.index === index))) return share
  const name = (/** @type {number[]} */ classes) => namesOf(context.network, classes)
  const odds = (/** @type {Probed['after']} */ all) => number(together(all, state.why) - together(all, state.rather))
  return `${share} The log-odds of ${name(state.why)} against ${name(state.rather)} are ${odds(after)}; they were ${odds(before)}.`
}

/** @param {Probed['after']} all @param {number[]} classes @returns {number} the logit of some classes together */
function together(all, classes) {
  const logits = all.filter(({ index }) => classes.includes(index)).map(({ logit }) => logit)
  const most = Math.max(...logits)
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0))
}
