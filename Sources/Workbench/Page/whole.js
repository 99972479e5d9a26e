/** The whole answer: its classes on the branches of the latent tree, in clusters that can be cut, merged, split and moved. */

import { markClasses, redrawAnswer } from './answers.js'
import { getTree, pictureURL } from './api.js'
import { across, drawBranches } from './dendrogram.js'
import { documentsOf, pictureOf } from './documents.js'
import { beginDrag, isDragging } from './drag.js'
import { byId, make, say, showProblem } from './dom.js'
import { percent } from './numbers.js'
import { nameOf, typed } from './question.js'
import { pair, slides } from './sliders.js'
import { schemeField, showScheme, stageFields, supportField } from './stages.js'
import { change, changeOwn, state } from './state.js'
import { byHand, clustersOf, cut, inOrder, levelOf, likely, move, press, restrict, treeOf } from './tree.js'

/** @typedef {import('./views.js').Context} Context */
/** @typedef {import('./tree.js').Branch} Branch */
/** @typedef {import('./tree.js').Tree} Tree */
/** @typedef {{index: number, label: string, probability: number}} Class */

document.head.append(make('link', { rel: 'stylesheet', href: '/whole.css' }))

const defaults = { limit: 5, mass: 0.95, most: 50 }
/** How many colours there are for clusters. */
const colors = 8

/** @type {Tree|null} */
let tree = null
/** @type {Context|null} */
let context = null
/** @type {any} the manifest of the answer, where it is there */
let manifest = null
/** @type {Map<number, HTMLImageElement>} */
const thumbnails = new Map()
let lastPictures = ''
/** What the dendrogram shows by now. */
let drawn = ''

/**
 * What the answer consists of, as the state says.
 * @typedef {object} Parts
 * @property {Class[]} all the likeliest classes, likeliest first
 * @property {Set<number>} out those that are taken out
 * @property {number[][]} groups all in clusters
 * @property {number[][]} kept the clusters without what is taken out
 * @property {boolean} isByHand
 * @property {number} level
 */

/**
 * Shows the whole answer's panel.
 * @param {HTMLElement} place @param {Context} now @param {any} answered the manifest of its answer, where that is there
 */
export function showWhole(place, now, answered) {
  context = now
  manifest = answered
  if (!place.childElementCount) {
    build(place)
    markClasses({ colorAt, pictureOf: classPicture })
    getTree().then((columns) => { tree = treeOf(columns); draw() }).catch(showProblem)
  }
  draw()
}

/** @returns {number} */
const levelNow = () => Math.min(Math.max(Math.round(Number(state.level)) || 1, 1), tree?.height ?? 1)
/** @returns {{limit: number, mass: number}} */
const boundsNow = () => ({
  limit: Math.round(Number(state.limit)) || defaults.limit, mass: state.mass === '' ? defaults.mass : Number(state.mass),
})
/** @returns {Set<number>} */
const outNow = () => new Set((state.own['whole.without'] ?? '').split(',').filter(Boolean).map(Number))
/** @returns {Parts|null} */
function partsNow() {
  if (!tree || !context?.prediction) return null
  const { limit, mass } = boundsNow()
  const all = likely(context.prediction.classes, limit, mass, context.network.threshold)
  const indices = all.map(({ index }) => index)
  const taken = outNow()
  const out = new Set(indices.filter((index) => taken.has(index)))
  const level = levelNow()
  const hand = state.clusters ? clustersOf(state.clusters, context.network.labels) ?? answered() : null
  const groups = hand ? byHand(hand, indices) : cut(tree, level, indices)
  const kept = groups.map((group) => group.filter((index) => !out.has(index))).filter((group) => group.length)
  return { all, out, groups, kept, isByHand: Boolean(hand), level }
}

/** @returns {number[][]} the clusters of the answer */
const answered = () =>
  (manifest?.clusters ?? []).map((/** @type {{index: number}[]} */ one) => one.map(({ index }) => index))

