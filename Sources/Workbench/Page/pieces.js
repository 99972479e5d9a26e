/** Pieces that several views are made of: a map over its photo, how far an answer has come, and how it is kept. */

import { saveReport } from './api.js'
import { colorMaps } from './colors.js'
import { fill, make, say, showMeter, showProblem } from './dom.js'
import { copyText, keepReport } from './keep.js'
import { colorsNow } from './look.js'
import { nothingFor } from './maps.js'
import { number, percent, sentence, unit } from './numbers.js'
import { drawLegend, drawScene, shapeAs } from './overlay.js'
import { change, state } from './state.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./maps.js').Ready} Ready */

/**
 * A map over its photo with its legend.
 * @param {object} what
 * @param {string} what.title
 * @param {HTMLImageElement} what.photo
 * @param {{width: number, height: number}} what.size the photo's own
 * @param {import('./api.js').Rectangle} what.seen
 * @param {MapEntry} what.map
 * @param {Ready} what.ready
 * @param {[number, number]} what.scale
 * @param {...(Node|string|null)} more what stands below
 * @returns {HTMLElement}
 */
export function mapCard({ title, photo, size, seen, map, ready, scale }, ...more) {
  const canvas = make('canvas', { className: 'map', role: 'img', 'aria-label': `${title}: ${map.question} A saliency map over the picture.` })
  shapeAs(canvas, photo, 720)
  drawScene(canvas, {
    photo, size, seen, opacity: Number(state.opacity), heat: { grid: ready.drawn, scale, colors: colorsNow() },
  })
  const colors = make('canvas', { 'aria-hidden': 'true' })
  drawLegend(colors, colorsNow())
  const above = ready.aboveMean ? ' above the mean score' : ''
  return make('figure', { className: 'card' },
    make('h3', {}, title),
    canvas,
    make('div', { className: 'legend' },
      make('span', {}, number(scale[0])), make('span', { className: 'legend-middle' }, number((scale[0] + scale[1]) / 2)),
      make('span', { className: 'legend-high' }, number(scale[1])), colors,
      make('span', { className: 'legend-unit' }, unit(map.score) + above)),
    make('figcaption', {},
      make('span', { className: 'soft' }, `At ${map.layer === 'input' ? 'the input' : map.layer}.`),
      nothingFor(map, ready) ? make('span', { className: 'soft' }, nothingFor(map, ready)) : null,
      map.check ? make('span', { className: map.check.passes ? 'passes' : 'fails' }, sentence(map.check.text)) : null),
    ...more)
}

/**
 * The likeliest classes as bars that only tell.
 * @param {import('./api.js').Prediction} prediction
 * @param {(label: string) => 'why'|'rather'|''} side which side of the question a class is on
 * @returns {HTMLElement}
 */
export function quietBars({ classes, value }, side) {
  if (typeof value === 'number') return make('p', { className: 'figure' }, number(value))
  return make('ol', { className: 'bars quiet' }, ...classes.slice(0, 5).map(({ label, probability }) => {
    const full = make('span', { className: 'fill' })
    full.style.width = `${Math.max(probability * 100, 0.3)}%`
    const on = side(label)
    return make('li', { className: `bar${on && ` is-${on}`}` },
      make('span', { className: 'label' }, label), make('span', { className: 'share' }, percent(probability)),
      make('span', { className: 'track' }, full))
  }))
}

/**
 * How far an answer has come, and a button that ends it.
 * @param {() => void} cancel
 * @returns {{row: HTMLElement, show: (standing: import('./ask.js').Standing) => void}}
 */
export function progressRow(cancel) {
  const words = make('span', {})
  const meter = make('progress', { 'aria-label': 'How far the answer has come' })
  const row = make('div', { className: 'working', hidden: true }, words, meter,
    make('button', { type: 'button', onclick: cancel }, 'Cancel'))
  let timer = 0
  return { row, show(standing) {
    const { phase, problem } = standing
    showMeter(words, meter, standing)
    if (phase === 'failed') showProblem(problem || 'The question could not be answered.')
    if (phase !== 'working') {
      clearTimeout(timer)
      timer = 0
      row.hidden = true
    } else if (row.hidden && !timer) {
      // What comes at once needs no meter.
      timer = setTimeout(() => { row.hidden = false; say('Working on the answer.') }, 250)
    }
  } }
}

/**
 * How an answer is kept: its command, and the report that the command writes.
 * @param {() => Answer|null} current
 * @returns {{row: HTMLElement, show: () => void}}
 */
export function keepRow(current) {
  const command = make('code')
  const box = make('details', {}, make('summary', {}, 'The same on the command line'), make('pre', {}, command))
  const link = make('p', { className: 'report-link', 'aria-live': 'polite' })
  const copy = make('button', { type: 'button', onclick: () => copyText(copy, command, box) }, 'Copy command')
  const save = make('button', { type: 'button', onclick: () => {
    const answer = current()
    if (answer) keepReport(save, link, () => saveReport(answer.id), () => current()?.id === answer.id)
  } }, 'Save report')
  const row = make('div', { className: 'keep', role: 'group', 'aria-label': 'Keep this answer', hidden: true }, save, copy, link, box)
  let id = ''
  return { row, show() {
    const answer = current()
    row.hidden = !answer
    if (answer?.id !== id) link.replaceChildren()
    id = answer?.id ?? ''
    command.textContent = answer?.command ?? ''
  } }
}

/**
 * How maps are drawn: the same state as beside the large picture.
 * @returns {{row: HTMLElement, scale: HTMLElement, show: () => void}}
 */
export function looksRow() {
  const opacity = make('input', { type: 'range', min: '0', max: '1', step: '0.05',
    oninput: () => change({ opacity: opacity.value }) })
  const colors = make('select', { onchange: () => change({ colors: colors.value }) })
  const name = `looks-${Math.random().toString(36).slice(2)}`
  /** @param {'sign'|'scale'} key @param {string} legend @param {[string, string][]} options */
  const choice = (key, legend, options) => make('fieldset', { className: 'control' }, make('legend', {}, legend),
    ...options.map(([value, text]) => make('label', {}, make('input', {
      type: 'radio', name: `${name}-${key}`, value, onchange: () => change({ [key]: value }),
    }), text)))
  const sign = choice('sign', 'Values', [['positive', 'What speaks for it'], ['signed', 'For and against']])
  const scale = choice('scale', 'Scale', [['shared', 'Shared'], ['own', 'Its own']])
  const row = make('div', { className: 'looks', role: 'group', 'aria-label': 'How the maps are drawn' },
    make('label', { className: 'control' }, make('span', {}, 'Strength of the maps'), opacity), sign, scale,
    make('label', { className: 'control' }, make('span', {}, 'Colours'), colors))
  return { row, scale, show() {
    opacity.value = state.opacity
    const isSigned = state.sign === 'signed'
    fill(colors, colorMaps.filter(({ diverging }) => diverging === isSigned).map((one) => ({ value: one.name, text: one.title })), colorsNow())
    colors.disabled = isSigned
    for (const [place, value] of /** @type {[HTMLElement, string][]} */ ([[sign, state.sign], [scale, state.scale]])) {
      const button = place.querySelector(`[value="${value}"]`)
      if (button instanceof HTMLInputElement) button.checked = true
    }
  } }
}
