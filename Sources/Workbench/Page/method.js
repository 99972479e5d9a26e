/** How the question is answered: explainer, layer, score, contrast and settings; and the question as the server takes it. */

import { byId, fill, make } from './dom.js'
import { sentence } from './numbers.js'
import { typed } from './question.js'
import { change, settingsText, state } from './state.js'

/** @typedef {import('./api.js').Menu} Menu */
/** @typedef {import('./api.js').Network} Network */
/** @typedef {import('./api.js').Explainer} Explainer */
/** @typedef {import('./api.js').Setting} Setting */

/** Scores of networks that answer with a value; all others are of classes. */
const valueScores = new Set(['value', 'squared-error'])
/** Settings that people look for: how many samples there are, and what a picture is compared with. */
const main = new Map([
  ['masks', 'Number of masks'], ['samples', 'Number of samples'], ['steps', 'Number of steps'],
  ['baseline', 'Baseline'], ['baselines', 'Baselines'], ['fill', 'Hidden parts'],
])
/** @type {Record<string, string>} */
const contrasts = {
  inside: 'Inside: P and Q meet in one score, which is explained once.',
  outside: 'Outside: the map of Q is subtracted from the map of P.',
  'outside-raw': 'Outside, raw: the same before any map loses what is below zero.',
  'pairwise-raw': 'Pairwise, raw: one map for each class of Q, before any map loses what is below zero.',
  pairwise: 'Pairwise: there is one map for each class of Q.',
  inverse: 'Inverse: the map of P is kept where that of Q is low.',
}

/**
 * The explainer that is chosen, or the first.
 * @param {Menu} menu
 * @returns {Explainer|undefined}
 */
export const explainerOf = (menu) =>
  menu.explainers.find(({ name }) => name === state.explainer) ??
  menu.explainers.find(({ name }) => name === 'grad-cam') ?? menu.explainers[0]

/**
 * The body of the question to the server.
 * @param {Menu} menu
 * @param {Network} network
 * @returns {object}
 */
export function bodyOf(menu, network) {
  const explainer = explainerOf(menu)
  /** @param {number[]} classes */
  const side = (classes) => classes.length ? classes.map((index) => typed(network, index)).join(',') : undefined
  const question = state.tab === 'whole' ? undefined : {
    why: side(state.why), ratherThan: network.task === 'regression' ? state.value || undefined : side(state.rather),
    contrast: network.task === 'regression' ? undefined : state.contrast || undefined, score: state.score || undefined,
  }
  const whole = state.tab === 'whole' ? wholeOf(menu, network) : undefined
  return {
    kind: 'explain', network: network.id, input: state.input, region: state.region || undefined, question, whole,
    method: {
      explainer: explainer?.name, settings: settingsText(state.settings) || undefined,
      layer: explainer?.usesLayer && state.layer ? state.layer : undefined,
    },
    check: state.check || undefined, seed: numeric(state.seed),
  }
}

/**
 * How the whole answer is explained.
 * @param {Menu} menu @param {Network} network @returns {object}
 */
function wholeOf(menu, network) {
  const own = (/** @type {string} */ key) => state.own[`whole.${key}`] || undefined
  /** @param {string} role */
  const stage = (role) => ['explainer', 'settings', 'layer'].some((key) => own(`${role}-${key}`))
    ? { explainer: own(`${role}-explainer`), settings: own(`${role}-settings`), layer: own(`${role}-layer`) } : undefined
  const hasStages = !state.scheme || state.scheme === 'cwox-2s'
  return {
    tree: menu.tree && !state.clusters, level: numeric(state.level), scheme: state.scheme || undefined,
    limit: numeric(state.limit), mass: numeric(state.mass), clusters: state.clusters || undefined,
    without: own('without')?.split(',').map((index) => typed(network, Number(index))).join(','),
    support: hasStages ? own('support') : undefined, clusterStage: hasStages ? stage('cluster') : undefined,
    classStage: stage('class'),
  }
}

/**
 * The state without what was done by hand to the classes of one answer, for another picture or network.
 * @returns {Partial<import('./state.js').State>}
 */
export const withoutHand = () => ({ clusters: '', own: { ...state.own, 'whole.without': '' } })

/** @param {string} text @returns {number|undefined} */
const numeric = (text) => text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)

