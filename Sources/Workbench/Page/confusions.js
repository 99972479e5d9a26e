/** What the network confuses: the latent tree whole, folded to clusters, and the folder's pictures that fall into each. */

import { getTree, pictureURL } from './api.js'
import { chooser } from './chooser.js'
import { drawBranches } from './dendrogram.js'
import { documentsOf, pictureOf, picturesByCluster } from './documents.js'
import { byId, make, say, showProblem } from './dom.js'
import { inputOf } from './inputs.js'
import { counted } from './numbers.js'
import { nameOf } from './question.js'
import { change, changeOwn, state } from './state.js'
import { all, restrict, treeOf } from './tree.js'

/** @typedef {import('./views.js').Context} Context */
/** @typedef {import('./tree.js').Branch} Branch */
/** @typedef {import('./tree.js').Tree} Tree */
/** @typedef {{tree: Tree, forest: Branch[], parents: Map<Branch, Branch>, byKey: Map<string, Branch>, names: Map<Branch, number[]>}} Known */

/** The tree is first cut at the lowest level with at most so many clusters. */
const fewClusters = 40
/** How many classes a folded branch is called by. */
const named = 4
const picturesShown = 60

/** @type {Known|null} */
let known = null
/** @type {Context|null} */
let context = null
let lastFound = ''
let wasWide = true
/** @type {{name: string, rows: any, found: Map<Branch, import('./documents.js').Falling[]>}} what falls where, as last counted */
let lastCounted = { name: '', rows: null, found: new Map() }

/** @param {HTMLElement} place @param {Context} now */
export function show(place, now) {
  context = now
  if (!place.childElementCount) {
    build(place)
    getTree().then((columns) => {
      known = prepared(treeOf(columns), columns.classes.indices)
      draw()
      reveal(false)
    }).catch(showProblem)
  }
  draw()
}

/** @param {Tree} tree @param {number[]} classes @returns {Known} */
function prepared(tree, classes) {
  const forest = restrict(tree, classes)
  /** @type {Map<Branch, Branch>} */
  const parents = new Map()
  /** @type {Map<string, Branch>} */
  const byKey = new Map()
  /** @type {Map<Branch, number[]>} */
  const names = new Map()
  for (const branch of all(forest).reverse()) {
    byKey.set(keyOf(branch), branch)
    for (const child of branch.children) parents.set(child, branch)
    // Branches take turns, larger ones first, so that the first names are of different clusters.
    const lists = branch.children.map((child) => names.get(child) ?? []).sort((a, b) => b.length - a.length)
    const longest = lists[0]?.length ?? 0
    names.set(branch, branch.latent === null ? branch.classes
      : Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => turn < list.length ? [list[turn]] : [])).flat())
  }
  return { tree, forest, parents, byKey, names }
}

/** @param {Branch} branch @returns {string} `z12` for a latent, `c486` for a class */
const keyOf = (branch) => branch.latent === null ? `c${branch.classes[0]}` : `z${branch.latent}`

/** @param {Known} of @returns {number} the level at which the tree is cut */
function levelNow({ tree, forest }) {
  const chosen = Math.round(Number(state.own['confusions.level']))
  if (chosen >= 1 && chosen <= tree.height) return chosen
  const sizes = Array.from({ length: tree.height }, (_, i) => countAt(forest, i + 1))
  const place = sizes.findIndex((size) => size <= fewClusters)
  return place < 0 ? tree.height : place + 1
}

/** @param {Branch[]} forest @param {number} level @returns {number} how many rows there are where it is cut */
const countAt = (forest, level) =>
  forest.reduce((sum, branch) => sum + (branch.level > level ? countAt(branch.children, level) : 1), 0)

/** @returns {Set<string>} branches that are folded or unfolded otherwise than the cut has it */
const turnedNow = () => new Set((state.own['confusions.turned'] ?? '').split(',').filter(Boolean))

/** @param {Known} of @returns {(branch: Branch) => boolean} whether a branch is unfolded */
function openNow(of) {
  const level = levelNow(of)
  const turned = turnedNow()
  return (branch) => branch.latent !== null && (branch.level > level) !== turned.has(keyOf(branch))
}

/** @param {Branch} branch @param {'push'|'replace'} [entry] */
function turn(branch, entry = 'push') {
  const turned = turnedNow()
  if (!turned.delete(keyOf(branch))) turned.add(keyOf(branch))
  changeOwn('confusions.turned', [...turned].join(','), entry)
}

/** @returns {number} how tall rows are, as a share of their height at first */
const zoomNow = () => Math.min(Math.max(Number(state.own['confusions.zoom']) || 1, 0.4), 2)