/**
 * Puts clusters in the state: as a cut of the tree where they are one, by hand otherwise.
 * @param {number[][]} groups
 */
function setGroups(groups) {
  if (!tree) return
  const level = levelOf(tree, groups, levelNow())
  change(level === null ? { clusters: textOf(groups), map: '' }
    : { level: level === 1 ? '' : String(level), clusters: '', map: '' })
}

/** @param {number[][]} groups @returns {string} as they are typed */
function textOf(groups) {
  const { network } = /** @type {Context} */ (context)
  return groups.map((group) => group.map((index) => typed(network, index)).join(',')).join(';')
}

/** @param {Branch} branch */
function pressBranch(branch) {
  const parts = partsNow()
  if (!parts || !tree) return
  const before = parts.kept.length
  setGroups(press(tree, parts.groups, branch, parts.all.map(({ index }) => index)))
  tell(before)
}

/** @param {number} index @param {number} place of a cluster among those that are kept; a new one where there is none */
function moveClass(index, place) {
  const parts = partsNow()
  if (!parts || !context) return
  const target = parts.kept[place]?.[0]
  const among = target === undefined ? parts.groups.length : parts.groups.findIndex((group) => group.includes(target))
  setGroups(move(parts.groups, index, among, parts.all.map((one) => one.index)))
  const now = partsNow()?.kept.findIndex((group) => group.includes(index)) ?? 0
  say(`${nameOf(context.network, index)} is in cluster ${now + 1}.`)
}

/** @param {number} before how many clusters there were */
function tell(before) {
  const count = partsNow()?.kept.length ?? 0
  if (count !== before) say(count === 1 ? 'There is one cluster now.' : `There are ${count} clusters now.`)
}

/**
 * A class was dragged to a row of another cluster, to the place for one of its own, or nowhere.
 * @param {number} index @param {HTMLElement|null} target
 */
function dropClass(index, target) {
  if (target) moveClass(index, Number(target.dataset.place ?? -1))
  drawn = ''
  draw()
}

/**
 * Takes a class out, or puts it back.
 * @param {number} index @param {boolean} isIn
 */
function setIn(index, isIn) {
  const parts = partsNow()
  if (!parts || !context) return
  const out = new Set(parts.out)
  if (isIn) out.delete(index)
  else out.add(index)
  if (out.size === parts.all.length) {
    say('One class at least must stay.')
    drawn = ''
    return draw()
  }
  changeOwn('whole.without', [...out].join(','))
  say(`${nameOf(context.network, index)} is ${isIn ? 'back' : 'taken out'}.`)
}

/**
 * Sets how many classes there are, by number or by probability; whichever is not asked for follows.
 * @param {{limit: string, mass: string}} bounds @param {'push'|'replace'} entry
 */
function setBounds(bounds, entry) {
  const hand = state.clusters && context && clustersOf(state.clusters, context.network.labels)
  if (!hand || !tree || !context?.prediction) return change({ ...bounds, map: '' }, entry)
  // Those that come in newly join the cluster where the tree puts them.
  const limit = Number(bounds.limit) || defaults.limit
  const indices = likely(context.prediction.classes, limit, bounds.mass === '' ? defaults.mass : Number(bounds.mass), context.network.threshold)
    .map(({ index }) => index)
  const groups = hand.map((group) => [...group])
  const known = new Set(groups.flat())
  const mates = cut(tree, levelNow(), [...new Set([...groups.flat(), ...indices])])
  for (const index of indices.filter((one) => !known.has(one))) {
    const mate = mates.find((group) => group.includes(index))?.find((one) => known.has(one))
    const group = groups.find((one) => mate !== undefined && one.includes(mate))
    if (group) group.push(index)
    else groups.push([index])
    known.add(index)
  }
  change({ ...bounds, clusters: textOf(inOrder(groups, indices)), map: '' }, entry)
}

/* ---- What stays: the controls, made once ---- */

