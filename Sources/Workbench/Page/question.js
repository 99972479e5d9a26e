/** The question's sentence: Why P, rather than Q? */

import { chooser } from './chooser.js'
import { byId, make } from './dom.js'
import { change, state } from './state.js'

/** @typedef {import('./api.js').Network} Network */
/** @typedef {import('./api.js').Prediction} Prediction */
/** @typedef {'why'|'rather'} Side */

/** What a dragged class is called on its way. */
export const draggedClass = 'application/x-rather-class'

/**
 * Puts a class on one side of the question, and takes it off the other.
 * @param {Side} side
 * @param {number} index
 * @param {'set'|'add'|'toggle'} how alone, beside those that are there, or off again where it is there
 */
export function put(side, index, how) {
  const other = side === 'why' ? 'rather' : 'why'
  // Beside the whole answer there is no question yet to add to.
  if (state.tab === 'whole') return change({ tab: 'question', map: '', auto: false, [side]: [index], [other]:
    side === 'why' ? [] : state.why.filter((one) => one !== index) })
  const [here, there] = [state[side], state[other]]
  const isThere = there.includes(index)
  const kept = how === 'set' ? [] : here.filter((one) => one !== index)
  const next = how === 'toggle' && here.includes(index) ? kept : [...kept, index]
  // One class for another, chosen the other way round: they change places.
  const left = isThere && there.length === 1 && here.length === 1 && how === 'set'
    ? here : there.filter((one) => one !== index)
  change({ auto: false, map: '', [side]: next, [other]: left })
}

/**
 * The two likeliest classes as a question.
 * @param {Prediction} prediction
 * @returns {{why: number[], rather: number[]}}
 */
export function likeliest({ classes }) {
  const [first, second] = [...classes].sort((a, b) => b.probability - a.probability)
  return { why: first ? [first.index] : [], rather: second ? [second.index] : [] }
}

/**
 * A class as people type it: its label where that means this class alone.
 * @param {Network} network
 * @param {number} index
 * @returns {string}
 */
export function typed(network, index) {
  const label = network.labels[index]
  const isPlain = label && /^[^,;"\\@]+$/.test(label) && label.trim() === label && !/^[-\d.]/.test(label)
  const same = label && network.labels.filter((one) => one.toLowerCase() === label.toLowerCase())
  return isPlain && same && same.length === 1 ? label : `@${index}`
}

/**
 * A class's name.
 * @param {Network} network
 * @param {number} index
 * @returns {string}
 */
export const nameOf = (network, index) => network.labels[index] || `class ${index}`

/** @param {Network} network @param {number[]} classes @returns {string} one side of a question in words */
export const namesOf = (network, classes) => classes.map((index) => nameOf(network, index)).join(' or ')

/** @type {{network: Network|null, prediction: Prediction|null}} */
const known = { network: null, prediction: null }

/** Makes the sentence's fields; called once. */
export function buildQuestion() {
  for (const side of /** @type {Side[]} */ (['why', 'rather'])) {
    const place = byId(`${side}-set`)
    const words = side === 'why' ? 'why P' : 'rather than Q'
    place.append(chooser({
      label: `Add a class to “${words}”`, hint: 'Add a class', classes: choices,
      choose: (index) => put(side, index, 'add'),
      erase: () => { if (state[side].length) change({ auto: false, [side]: state[side].slice(0, -1) }) },
    }))
    place.addEventListener('dragover', (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes(draggedClass)) return
      event.preventDefault()
      place.classList.add('over')
    })
    place.addEventListener('dragleave', () => place.classList.remove('over'))
    place.addEventListener('drop', (/** @type {DragEvent} */ event) => {
      place.classList.remove('over')
      const index = event.dataTransfer?.getData(draggedClass)
      if (!index) return
      event.preventDefault()
      put(side, Number(index), 'add')
    })
  }
  byId('swap').addEventListener('click', () =>
    change({ auto: false, map: '', why: state.rather, rather: state.why }))
  byId('likeliest').addEventListener('click', () => {
    if (known.prediction) change({ auto: true, map: '', ...likeliest(known.prediction) })
  })
  byId('value').addEventListener('change', () => change({ value: byId('value').value.trim() }))
}

/** @returns {{index: number, label: string}[]} the likeliest first, then all in their order */
function choices() {
  const { network, prediction } = known
  if (!network) return []
  const first = prediction?.classes ?? []
  const firsts = new Set(first.map(({ index }) => index))
  return [...first, ...network.labels.map((label, index) => ({ index, label }))
    .filter(({ index }) => !firsts.has(index))]
}

/**
 * Shows the question of the state.
 * @param {Network} network
 * @param {Prediction|null} prediction
 */
export function showQuestion(network, prediction) {
  Object.assign(known, { network, prediction })
  const isRegression = network.task === 'regression'
  byId('sentence').hidden = isRegression
  byId('value-sentence').hidden = !isRegression
  byId('value').value = state.value
  for (const side of /** @type {Side[]} */ (['why', 'rather'])) {
    const place = byId(`${side}-set`)
    place.querySelectorAll('.chip').forEach((/** @type {Element} */ chip) => chip.remove())
    place.prepend(...state[side].map((index) => chip(network, side, index)))
  }
  byId('swap').hidden = isRegression
  byId('swap').disabled = state.rather.length === 0
  byId('likeliest').hidden = state.auto || !prediction || isRegression
}

/** @param {Network} network @param {Side} side @param {number} index @returns {HTMLElement} */
function chip(network, side, index) {
  const name = nameOf(network, index)
  return make('span', { className: `chip ${side}` }, name, make('button', {
    type: 'button', className: 'plain', 'aria-label': `Remove ${name}`, title: `Remove ${name}`,
    onclick: () => {
      change({ auto: false, [side]: state[side].filter((one) => one !== index) })
      byId(`${side}-set`).querySelector('input')?.focus()
    },
  }, '×'))
}
