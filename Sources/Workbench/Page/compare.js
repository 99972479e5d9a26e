/** Compare: the same question answered by several methods, by two networks, or about two pictures, side by side. */

import { pictureURL, post, predict } from './api.js'
import { Asker } from './ask.js'
import { fill, make, say, showProblem } from './dom.js'
import { inputsNow, readPhoto } from './inputs.js'
import { ready, scaleOver } from './maps.js'
import { explainerOf } from './method.js'
import { sentence } from './numbers.js'
import { keepRow, looksRow, mapCard, progressRow, quietBars } from './pieces.js'
import { typed } from './question.js'
import { change, changeOwn, isLook, onChange, state } from './state.js'

/** @typedef {import('./views.js').Context} Context */
/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./api.js').Network} Network */
/** @typedef {{rankCorrelation?: number, magnitudeCorrelation?: number, ssim?: number, overlap?: number}} Likeness */

/**
 * How alike two maps of one size are.
 * @param {{answer: string, key: string}} first
 * @param {{answer: string, key: string}} second
 * @returns {Promise<Likeness>}
 */
const agreementOf = (first, second) => post('/api/agreement', { first, second })

/**
 * What stands in one of two columns.
 * @typedef {object} Column
 * @property {string} title
 * @property {HTMLImageElement|null} photo
 * @property {{width: number, height: number}} size
 * @property {import('./api.js').Prediction|null} prediction
 * @property {Answer|null} answer
 * @property {string} refusal why nothing can be asked here
 */

/** @type {Record<string, string>} */
const ways = { methods: 'Methods', networks: 'Networks', photos: 'Pictures' }
/** @type {Record<string, [string, string, keyof Likeness]>} */
const measures = {
  rank: ['Rank correlation', 'Spearman’s correlation of the maps’ values: 1 where both put all places in the same order, 0 where their orders have nothing to do with each other, −1 where they are reversed.', 'rankCorrelation'],
  overlap: ['Overlap', 'How many places are among the strongest tenth of both maps, as a part of those that are of either: 1 where both are strongest at the same places, about 0.05 where they have nothing to do with each other.', 'overlap'],
  magnitude: ['Rank correlation of magnitudes', 'The same for the strength of the values, whatever their signs.', 'magnitudeCorrelation'],
  ssim: ['Structural similarity', 'SSIM of the maps as they are drawn: 1 for equal maps, about 0 for unrelated ones.', 'ssim'],
}
const first = ['grad-cam', 'contrastive-mwp', 'integrated-gradients', 'input-x-gradient']
const most = 60

/** @type {Context} */
let context
/** @type {Record<string, any>|null} the elements, once they are made */
let made = null
let isShown = false
/** What is compared; another one begins anew. */
let subject = ''
let turn = 0
const empty = () => ({ title: '', photo: null, size: { width: 1, height: 1 }, prediction: null, answer: null, refusal: '' })
/** @type {[Column, Column]} */
let columns = [empty(), empty()]
const askers = [new Asker((standing) => hear(0, standing)), new Asker((standing) => hear(1, standing))]

/** @param {HTMLElement} place @param {Context} next */
export function show(place, next) {
  context = next
  isShown = true
  made ??= build(place)
  showChoices()
  ask()
}

/** Ends the work that only this view wants. */
export function leave() {
  isShown = false
  subject = ''
  for (const asker of askers) asker.drop()
}

/** @returns {string} which of the ways is shown */
const way = () => offered().find((name) => name === state.own['compare.by']) ?? 'methods'

/** @returns {string[]} */
const offered = () => ['methods', ...context.menu.networks.length > 1 ? ['networks'] : [], ...inputsNow().length > 1 ? ['photos'] : []]

/** @returns {string[]} the methods that are chosen, in the order of the menu */
function methods() {
  const wanted = state.own['compare.with']?.split(',') ?? first
  return context.menu.explainers.map(({ name }) => name).filter((name) => wanted.includes(name))
}