/** @param {HTMLElement} place */
function build(place) {
  place.append(
    make('h2', { id: 'whole-title' }, 'The whole answer'),
    make('p', { id: 'whole-sum', className: 'help' }),
    schemeField(),
    make('div', { id: 'dendrogram-box', className: 'dendrogram-box', role: 'group', 'aria-label': 'Classes on the branches of the latent tree' },
      make('div', { className: 'cut' }, make('label', { for: 'cut', className: 'unseen' }, 'Level of the cut'),
        make('input', { type: 'range', id: 'cut', min: 1, step: 1 }),
        make('output', { id: 'cut-value', for: 'cut' })),
      make('div', { id: 'dendrogram', className: 'dendrogram' }),
      make('p', { id: 'own-cluster', className: 'own-cluster', 'aria-hidden': 'true' }, 'Drop here for a cluster of its own')),
    make('p', { className: 'help' }, 'Press a branch to merge or to split what is below it. Drag a class to another cluster, or choose its number.'),
    make('p', { id: 'by-hand', className: 'calm', hidden: true }, 'These clusters are made by hand. ',
      make('button', { type: 'button', className: 'small', id: 'follow-tree', onclick: () => change({ clusters: '', map: '' }) }, 'Follow the tree again')),
    pair('count', 'Number of classes', { min: 1, max: defaults.most, step: 1 }, '',
      (text, entry) => setBounds({ limit: text, mass: '1' }, entry)),
    pair('share', 'Share of the probability', { min: 1, max: 100, step: 'any' }, '%',
      (text, entry) => setBounds({ limit: String(defaults.most), mass: String(Number((Number(text) / 100).toFixed(6))) }, entry)),
    make('p', { id: 'bounds-note', className: 'help' }),
    supportField(), stageFields(), asText())
  new ResizeObserver(() => {
    room = 0
    draw()
  }).observe(byId('dendrogram-box'))
  const slider = byId('cut')
  slides(slider, (text, entry) => {
    const before = partsNow()?.kept.length ?? 0
    change({ level: text === '1' ? '' : text, clusters: '', map: '' }, entry)
    tell(before)
  })
}

/** @returns {HTMLElement} */
const asText = () => make('details', {}, make('summary', {}, 'Clusters as text'),
  make('div', { className: 'field' }, make('label', { for: 'clusters' }, 'Clusters'),
    make('input', { type: 'text', id: 'clusters', autocomplete: 'off', spellcheck: false, 'aria-describedby': 'clusters-help',
      onchange: () => change({ clusters: byId('clusters').value.trim(), map: '' }) }),
    make('p', { id: 'clusters-help', className: 'help' }, 'Commas stand between classes, semicolons between clusters. Empty follows the tree.')))

/* ---- What changes ---- */

function draw() {
  if (!context || isDragging()) return
  const parts = partsNow()
  showScheme(context, manifest)
  showBounds(parts)
  byId('clusters').placeholder = parts ? textOf(parts.groups) : ''
  byId('clusters').value = state.clusters
  byId('by-hand').hidden = !parts?.isByHand
  byId('dendrogram-box').hidden = !parts
  if (parts && tree) showDendrogram(parts, tree, context)
}

/** @param {Parts|null} parts */
function showBounds(parts) {
  byId('whole-sum').textContent = parts ? sumOf(parts) : 'The classes come with the network’s answer.'
  if (!parts) return
  const { limit, mass } = boundsNow()
  const held = probability(parts.all)
  // Where the number bounds the classes, the share is what they hold.
  const share = held > mass ? mass * 100 : Math.min(held * 100, 100)
  byId('count-box').value = byId('count-slider').value = String(parts.all.length)
  byId('share-slider').value = String(share)
  byId('share-box').value = String(Number(share.toFixed(share > 99 ? 3 : 1)))
  const isUsual = state.limit === '' && state.mass === ''
  const threshold = context?.network.threshold
  if (threshold !== undefined) return byId('bounds-note').replaceChildren(`Those above ${percent(threshold)}, at most ${limit}.`)
  byId('bounds-note').replaceChildren(...isUsual
    ? [`By default as many as exceed ${defaults.mass * 100} % together, but at most ${defaults.limit}.`]
    : [make('button', { type: 'button', className: 'small', id: 'bounds-usual', onclick: () => setBounds({ limit: '', mass: '' }, 'push') },
      `As many as exceed ${defaults.mass * 100} %, at most ${defaults.limit}`)])
}

