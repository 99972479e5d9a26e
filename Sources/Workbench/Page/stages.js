/** How the whole answer is explained: the scheme, its threshold, and the explainers of its stages. */

import { byId, fill, make } from './dom.js'
import { explainerOf } from './method.js'
import { pair } from './sliders.js'
import { change, changeOwn, state } from './state.js'

/** @type {Record<string, [string, string]>} a scheme's name for people, and what it does */
const schemes = {
  'swox': ['SWOX', 'Each class is explained alone, set against nothing.'],
  'cwox-1sa': ['CWOX-1sA', 'The map of all other classes is subtracted from the map of each class.'],
  'cwox-1sb': ['CWOX-1sB', 'The map of each class is kept where that of all other classes is low.'],
  'cwox-2s': ['CWOX-2s', 'Each cluster is set against the others, then each class against the rest of its cluster, where the cluster’s map is strong.'],
}
const usualScheme = 'cwox-2s'

/** @returns {string} */
const schemeNow = () => state.scheme || usualScheme

/** @returns {HTMLElement} */
export function schemeField() {
  return make('fieldset', { id: 'scheme', className: 'schemes', 'aria-describedby': 'scheme-help' },
    make('legend', { className: 'unseen' }, 'Scheme'),
    ...Object.entries(schemes).map(([name, [title]]) => make('label', {},
      make('input', {
        type: 'radio', name: 'scheme', value: name, onchange: () => change({ scheme: name === usualScheme ? '' : name, map: '' }),
      }), make('span', {}, title))),
    make('p', { id: 'scheme-help', className: 'help' }))
}

/** @returns {HTMLElement} the threshold by which a cluster's map masks those of its classes */
export function supportField() {
  const rule = () => /** @type {HTMLSelectElement} */ (byId('support-rule')).value
  const set = (/** @type {string} */ text, /** @type {'push'|'replace'} */ entry) => {
    const value = Math.min(Math.max(Number(text), 0), 100)
    changeOwn('whole.support', rule() === 'range' ? `range:${Number((value / 100).toFixed(4))}` : `percentile:${value}`, entry)
  }
  const field = pair('support', 'Threshold', { min: 0, max: 99, step: 'any' }, '', set)
  field.append(
    make('select', {
      id: 'support-rule', 'aria-label': 'What the threshold counts',
      onchange: () => set(byId('support-box').value, 'push'),
    }, make('option', { value: 'percentile' }, 'percent of its places'), make('option', { value: 'range' }, 'percent of its range')),
    make('p', { className: 'help', id: 'support-help' },
      'A class is explained only where the map of its cluster exceeds this much of it. ',
      make('button', { type: 'button', className: 'small', id: 'support-usual', onclick: () => changeOwn('whole.support', '') }, 'Use the default')))
  return field
}

/** @returns {HTMLElement} */
export function stageFields() {
  /** @param {string} role @param {string} words @returns {HTMLElement[]} */
  const fields = (role, words) => [
    field(`${role}-explainer`, `Explainer of ${words}`, make('select', { id: `${role}-explainer`, onchange: () => change({
      own: { ...state.own, [`whole.${role}-explainer`]: byId(`${role}-explainer`).value, [`whole.${role}-settings`]: '' } }) })),
    field(`${role}-settings`, 'Its settings', make('input', { type: 'text', id: `${role}-settings`, placeholder: 'key=value,…', spellcheck: false, autocomplete: 'off',
      onchange: () => changeOwn(`whole.${role}-settings`, byId(`${role}-settings`).value.trim()) })),
    field(`${role}-layer`, 'Its layer', make('select', { id: `${role}-layer`, onchange: () => changeOwn(`whole.${role}-layer`, byId(`${role}-layer`).value) })),
  ]
  return make('details', { id: 'stages-box' }, make('summary', {}, 'An explainer for each stage', make('span', { id: 'stages-count' })),
    make('div', { id: 'cluster-stage' }, ...fields('cluster', 'clusters')), make('div', {}, ...fields('class', 'classes')))
}

/** @param {string} id @param {string} label @param {HTMLElement} input @returns {HTMLElement} */
const field = (id, label, input) => make('div', { className: 'field' }, make('label', { for: id }, label), input)

/**
 * Shows the scheme, threshold and explainers of the state.
 * @param {import('./views.js').Context} context
 * @param {any} manifest that of the answer, where it is there
 */
export function showScheme(context, manifest) {
  for (const one of byId('scheme').querySelectorAll('input')) one.checked = one.value === schemeNow()
  byId('scheme-help').textContent = schemes[schemeNow()]?.[1] ?? ''
  showSupport(manifest)
  showStages(context)
}

/** @param {any} manifest */
function showSupport(manifest) {
  byId('support-field').hidden = schemeNow() !== 'cwox-2s'
  const text = state.own['whole.support'] || manifest?.scheme?.support || 'percentile:50'
  const [rule, value] = String(text).split(':')
  const percentage = rule === 'range' ? Number(value) * 100 : Number(value)
  byId('support-rule').value = rule === 'range' ? 'range' : 'percentile'
  byId('support-box').value = String(Number(percentage.toFixed(2)))
  byId('support-slider').value = String(percentage)
  byId('support-usual').hidden = !state.own['whole.support']
}

/** @param {import('./views.js').Context} context */
function showStages({ menu, network }) {
  byId('cluster-stage').hidden = schemeNow() !== 'cwox-2s'
  let differ = 0
  for (const role of ['cluster', 'class']) {
    const own = (/** @type {string} */ key) => state.own[`whole.${role}-${key}`] ?? ''
    const explainer = menu.explainers.find(({ name }) => name === own('explainer')) ?? explainerOf(menu)
    fill(byId(`${role}-explainer`), [
      { value: '', text: `${explainerOf(menu)?.title} (the same)` },
      ...menu.explainers.filter((one) => one !== explainerOf(menu)).map(({ name, title }) => ({ value: name, text: title })),
    ], own('explainer'))
    fill(byId(`${role}-layer`), [
      { value: '', text: 'As for the whole (default)' }, ...network.layers.map(({ name, grid }) => ({ value: name, text: `${name}, ${grid.join(' × ')}` })),
    ], own('layer'))
    byId(`${role}-layer`).disabled = !explainer?.usesLayer
    byId(`${role}-settings`).value = own('settings')
    differ += ['explainer', 'settings', 'layer'].filter((key) => own(key)).length
  }
  byId('stages-count').textContent = differ ? ` (${differ} changed)` : ''
}