/** @returns {Network|undefined} the second network: the one that was chosen, or another than the first */
const otherNetwork = () => {
  const others = context.menu.networks.filter(({ id }) => id !== context.network.id)
  return others.find(({ name }) => name === state.own['compare.network']) ?? others[0]
}

/** @returns {import('./api.js').Input|undefined} the second photo */
const otherPhoto = () => {
  const others = inputsNow().filter(({ id }) => id !== state.input)
  return others.find(({ id }) => id === state.own['compare.photo']) ?? others[0]
}

/** @param {HTMLElement} place @returns {Record<string, any>} */
function build(place) {
  const bar = make('fieldset', { className: 'segments' }, make('legend', {}, 'What is compared'),
    ...Object.entries(ways).map(([name, text]) => make('label', {}, make('input', {
      type: 'radio', name: 'compare-by', value: name, onchange: () => changeOwn('compare.by', name === 'methods' ? '' : name),
    }), make('span', {}, text))))
  const boxes = make('fieldset', { className: 'boxes' })
  const choose = make('details', {}, make('summary', {}, 'Choose methods'), boxes,
    make('p', { className: 'help' }, 'Those that hide parts of the picture ask the network hundreds of times, and take longer.'))
  const network = make('select', { id: 'compare-network', onchange: () => changeOwn('compare.network', network.value) })
  const networkField = make('div', { className: 'field' }, make('label', { for: 'compare-network' }, 'Second network'), network)
  const strip = make('ul', { className: 'strip', 'aria-label': 'The second picture' })
  const photoField = make('div', { className: 'beside' }, make('p', { className: 'help' }, 'Choose the picture to set beside it.'), strip)
  const explainer = make('select', { id: 'compare-explainer', onchange: () => change({ explainer: explainer.value, settings: {}, map: '' }) })
  const explainerField = make('div', { className: 'field' }, make('label', { for: 'compare-explainer' }, 'Explainer'), explainer)
  const rows = askers.map((asker) => progressRow(() => asker.cancel()))
  const note = make('p', { className: 'calm', hidden: true })
  const cards = make('div', { className: 'cards' })
  const agreement = make('section', { className: 'agreement', 'aria-label': 'How far the maps agree' })
  const looks = looksRow()
  const keep = keepRow(() => way() === 'methods' ? columns[0].answer : null)
  place.append(make('div', { className: 'compare-top' }, bar, choose, networkField, photoField, explainerField),
    note, ...rows.map(({ row }) => row), cards, looks.row, agreement, keep.row)
  onChange((changed) => { if (isShown && [...changed].some(isLook)) draw() })
  return { bar, boxes, choose, network, networkField, strip, photoField, explainer, explainerField, rows, note, cards, agreement, looks, keep }
}

/** Shows what can be chosen, as the state has it. */
function showChoices() {
  if (!made) return
  const now = way()
  for (const button of made.bar.querySelectorAll('input')) {
    button.checked = button.value === now
    button.parentElement.hidden = !offered().includes(button.value)
  }
  made.choose.hidden = now !== 'methods'
  made.bar.hidden = offered().length < 2
  made.networkField.hidden = now !== 'networks'
  made.photoField.hidden = now !== 'photos'
  made.explainerField.hidden = now === 'methods'
  if (!made.boxes.firstChild) made.boxes.append(make('legend', { className: 'unseen' }, 'Methods'), ...context.menu.explainers.map((one) =>
    make('label', { title: sentence(one.summary) }, make('input', { type: 'checkbox', value: one.name, onchange: chooseMethods }),
      one.title, one.isSlow ? make('span', { className: 'soft' }, ' slow') : null)))
  for (const box of made.boxes.querySelectorAll('input')) box.checked = methods().includes(box.value)
  fill(made.network, context.menu.networks.filter(({ id }) => id !== context.network.id)
    .map(({ name }) => ({ value: name, text: name })), otherNetwork()?.name ?? '')
  fill(made.explainer, context.menu.explainers.map(({ name, title }) => ({ value: name, text: title })), explainerOf(context.menu)?.name ?? '')
  const chosen = otherPhoto()?.id
  made.strip.replaceChildren(...inputsNow().filter(({ id }) => id !== state.input).slice(0, most).map((input) =>
    make('li', {}, make('button', {
      type: 'button', className: 'thumbnail', title: input.name, 'aria-pressed': String(input.id === chosen), 'data-id': input.id,
      onclick: () => {
        changeOwn('compare.photo', input.id)
        made?.strip.querySelector(`[data-id="${CSS.escape(input.id)}"]`)?.focus()
      },
    }, make('img', { src: pictureURL(input.id, 160), alt: input.name, loading: 'lazy', className: (input.width ?? 100) < 100 ? 'pixels' : '' })))))
}

