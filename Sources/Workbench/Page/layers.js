/** The same question at each layer, as thumbnails: asked one after another, behind all that a person waits for. */

import { answerEvents, askServer, cancelAnswer, getAnswer } from './api.js'
import { make } from './dom.js'
import { heatOf } from './look.js'
import { ready, scaleOver } from './maps.js'
import { drawScene, shapeAs } from './overlay.js'
import { change, isLook, onChange, state } from './state.js'

/** @typedef {import('./api.js').Network} Network */
/** @typedef {import('./api.js').Answer} Answer */
/**
 * What the strip is about.
 * @typedef {object} Question
 * @property {Network} network
 * @property {any} body the question as a body for the server
 * @property {HTMLImageElement} photo
 * @property {{width: number, height: number}} size
 * @property {string} key the map that is shown large
 */
/** @typedef {{name: string, button: HTMLButtonElement, canvas: HTMLCanvasElement, note: HTMLElement, isSeen: boolean, answer: Answer|null, hasFailed: boolean}} Thumbnail */

/** Networks of more layers show the last of each size first. */
const few = 12
/** @type {Question|null} */
let question = null
let asked = ''
let showsAll = false
/** @type {Thumbnail[]} */
let thumbnails = []
/** @type {{id: string, thumbnail: Thumbnail, events: EventSource|null}|null} what is asked now */
let work = null
let turn = 0
/** @type {HTMLElement|null} */
let place = null

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const one = thumbnails.find(({ button }) => button === target)
    if (one) one.isSeen = isIntersecting
  }
  next()
})
onChange((changed) => {
  if ([...changed].some(isLook)) for (const one of thumbnails) draw(one)
})

/**
 * Shows the strip of a question.
 * @param {HTMLElement} where
 * @param {Question} about
 */
export function showLayers(where, about) {
  place = where
  const { layer: _, ...method } = about.body.method
  const now = JSON.stringify([{ ...about.body, method }, showsAll])
  question = about
  if (now !== asked) {
    leaveLayers()
    asked = now
    build(about.network)
  }
  for (const one of thumbnails) {
    one.button.setAttribute('aria-pressed', String(one.name === (state.layer || about.network.defaultLayer)))
    draw(one)
  }
  next()
}

/** Ends what only the strip wants. */
export function leaveLayers() {
  turn++
  asked = ''
  work?.events?.close()
  if (work?.id) cancelAnswer(work.id).catch(() => {})
  work = null
  observer.disconnect()
}

/** @param {Network} network @returns {Network['layers']} those that are shown */
function offered({ layers, defaultLayer }) {
  if (showsAll || layers.length <= few) return layers
  return layers.filter(({ name, grid }, i) =>
    name === defaultLayer || name === state.layer || layers[i + 1]?.grid.join() !== grid.join())
}

/** @param {Network} network */
function build(network) {
  const shown = offered(network)
  thumbnails = shown.map(({ name, grid }) => {
    const canvas = make('canvas', { className: 'map' })
    const note = make('span', { className: 'soft' }, `${grid.join(' × ')}, waiting`)
    const button = make('button', {
      type: 'button', className: 'plain', 'aria-label': `Ask at the layer ${name}`,
      onclick: () => change({ layer: name === network.defaultLayer ? '' : name, map: '' }),
    }, canvas)
    return { name, button, canvas, note, isSeen: false, answer: null, hasFailed: false }
  })
  place?.replaceChildren(
    make('div', { className: 'row' }, ...thumbnails.map(({ name, button, note }) => make('figure', { className: 'tile' },
      button, make('figcaption', {}, make('strong', {}, name), note)))),
    ...network.layers.length > few ? [make('button', {
      type: 'button', className: 'small', onclick: () => {
        showsAll = !showsAll
        if (place && question) showLayers(place, question)
      },
    }, showsAll ? 'Show the last layer of each size' : `Show all ${network.layers.length} layers`)] : [])
  for (const { button } of thumbnails) observer.observe(button)
}

/** Asks at the layer that is seen and is nearest to the one that is shown large. */
async function next() {
  if (work || !question) return
  const { network, body } = question
  const names = network.layers.map(({ name }) => name)
  const middle = names.indexOf(state.layer || network.defaultLayer || '')
  const far = (/** @type {Thumbnail} */ { name }) => Math.abs(names.indexOf(name) - middle)
  const thumbnail = thumbnails.filter(({ isSeen, answer, hasFailed }) => isSeen && !answer && !hasFailed)
    .sort((a, b) => far(a) - far(b))[0]
  if (!thumbnail) return
  const now = turn
  const own = { id: '', thumbnail, events: /** @type {EventSource|null} */ (null) }
  work = own
  try {
    // At the default layer it is the question that is asked already.
    const layer = thumbnail.name === network.defaultLayer ? undefined : thumbnail.name
    const { id, state: phase } = await askServer({ ...body, method: { ...body.method, layer }, background: true })
    if (now !== turn) {
      if (phase === 'working') cancelAnswer(id).catch(() => {})
      return
    }
    own.id = id
    if (phase === 'working') await ended(own)
    if (now !== turn) return
    const answer = await getAnswer(id)
    if (now !== turn) return
    own.id = ''
    if (answer.state === 'done') thumbnail.answer = answer
    else fail(thumbnail, answer.error ?? 'Not answered.')
  } catch (problem) {
    if (now !== turn) return
    fail(thumbnail, problem instanceof Error ? problem.message : String(problem))
  }
  if (work === own) work = null
  await draw(thumbnail).catch((problem) => fail(thumbnail, problem.message))
  next()
}

/** @param {Thumbnail} thumbnail @param {string} words */
function fail(thumbnail, words) {
  thumbnail.hasFailed = true
  thumbnail.note.textContent = words
}

/** @param {{id: string, events: EventSource|null}} own @returns {Promise<void>} when the work is over */
const ended = (own) => new Promise((resolve) => {
  const events = answerEvents(own.id)
  own.events = events
  for (const name of ['done', 'failed', 'cancelled', 'error']) events.addEventListener(name, () => {
    events.close()
    resolve()
  })
})

/** @param {Thumbnail} thumbnail */
async function draw({ canvas, note, name, answer }) {
  if (!question || !answer) return
  const { photo, size, key, network } = question
  shapeAs(canvas, photo, 320)
  const { manifest, id } = answer
  const map = manifest.maps.find((/** @type {{key: string}} */ one) => one.key === key) ?? manifest.maps[0]
  const made = await ready(id, map, state.sign)
  drawScene(canvas, {
    photo, size, seen: manifest.geometry.seen, opacity: Number(state.opacity),
    heat: heatOf(made, scaleOver([made], state.sign)),
  })
  note.textContent = network.layers.find((one) => one.name === name)?.grid.join(' × ') ?? ''
}
