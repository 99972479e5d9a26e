/** What can be done beside asking one question or for the whole answer; each is a module that is loaded when it is first turned to. */

import { byId, make, showProblem } from './dom.js'

/** @typedef {import('./api.js').Menu} Menu */
/**
 * What a view is told of the page.
 * @typedef {object} Context
 * @property {Menu} menu
 * @property {import('./api.js').Network} network the one that is chosen
 * @property {import('./api.js').Input|undefined} input the picture that is chosen
 * @property {HTMLImageElement|null} photo its image, once it is there
 * @property {{width: number, height: number}} size the photo's own, which the image may be smaller than
 * @property {import('./api.js').Prediction|null} prediction what the network answers about it
 * @property {() => any} body the question of the state as a body for the server
 * @property {() => string} question the question of the state in words
 */
/**
 * What a view's module gives.
 * @typedef {object} View
 * @property {(place: HTMLElement, context: Context) => void} show is called when one turns to it, and again whenever
 *   something changes while it is shown; it makes its elements in the empty place the first time
 * @property {() => void} [leave] is called when one turns away: work that only the view wants ends
 */
/**
 * @typedef {object} ViewEntry
 * @property {string} title
 * @property {boolean} needsInput whether there is nothing to see without a picture
 * @property {boolean} hasQuestion whether the question's sentence stands above it
 * @property {(menu: Menu) => boolean} isOffered whether there is anything to see with these networks and files
 * @property {() => Promise<View>} load
 */

/** @type {Record<string, ViewEntry>} */
export const views = {
  compare: {
    title: 'Compare', needsInput: true, hasQuestion: true, isOffered: () => true, load: () => import('./compare.js'),
  },
  confusions: {
    title: 'Confusions', needsInput: false, hasQuestion: false, isOffered: ({ tree }) => tree, load: () => import('./confusions.js'),
  },
  example: {
    title: 'Contrastive example', needsInput: true, hasQuestion: true, isOffered: ({ generator }) => Boolean(generator),
    load: () => import('./example.js'),
  },
  runs: {
    title: 'Runs', needsInput: false, hasQuestion: false, isOffered: ({ runs }) => runs > 0, load: () => import('./runs.js'),
  },
  brush: {
    title: 'Hide pixels', needsInput: true, hasQuestion: true, isOffered: () => true, load: () => import('./brush.js'),
  },
}

/** @type {Map<string, Promise<View>>} */
const loaded = new Map()
/** @type {{name: string, view: View}|null} */
let shown = null
let turn = 0

/**
 * Shows the view of that name, or none.
 * @param {string} name a name of `views`; nothing where one asks
 * @param {Context} context
 */
export async function showView(name, context) {
  const now = ++turn
  const entry = views[name]
  byId('view').hidden = !entry
  if (shown && shown.name !== name) {
    shown.view.leave?.()
    byId(`view-${shown.name}`).hidden = true
    shown = null
  }
  if (!entry) return
  try {
    const view = await (loaded.get(name) ?? begin(name, entry))
    if (now !== turn) return
    shown = { name, view }
    const place = placeOf(name)
    place.hidden = false
    view.show(place, context)
  } catch (problem) {
    loaded.delete(name)
    if (now === turn) showProblem(problem)
  }
}

/** @param {string} name @param {ViewEntry} entry @returns {Promise<View>} */
function begin(name, entry) {
  document.head.append(make('link', { rel: 'stylesheet', href: `/${name}.css` }))
  const coming = entry.load()
  loaded.set(name, coming)
  return coming
}

/** @param {string} name @returns {HTMLElement} */
function placeOf(name) {
  const known = document.getElementById(`view-${name}`)
  if (known) return known
  const place = make('div', { id: `view-${name}`, className: 'view-room' })
  byId('view').append(place)
  return place
}