function chooseMethods() {
  const chosen = [...made?.boxes.querySelectorAll('input:checked')].map(({ value }) => value)
  changeOwn('compare.with', chosen.join(',') || 'none')
}

/** @returns {boolean} whether there is a question */
const isAsked = () => state.why.length > 0 || context.network.task === 'regression'

/** Asks what the choices ask. */
async function ask() {
  const now = ++turn
  const other = way() === 'networks' ? otherNetwork()?.name : way() === 'photos' ? otherPhoto()?.id : ''
  const next = [way(), other, state.input, context.network.id].join('\n')
  if (next !== subject) {
    subject = next
    for (const asker of askers) asker.drop()
    columns = [empty(), empty()]
  }
  Object.assign(columns[0], { photo: context.photo, size: context.size, prediction: context.prediction })
  if (!context.prediction || !context.photo || !isAsked()) return draw()
  try {
    if (way() === 'methods') await askMethods()
    if (way() === 'networks') await askNetworks(now)
    if (way() === 'photos') await askPhotos(now)
  } catch (problem) {
    if (now === turn && isShown) showProblem(problem)
  }
  if (now === turn) draw()
}

async function askMethods() {
  columns[0].title = context.input?.name ?? 'Picture'
  columns[0].refusal = methods().length ? '' : 'Choose methods to compare.'
  if (!methods().length) return askers[0].drop()
  const body = context.body()
  const isSlow = context.menu.explainers.some(({ name, isSlow }) => isSlow && methods().includes(name))
  const own = methods().includes(body.method.explainer) && body.method.settings
  askers[0].ask({
    ...body, kind: 'compare', method: undefined,
    methods: { explainers: methods(), settings: own ? [`${body.method.explainer}:${own}`] : undefined },
  }, isSlow ? 600 : 200)
}

/** @param {number} now */
async function askNetworks(now) {
  const network = otherNetwork()
  if (!network) return
  columns[0].title = context.network.name
  columns[1].title = network.name
  const body = context.body()
  askers[0].ask(body, 150)
  const prediction = await predict(network.id, state.input, state.region)
  if (now !== turn) return
  Object.assign(columns[1], { photo: context.photo, size: context.size, prediction })
  const names = (/** @type {number[]} */ classes) => classes.map((index) => matching(network, context.network.labels[index] ?? ''))
  const missing = [...state.why, ...state.rather].map((index) => context.network.labels[index] ?? '').filter((label) => matching(network, label) < 0)
  columns[1].refusal = network.task !== context.network.task ? `${network.name} answers another kind of question.`
    : missing.length ? `${network.name} has no class called ${missing.map((label) => `“${label}”`).join(' or ')}.` : ''
  if (columns[1].refusal) return askers[1].drop()
  const side = (/** @type {number[]} */ classes) => classes.length ? names(classes).map((index) => typed(network, index)).join(',') : undefined
  const isRegression = network.task === 'regression'
  askers[1].ask({
    ...body, network: network.id, method: { ...body.method, layer: undefined },
    question: isRegression ? body.question : { ...body.question, why: side(state.why), ratherThan: side(state.rather) },
  }, 150)
}

/** @param {Network} network @param {string} label @returns {number} the class of that name, or −1; of “cello, violoncello” the first name will do */
function matching(network, label) {
  const plain = (/** @type {string} */ text) => text.trim().toLowerCase().replaceAll('_', ' ')
  const whole = network.labels.findIndex((one) => plain(one) === plain(label))
  const short = (/** @type {string} */ text) => plain(text.split(',')[0])
  const found = network.labels.flatMap((one, index) => short(one) === short(label) ? [index] : [])
  return whole >= 0 ? whole : found.length === 1 ? found[0] : -1
}

