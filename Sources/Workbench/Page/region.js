/** What the network is shown of the picture: told, and changed by a module that is loaded when somebody wants to. */

import { byId, showProblem } from './dom.js'
import { state } from './state.js'

/**
 * @typedef {object} Shown
 * @property {HTMLImageElement|null} photo
 * @property {{width: number, height: number}} size the photo's own
 * @property {import('./api.js').Rectangle|null} seen
 * @property {{width: number, height: number}} input the network's
 */

/** @type {Shown} */
let shown = { photo: null, size: { width: 1, height: 1 }, seen: null, input: { width: 1, height: 1 } }
/** @type {typeof import('./crop.js')|null} */
let crop = null
let isOpen = false

byId('crop').addEventListener('click', async () => {
  isOpen = !isOpen
  try {
    crop ??= await import('./crop.js')
    show()
  } catch (problem) { showProblem(problem) }
})

/**
 * Shows what the network is shown.
 * @param {Shown} next
 */
export function showRegion(next) {
  shown = next
  if (!state.input) isOpen = false
  show()
}

function show() {
  byId('seen-tools').hidden = !state.input || !shown.photo
  byId('crop').setAttribute('aria-expanded', String(isOpen))
  byId('crop').textContent = isOpen ? 'Done' : 'Change what the network sees'
  byId('seen-note').textContent = state.region === 'whole' ? 'The network sees the whole picture, squashed to its input.'
    : state.region ? 'The network sees the part that you chose.' : ''
  crop?.showCrop(isOpen && shown.photo ? shown : null)
}