/** @param {number} zoom */
const setZoom = (zoom) => {
  const next = Math.min(Math.max(Math.round(zoom * 10) / 10, 0.4), 2)
  changeOwn('confusions.zoom', next === 1 ? '' : String(next), 'replace')
}

/** @param {HTMLElement} place */
function build(place) {
  place.append(
    make('h2', {}, 'What the network confuses'),
    make('p', { className: 'help' }, 'Classes that are often likely together hang on one branch; the further right they meet, the more they are confused. Press a cluster to see its classes and the pictures that fall into it.'),
    make('div', { className: 'confusions-tools' },
      make('div', { className: 'control' }, make('label', { for: 'confusions-level' }, 'Cut at level ', make('span', { id: 'confusions-level-value' })),
        make('input', { type: 'range', id: 'confusions-level', min: 1, step: 1, oninput: () =>
          change({ own: { ...state.own, 'confusions.level': byId('confusions-level').value, 'confusions.turned': '' } }, 'replace') })),
      make('div', { className: 'control' }, make('span', { className: 'soft', id: 'tree-zoom-label' }, 'Zoom'),
        make('div', { role: 'group', 'aria-labelledby': 'tree-zoom-label', className: 'zoom' },
          make('button', { type: 'button', 'aria-label': 'Smaller', id: 'tree-smaller', onclick: () => setZoom(zoomNow() - 0.2) }, '−'),
          make('button', { type: 'button', 'aria-label': 'Larger', id: 'tree-larger', onclick: () => setZoom(zoomNow() + 0.2) }, '+'))),
      make('div', { className: 'control find-class' }, make('span', { className: 'soft' }, 'Find a class'),
        chooser({
          label: 'Find a class in the tree', hint: 'Name of a class', classes, erase: () => {},
          choose: (index) => { choose(`c${index}`); reveal(true) },
        }))),
    make('div', { className: 'confusions-parts' },
      make('div', { id: 'confusions-tree', className: 'dendrogram-box tree-box', onwheel: (/** @type {WheelEvent} */ event) => {
        if (!event.ctrlKey) return
        event.preventDefault()
        setZoom(zoomNow() * (event.deltaY < 0 ? 1.1 : 0.9))
      } }),
      make('section', { id: 'confusions-cluster', 'aria-label': 'The chosen cluster', 'aria-live': 'polite' })))
  new ResizeObserver(() => {
    const place = byId('confusions-tree')
    if (place.clientWidth && isWide(place, parseFloat(getComputedStyle(document.documentElement).fontSize)) !== wasWide) draw()
  }).observe(byId('confusions-tree'))
}

/** @param {HTMLElement} place @param {number} rem @returns {boolean} whether there is room for long branches */
const isWide = (place, rem) => place.clientWidth >= 34 * rem

/** @returns {{index: number, label: string}[]} */
const classes = () => [...known?.tree.homes.keys() ?? []].map((index) => ({
  index, label: context ? nameOf(context.network, index) : '',
}))

/**
 * Turns to a branch or a class; one that is folded away is unfolded.
 * @param {string} key
 */
function choose(key) {
  if (!known) return
  const isOpen = openNow(known)
  const turned = turnedNow()
  let above = known.byKey.get(key)
  while (above && (above = known.parents.get(above))) {
    if (isOpen(above)) continue
    if (!turned.delete(keyOf(above))) turned.add(keyOf(above))
  }
  change({ own: { ...state.own, 'confusions.at': key, 'confusions.turned': [...turned].join(',') } })
}

/**
 * Brings the chosen row into view.
 * @param {boolean} takesFocus
 */
function reveal(takesFocus) {
  const row = byId('confusions-tree').querySelector('[aria-current=true]')
  if (!row) return
  row.scrollIntoView({ block: 'center', inline: 'nearest' })
  if (takesFocus) row.focus({ preventScroll: true })
}

function draw() {
  if (!known || !context || state.tab !== 'confusions') return
  const { tree, forest } = known
  const slider = byId('confusions-level')
  Object.assign(slider, { max: String(tree.height), value: String(levelNow(known)) })
  slider.disabled = tree.height < 2
  byId('confusions-level-value').textContent = `${levelNow(known)} of ${tree.height}: ${counted(countAt(forest, levelNow(known)), 'cluster')}`
  byId('tree-smaller').disabled = zoomNow() <= 0.4
  byId('tree-larger').disabled = zoomNow() >= 2
  showTree(known, context)
  showCluster(known, context)
}