/** @param {number} now */
async function askPhotos(now) {
  const input = otherPhoto()
  if (!input) return
  columns[0].title = context.input?.name ?? 'Picture'
  columns[1].title = input.name
  const body = context.body()
  askers[0].ask(body, 150)
  if (columns[1].photo?.dataset.id !== input.id) {
    const read = await readPhoto(input.id)
    if (now !== turn) return
    read.photo.dataset.id = input.id
    Object.assign(columns[1], read)
  }
  columns[1].prediction = await predict(context.network.id, input.id, '')
  if (now === turn) askers[1].ask({ ...body, input: input.id, region: undefined }, 150)
}

/** @param {number} at @param {import('./ask.js').Standing} standing */
function hear(at, standing) {
  made?.rows[at].show(standing)
  if (standing.phase === 'done') showProblem(null)
  if (standing.phase === 'working' || !isShown) return
  columns[at].answer = standing.phase === 'done' ? standing.answer : null
  if (standing.phase === 'done') say('The maps are there.')
  draw()
}

let drawn = 0

/** Draws what is there. */
async function draw() {
  if (!made) return
  const now = ++drawn
  made.looks.show()
  made.keep.show()
  const told = !context.prediction ? '' : !isAsked() ? 'Choose a class to ask why the network answers it.' : way() === 'methods' ? columns[0].refusal : ''
  made.note.hidden = !told
  made.note.textContent = told
  try {
    const cards = way() === 'methods' ? await methodCards() : await columnCards()
    if (now !== drawn) return
    made.cards.className = `cards ${way()}`
    made.cards.replaceChildren(...cards)
    made.looks.row.hidden = !made.cards.querySelector('canvas')
    made.looks.scale.hidden = way() === 'methods'
    const table = way() === 'methods' ? matrix() : await pairAgreement()
    if (now === drawn) made.agreement.replaceChildren(...table)
  } catch (problem) {
    if (now === drawn) showProblem(problem)
  }
}

/** @param {string} name @returns {string} */
const titleOf = (name) => context.menu.explainers.find((one) => one.name === name)?.title ?? name

/** @returns {Promise<HTMLElement[]>} a map of each method, each in units and on a scale of its own */
async function methodCards() {
  const { answer, photo, size } = columns[0]
  if (!answer || !photo || answer.manifest.kind !== 'comparison') return []
  const maps = /** @type {import('./api.js').MapEntry[]} */ (answer.manifest.maps)
  const all = await Promise.all(maps.map((map) => ready(answer.id, map, state.sign)))
  const cards = maps.map((map, i) => mapCard({
    title: titleOf(map.explainer), photo, size, seen: answer.manifest.geometry.seen, map, ready: all[i], scale: scaleOver([all[i]], state.sign),
  }))
  const missing = methods().filter((name) => !maps.some(({ explainer }) => explainer === name))
  return [...cards, ...missing.length ? [make('p', { className: 'calm' },
    `Left out, because they do not fit this network: ${missing.map(titleOf).join(', ')}. The saved report says why.`)] : []]
}

/** @returns {Promise<HTMLElement[]>} both columns; their maps share a scale where the state says so and their scores are the same */
async function columnCards() {
  const all = await Promise.all(columns.map(async ({ answer }) =>
    answer?.manifest.kind === 'explanation' ? ready(answer.id, answer.manifest.maps[0], state.sign) : null))
  const maps = columns.map(({ answer }) => answer?.manifest.maps[0])
  const isShared = state.scale === 'shared' && maps[0]?.score === maps[1]?.score
  const known = all.flatMap((one) => one ?? [])
  const sides = [state.why, state.rather].map((side) => new Set(side.map((index) => context.network.labels[index]?.toLowerCase())))
  return columns.map((column, i) => {
    const { title, photo, size, prediction, answer, refusal } = column
    const made = all[i]
    const bars = prediction && quietBars(prediction, (label) =>
      sides[0].has(label.toLowerCase()) ? 'why' : sides[1].has(label.toLowerCase()) ? 'rather' : '')
    const keep = keepRow(() => column.answer)
    keep.show()
    if (!made || !photo || !answer) return make('section', { className: 'card' }, make('h3', {}, title),
      refusal && make('p', { className: 'calm' }, refusal), bars)
    return mapCard({
      title, photo, size, seen: answer.manifest.geometry.seen, map: maps[i], ready: made,
      scale: scaleOver(isShared ? known : [made], state.sign),
    }, bars, keep.row)
  })
}