/** Makes the fields change the state; called once. */
export function buildMethod() {
  byId('explainer').addEventListener('change', () =>
    change({ explainer: byId('explainer').value, settings: {}, map: '' }))
  for (const key of /** @type {const} */ (['layer', 'score', 'contrast', 'seed'])) {
    byId(key).addEventListener('change', () => {
      if (byId(key).reportValidity()) change({ [key]: byId(key).value.trim() })
    })
  }
  byId('check').addEventListener('change', () => change({ check: byId('check').checked }))
}

/**
 * Shows the method of the state.
 * @param {Menu} menu
 * @param {Network} network
 */
export function showMethod(menu, network) {
  const explainer = explainerOf(menu)
  const titles = menu.explainers.map(({ name, title }) => ({ value: name, text: title }))
  fill(byId('explainer'), titles, explainer?.name ?? '')
  byId('explainer-help').textContent = sentence(explainer?.summary ?? '')
  byId('layer-field').hidden = !explainer?.usesLayer
  const usual = state.tab === 'whole' ? 'The network’s own' : network.defaultLayer ?? 'The last spatial one'
  fill(byId('layer'), [
    { value: '', text: `${usual} (default)` },
    ...network.layers.map(({ name, grid }) => ({ value: name, text: `${name}, ${grid.join(' × ')}` })),
  ], state.layer)
  const isRegression = network.task === 'regression'
  fill(byId('score'), [
    { value: '', text: 'automatic (default)' },
    ...menu.scores.filter((one) => valueScores.has(one) === isRegression).map((one) => ({ value: one, text: one })),
  ], state.score)
  byId('score-help').textContent = isRegression ? 'The number that the maps explain.'
    : `The number that the maps explain; on automatic, a class alone is explained by its ${explainer?.defaultScore ?? 'logit'}.`
  fill(byId('contrast'), [
    { value: '', text: 'inside (default)' },
    ...menu.contrasts.filter((one) => one !== 'inside').map((one) => ({ value: one, text: one })),
  ], state.contrast)
  byId('contrast-help').textContent = contrasts[state.contrast || 'inside'] ?? ''
  byId('contrast-field').hidden = isRegression || state.tab === 'whole'
  byId('score-field').hidden = state.tab === 'whole'
  showSettings(explainer?.settings ?? [], explainer?.name ?? '')
  byId('check').checked = state.check
  byId('seed').value = state.seed
}

/** @param {Setting[]} settings @param {string} explainer */
function showSettings(settings, explainer) {
  const place = byId('settings')
  const isMain = (/** @type {{key: string}} */ { key }) => main.has(key)
  const rest = settings.filter((one) => !isMain(one))
  byId('main-settings').hidden = rest.length === settings.length
  byId('settings-box').hidden = rest.length === 0
  const differ = rest.filter(({ key }) => key in state.settings).length
  byId('settings-count').textContent = differ ? ` (${differ} changed)` : ''
  if (place.dataset.explainer !== explainer) {
    place.dataset.explainer = explainer
    byId('main-settings').replaceChildren(...settings.filter(isMain).map(settingField))
    place.replaceChildren(...rest.map(settingField))
  }
  for (const { key } of settings) byId(`setting-${key}`).value = state.settings[key] ?? ''
}

/** @param {Setting} setting @returns {HTMLElement} */
function settingField(setting) {
  const { key, summary, expected } = setting
  const id = `setting-${key}`
  const values = expected.match(/^one of (.+)$/)?.[1].split(/,\s*/)
  const attributes = { id, 'aria-describedby': `${id}-help`, onchange: () => {
    const settings = { ...state.settings }
    const value = byId(id).value.trim()
    if (value && value !== setting.default) settings[key] = value
    else delete settings[key]
    change({ settings })
    byId(id).value = settings[key] ?? ''
  } }
  const field = values
    ? make('select', attributes, ...['', ...values.filter((one) => one !== setting.default)].map((value) =>
      make('option', { value }, value || `${setting.default} (default)`)))
    : make('input', {
      ...attributes, type: 'text', placeholder: setting.default, spellcheck: false, autocomplete: 'off',
    })
  const help = values ? sentence(summary) : `${sentence(summary)} Expected is ${expected}.`
  return make('div', { className: 'field' }, make('label', { for: id }, main.get(key) ?? key), field,
    make('p', { className: 'help', id: `${id}-help` }, help))
}
