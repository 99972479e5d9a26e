/** What the network answers, as bars: choosing one puts it in the question. */

import { byId, make } from './dom.js'
import { number, percent } from './numbers.js'
import { draggedClass, put } from './question.js'
import { state } from './state.js'

/** @typedef {import('./api.js').Prediction} Prediction */

const few = 8
/** As many as fit what people read; the search finds every class. */
const most = 20
let showsAll = false

/**
 * Shows a prediction.
 * @param {Prediction|null} prediction
 */
export function showBars(prediction) {
  const list = byId('bars')
  const more = byId('more-bars')
  byId('regression').hidden = typeof prediction?.value !== 'number'
  if (typeof prediction?.value === 'number') byId('regression').textContent = number(prediction.value)
  const classes = prediction?.classes.slice(0, most) ?? []
  byId('bars-help').hidden = classes.length === 0
  const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement)
    ? document.activeElement.dataset.name : undefined
  list.replaceChildren(...classes.slice(0, showsAll ? classes.length : few).map(row))
  if (focused) list.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus()
  more.hidden = classes.length <= few
  more.textContent = showsAll ? 'Show fewer' : `Show all ${classes.length}`
  more.onclick = () => { showsAll = !showsAll; showBars(prediction) }
}

/** @param {{index: number, label: string, probability: number, logit: number}} one @returns {HTMLElement} */
function row({ index, label, probability, logit }) {
  const fill = make('span', { className: 'fill' })
  fill.style.width = `${Math.max(probability * 100, 0.3)}%`
  const sides = isIn('why', index) ? ' is-why' : isIn('rather', index) ? ' is-rather' : ''
  return make('li', {
    className: `bar${sides}`, draggable: true, title: `${label}: ${percent(probability)}, logit ${number(logit)}`,
    onclick: (/** @type {MouseEvent} */ event) => put(
      event.shiftKey ? 'rather' : 'why', index, event.ctrlKey || event.metaKey ? 'add' : 'set'),
    // Shift would select text.
    onmousedown: (/** @type {MouseEvent} */ event) => { if (event.shiftKey) event.preventDefault() },
    ondragstart: (/** @type {DragEvent} */ event) => {
      event.dataTransfer?.setData(draggedClass, String(index))
      event.dataTransfer?.setData('text/plain', label)
    },
  },
  make('span', { className: 'label' }, label),
  make('span', { className: 'share' }, percent(probability)),
  make('span', { className: 'track' }, fill),
  make('span', { className: 'sides' },
    sideButton('why', index, label, 'why'), sideButton('rather', index, label, 'rather than')))
}

/** @param {'why'|'rather'} side @param {number} index @returns {boolean} whether the shown question holds it */
const isIn = (side, index) => state.tab === 'question' && state[side].includes(index)

/** @param {'why'|'rather'} side @param {number} index @param {string} label @param {string} words @returns {HTMLElement} */
const sideButton = (side, index, label, words) => make('button', {
  type: 'button', className: `small ${side}`, 'data-name': `${side} ${index}`,
  'aria-pressed': String(isIn(side, index)), 'aria-label': `${words} ${label}`,
  onclick: (/** @type {Event} */ event) => { event.stopPropagation(); put(side, index, 'toggle') },
}, words)

/** Forgets that all were shown, for another picture. */
export function foldBars() {
  showsAll = false
}