/** @param {number|undefined} value @returns {string} */
const two = (value) => value === undefined || value === null ? '–' : value.toFixed(2).replace(/^-(?=0\.00$)/, '').replace('-', '−')

/** @param {Likeness} likeness @returns {string} */
const inWords = (likeness) => Object.values(measures).map(([title, , key]) => `${title.toLowerCase()} ${two(likeness[key])}`).join(', ')

/** @returns {HTMLElement[]} the agreement of each two methods, as the command's manifest has it */
function matrix() {
  const { answer } = columns[0]
  const found = /** @type {(Likeness & {first: string, second: string})[]} */ (answer?.manifest.agreement ?? [])
  if (!answer || !found.length) return []
  const maps = /** @type {import('./api.js').MapEntry[]} */ (answer.manifest.maps)
  const measure = measures[state.own['compare.measure'] ?? ''] ?? measures.rank
  const chooser = make('select', { 'aria-label': 'The measure of agreement', onchange: () => {
    changeOwn('compare.measure', chooser.value === 'rank' ? '' : chooser.value)
    made?.agreement.querySelector('select')?.focus()
  } })
  fill(chooser, Object.entries(measures).map(([value, [text]]) => ({ value, text })), state.own['compare.measure'] ?? 'rank')
  const cell = (/** @type {string} */ a, /** @type {string} */ b) => {
    const pair = found.find(({ first, second }) => first === a && second === b || first === b && second === a)
    if (!pair) return make('td', { className: 'same' }, a === b ? '' : '–')
    const value = pair[measure[2]]
    const place = make('td', { title: inWords(pair) }, two(value))
    place.style.setProperty('--share', `${Math.round(Math.max(0, value ?? 0) * 55)}%`)
    return place
  }
  return [
    make('h2', {}, 'How far they agree ', chooser),
    make('p', { className: 'help' }, measure[1]),
    make('div', { className: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'Agreement of each two methods' }, make('table', {},
      make('thead', {}, make('tr', {}, make('td'), ...maps.map(({ explainer }) => make('th', { scope: 'col' }, titleOf(explainer))))),
      make('tbody', {}, ...maps.map((row) => make('tr', {}, make('th', { scope: 'row' }, titleOf(row.explainer)),
        ...maps.map((column) => cell(row.key, column.key))))))),
  ]
}

/** @returns {Promise<HTMLElement[]>} how far the maps of two networks agree, where they lie on the same places */
async function pairAgreement() {
  const [one, other] = columns.map(({ answer }) => answer)
  if (way() !== 'networks' || !one || !other) return []
  const isSame = JSON.stringify([one.manifest.geometry.seen, one.manifest.geometry.map])
    === JSON.stringify([other.manifest.geometry.seen, other.manifest.geometry.map])
  if (!isSame) return [make('p', { className: 'soft' }, 'The networks see the picture in different sizes or parts, so their maps are not compared by numbers.')]
  const likeness = await agreementOf({ answer: one.id, key: one.manifest.maps[0].key }, { answer: other.id, key: other.manifest.maps[0].key })
  return [
    make('h2', {}, 'How far they agree'),
    make('dl', { className: 'likeness' }, ...Object.values(measures).flatMap(([title, help, key]) => [
      make('dt', {}, title), make('dd', {}, make('strong', {}, two(likeness[key])), make('span', { className: 'help' }, ` ${help}`)),
    ])),
  ]
}