/** @param {Class[]} classes @returns {number} */
const probability = (classes) => classes.reduce((sum, one) => sum + one.probability, 0)

/** @param {Parts} parts @returns {string} */
function sumOf({ all, out, kept }) {
  const count = all.length - out.size
  const classes = count === 1 ? 'One class' : `${count} classes`
  const clusters = kept.length === 1 ? 'one cluster' : `${kept.length} clusters`
  const gone = out.size ? ` ${out.size === 1 ? 'One is' : `${out.size} are`} taken out.` : ''
  const threshold = context?.network.threshold
  if (threshold !== undefined) return `${classes} in ${clusters} ${count === 1 ? 'is' : 'are'} above ${percent(threshold)}.${gone}`
  const held = percent(Math.min(probability(all.filter(({ index }) => !out.has(index))), 1))
  return `${classes} in ${clusters} ${count === 1 ? 'holds' : 'hold'} ${held} of the probability.${gone}`
}

/** The width that there is for the dendrogram, and that of the letter m, in pixels. */
let [room, rem] = [0, 16]

/** @param {Parts} parts @param {Tree} tree @param {Context} now */
function showDendrogram(parts, tree, { network }) {
  // Who asks for sizes has the whole page laid out, so they are asked for once as long as they stay.
  if (!room) {
    room = byId('dendrogram-box').clientWidth
    rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  }
  const width = room < 24 * rem ? 5.5 * rem : 8.5 * rem
  const slider = byId('cut')
  Object.assign(slider, { max: String(tree.height), value: String(parts.level) })
  const [left, right] = [across({ width, height: tree.height }, tree.height + 0.5), across({ width, height: tree.height }, 1.5)]
  slider.style.marginLeft = `${left - 8}px`
  slider.style.width = `${right - left + 16}px`
  slider.hidden = tree.height < 2
  slider.classList.toggle('idle', parts.isByHand)
  byId('cut-value').textContent = parts.isByHand ? 'by hand' : `cut at level ${parts.level} of ${tree.height}`
  const forest = restrict(tree, parts.all.map(({ index }) => index))
  const order = forest.flatMap(({ classes }) => classes)
  const found = documentsOf(network.id, drawPictures)
  const place = byId('dendrogram')
  // What is the same stays, with its focus and whatever hovers over it.
  const now = JSON.stringify([parts.all, [...parts.out], parts.groups, parts.isByHand, parts.level, network.name, rem, width,
    order.map((index) => pictureOf(found.rows, index))])
  if (now === drawn) return
  drawn = now
  const focused = document.activeElement instanceof Element && place.contains(document.activeElement)
    ? document.activeElement.getAttribute('data-key') : null
  place.replaceChildren(
    drawBranches({
      forest, width, height: tree.height, row: 3 * rem, cut: parts.isByHand ? undefined : parts.level,
      label: 'Branches of the latent tree', colorOf: (branch) => colorOf(parts, branch),
      describe: (branch) => described(parts, branch), press: pressBranch,
    }),
    make('ul', { className: order.some((index) => pictureOf(found.rows, index)) ? 'leaves' : 'leaves bare', 'aria-label': 'Classes of the answer' }, ...order.map((index) => leaf(parts, index, found))))
  if (focused) /** @type {any} */ (place.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus()
}

/** The folder's pictures have come in: the classes are drawn anew where that changes one of their pictures. */
function drawPictures() {
  if (!context) return
  const { rows, isDone } = documentsOf(context.network.id, drawPictures)
  const now = `${isDone} ${context.prediction?.classes.map(({ index }) => pictureOf(rows, index)).join()}`
  if (now === lastPictures) return
  lastPictures = now
  draw()
  redrawAnswer()
}

/** @param {Parts} parts @param {Branch} branch @returns {string} */
function colorOf({ kept, out }, { classes }) {
  const left = classes.filter((index) => !out.has(index))
  if (!left.length) return 'out'
  const place = kept.findIndex((group) => left.every((index) => group.includes(index)))
  return place < 0 ? '' : colorAt(place)
}

/** @param {number} place @returns {string} the class that colours a cluster */
const colorAt = (place) => `cluster-${place % colors + 1}`

/** @param {Parts} parts @param {Branch} branch @returns {string} */
function described({ groups }, branch) {
  const { network } = /** @type {Context} */ (context)
  const names = branch.classes.map((index) => nameOf(network, index))
  const list = names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  const holder = groups.find((group) => branch.classes.every((index) => group.includes(index)))
  return `Level ${branch.level}: ${list}. ` + (holder ? 'Press to split them.' : 'Press to merge them into one cluster.')
}

/** @param {Parts} parts @param {number} index @param {import('./documents.js').Found} found @returns {HTMLElement} */
function leaf(parts, index, found) {
  const { network } = /** @type {Context} */ (context)
  const one = /** @type {Class} */ (parts.all.find((each) => each.index === index))
  const name = nameOf(network, index)
  const place = parts.kept.findIndex((group) => group.includes(index))
  const bar = make('span', { className: 'fill' })
  bar.style.width = `${Math.max(one.probability * 100, 0.5)}%`
  const isOut = place < 0
  const item = make('li', {
    className: `leaf ${isOut ? 'out' : colorAt(place)}`, 'data-place': place, title: name,
    onpointerdown: (/** @type {PointerEvent} */ event) => { if (!isOut) beginDrag(event, item, (target) => dropClass(index, target)) },
  },
  make('select', {
    'aria-label': `Cluster of ${name}`, 'data-key': `cluster ${index}`, disabled: isOut, title: 'Move to another cluster',
    onchange: (/** @type {any} */ event) => moveClass(index, Number(event.target.value)),
  },
  ...parts.kept.map((_, i) => make('option', { value: String(i), selected: i === place }, String(i + 1))),
  isOut ? make('option', { value: '-1', selected: true }, '–')
    : parts.kept[place].length > 1 ? make('option', { value: '-1' }, 'new') : null),
  picture(index, found.rows),
  make('span', { className: 'name' }, make('span', { className: 'label' }, name),
    make('span', { className: 'track' }, bar)),
  make('span', { className: 'share' }, percent(one.probability)),
  make('input', {
    type: 'checkbox', checked: !isOut, 'aria-label': `Explain ${name}`, 'data-key': `in ${index}`, title: isOut ? 'Put back' : 'Take out',
    onchange: (/** @type {any} */ event) => setIn(index, event.target.checked),
  }))
  return item
}

/**
 * A small picture of a class from the folder, or an empty place where none shows it.
 * @param {number} index @param {import('./api.js').DocumentRow[]} rows @returns {HTMLElement}
 */
function picture(index, rows) {
  const input = pictureOf(rows, index)
  const src = input && pictureURL(input, 96)
  const known = thumbnails.get(index)
  if (src && known?.getAttribute('src') === src) return known
  if (!src) return make('span', { className: 'thumb' })
  const image = make('img', { className: 'thumb', src, alt: '', draggable: false, decoding: 'async' })
  thumbnails.set(index, image)
  return image
}

/** @param {number} index @returns {HTMLElement|null} a small picture of a class, beside its map */
function classPicture(index) {
  const input = context && pictureOf(documentsOf(context.network.id, drawPictures).rows, index)
  return input ? make('img', {
    className: 'thumb', src: pictureURL(input, 96), decoding: 'async',
    alt: context ? `A picture of the folder that shows ${nameOf(context.network, index)}` : '',
  }) : null
}