/** @param {Known} of @param {Context} now */
function showTree(of, { network }) {
  const isOpen = openNow(of)
  /** @type {Map<Branch, Branch>} those that are shown, and what they are shown of */
  const originals = new Map()
  /** @param {Branch} branch @returns {Branch} */
  const folded = (branch) => {
    const shown = { ...branch, children: isOpen(branch) ? branch.children.map(folded) : [] }
    originals.set(shown, branch)
    return shown
  }
  const shown = of.forest.map(folded)
  const original = (/** @type {Branch} */ branch) => originals.get(branch) ?? branch
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const place = byId('confusions-tree')
  const row = Math.round(2.3 * rem * zoomNow())
  wasWide = isWide(place, rem)
  const width = (wasWide ? 3 : 1.3) * rem * of.tree.height + 2 * rem
  const rows = all(shown).filter(({ children }) => !children.length).map(original)
  const found = documentsOf(network.id, drawFound)
  const focused = document.activeElement instanceof Element && place.contains(document.activeElement)
    ? document.activeElement.getAttribute('data-key') : null
  const scroll = { left: place.scrollLeft, top: place.scrollTop }
  place.replaceChildren(make('div', { className: 'dendrogram' },
    drawBranches({
      forest: shown, width, height: of.tree.height, row, label: 'Branches of the latent tree',
      colorOf: (branch) => isChosen(original(branch)) ? 'cluster-1' : '',
      isOpen: (branch) => isOpen(original(branch)), press: (branch) => turn(original(branch)),
      describe: (branch) => `Level ${branch.level}: ${titleOf(of, original(branch))}. Press to ${isOpen(original(branch)) ? 'fold' : 'unfold'}.`,
    }),
    list(of, rows, row, found)))
  Object.assign(place, { scrollLeft: scroll.left, scrollTop: scroll.top })
  if (focused) /** @type {any} */ (place.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true })
}

/** @param {Known} of @param {Branch[]} rows @param {number} height @param {import('./documents.js').Found} found @returns {HTMLElement} */
function list(of, rows, height, found) {
  const list = make('ul', { className: 'leaves rows', 'aria-label': 'Clusters and classes', onkeydown: (/** @type {KeyboardEvent} */ event) => takeKey(of, rows, event) })
  list.style.setProperty('--row', `${height}px`)
  const reached = rows.find(isChosen) ?? rows[0]
  list.append(...rows.map((branch) => {
    const key = keyOf(branch)
    const input = branch.latent === null ? pictureOf(found.rows, branch.classes[0]) : null
    const pictures = branch.latent === null ? [] : falling(of, branch, found)
    return make('li', {}, make('button', {
      type: 'button', className: 'plain', 'data-key': `row ${key}`, tabIndex: branch === reached ? 0 : -1,
      'aria-current': isChosen(branch) ? 'true' : undefined, onclick: () => choose(key),
    },
    input ? make('img', { className: 'thumb', src: pictureURL(input, 96), alt: '', loading: 'lazy' }) : null,
    make('span', { className: 'title' }, titleOf(of, branch)),
    branch.latent === null ? null : make('span', { className: 'count' }, `${branch.classes.length}`, make('span', { className: 'unseen' }, ' classes')),
    ...pictures.slice(0, 5).map((one) => make('img', { className: 'thumb', src: pictureURL(one.input, 96), alt: '', loading: 'lazy' })),
    pictures.length ? make('span', { className: 'soft' }, counted(pictures.length, 'picture')) : null))
  }))
  return list
}

/**
 * Arrow keys lead through the rows, and fold and unfold.
 * @param {Known} of @param {Branch[]} rows @param {KeyboardEvent} event
 */
function takeKey(of, rows, event) {
  const key = event.target instanceof Element && event.target.getAttribute('data-key')?.slice(4)
  const at = rows.findIndex((branch) => keyOf(branch) === key)
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const steps = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity })
  const step = steps[event.key]
  const isFolding = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
  if (step === undefined && !isFolding) return
  event.preventDefault()
  if (step !== undefined) {
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)]
    return byId('confusions-tree').querySelector(`[data-key="row ${keyOf(next)}"]`)?.focus()
  }
  const branch = event.key === 'ArrowRight' ? rows[at] : of.parents.get(rows[at])
  if (!branch?.children.length) return
  turn(branch)
  const next = event.key === 'ArrowRight' ? firstEnd(of, branch) : branch
  byId('confusions-tree').querySelector(`[data-key="row ${keyOf(next)}"]`)?.focus()
  say(`${titleOf(of, branch)} is ${event.key === 'ArrowRight' ? 'unfolded' : 'folded'}.`)
}

/** @param {Known} of @param {Branch} branch @returns {Branch} the first row of a branch */
const firstEnd = (of, branch) => openNow(of)(branch) && branch.children.length ? firstEnd(of, branch.children[0]) : branch

/** @param {Branch} branch @returns {boolean} */
const isChosen = (branch) => keyOf(branch) === state.own['confusions.at']

/** @param {Known} of @param {Branch} branch @returns {string} */
function titleOf(of, branch) {
  const names = of.names.get(branch) ?? branch.classes
  const first = names.slice(0, named).map((index) => context ? nameOf(context.network, index) : '')
  return first.join(', ') + (names.length > named ? ', …' : '')
}

/**
 * The pictures that fall into a branch's cluster.
 * @param {Known} of @param {Branch} branch @param {import('./documents.js').Found} found
 */
function falling(of, branch, { rows }) {
  const name = `${state.limit} ${state.mass}`
  if (lastCounted.rows !== rows || lastCounted.name !== name) {
    const above = (/** @type {number} */ index) => {
      const branches = []
      for (let one = of.byKey.get(`c${index}`); one; one = of.parents.get(one)) branches.push(one)
      return branches
    }
    const [limit, mass] = [Math.round(Number(state.limit)) || 5, state.mass === '' ? 0.95 : Number(state.mass)]
    lastCounted = { name, rows, found: picturesByCluster(rows, limit, mass, context?.network.threshold, above) }
  }
  return lastCounted.found.get(branch) ?? []
}

/** @param {Known} of @param {Context} now */
function showCluster(of, { network }) {
  const place = byId('confusions-cluster')
  const at = of.byKey.get(state.own['confusions.at'] ?? '')
  const branch = at && at.latent === null ? of.parents.get(at) ?? at : at
  if (!branch) return place.replaceChildren(make('p', { className: 'calm' }, 'No cluster is chosen yet.'))
  const found = documentsOf(network.id, drawFound)
  const pictures = falling(of, branch, found)
  const level = Math.max(branch.level, 1)
  place.replaceChildren(
    make('h3', {}, branch.classes.length === 1 ? nameOf(network, branch.classes[0]) : `${branch.classes.length} classes that meet at level ${branch.level}`),
    make('ul', { className: 'class-list' }, ...branch.classes.map((index) => {
      const input = pictureOf(found.rows, index)
      return make('li', { className: at?.latent === null && at.classes[0] === index ? 'chosen' : '' },
        input ? make('img', { className: 'thumb', src: pictureURL(input, 96), alt: '', loading: 'lazy' }) : null, nameOf(network, index))
    })),
    make('h3', {}, pictures.length === 0 ? 'Pictures' : pictures.length === 1 ? 'One picture' : `${pictures.length} pictures`),
    make('p', { className: 'help' }, told(found, pictures.length)),
    make('ul', { className: 'pictures' }, ...pictures.slice(0, picturesShown).map(({ input, classes }) => {
      const names = classes.map((index) => nameOf(network, index)).join(', ')
      const file = inputOf(input)?.name ?? 'Picture'
      return make('li', {}, make('button', {
        type: 'button', className: 'plain', 'aria-label': `Open ${file} as a whole answer: ${names}`, title: file,
        onclick: () => change({
          tab: 'whole', input, map: '', clusters: '', level: level === 1 ? '' : String(level),
          own: { ...state.own, 'whole.without': '' },
        }),
      }, make('img', { src: pictureURL(input, 160), alt: '', loading: 'lazy' })), make('span', { className: 'soft' }, names))
    })))
}

/** @param {import('./documents.js').Found} found @param {number} count @returns {string} */
function told({ rows, isDone, completed, total }, count) {
  if (!isDone) return total ? `The network looks at the folder: ${completed} of ${total} pictures so far.` : 'The network looks at the folder.'
  if (!rows.length) return 'Start the server with a folder to see which of its pictures fall into this cluster.'
  const more = count > picturesShown ? ` The first ${picturesShown} are shown.` : ''
  return count ? `The network finds two or more of these classes likely in each. Press one to explain its whole answer.${more}`
    : 'In no picture of the folder does the network find two of these classes likely.'
}

/** The folder's pictures have come in. */
function drawFound() {
  if (!context) return
  const { rows, isDone } = documentsOf(context.network.id, drawFound)
  if (lastFound === `${context.network.id} ${rows.length} ${isDone}`) return
  lastFound = `${context.network.id} ${rows.length} ${isDone}`
  draw()
}
