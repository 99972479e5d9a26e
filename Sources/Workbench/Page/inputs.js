/** The pictures: bringing them by drop, paste and choice, and the strip of those that are there. */

import { getInputs, pictureURL, sendInput } from './api.js'
import { byId, make, say, showProblem } from './dom.js'
import { state } from './state.js'

/** @typedef {import('./api.js').Input} Input */

const limit = 32 * 1024 * 1024
/** More than these are found by searching. */
const many = 12
const shownAtMost = 400
/** @type {Input[]} */
let inputs = []
let more = 0
let turnTo = (/** @type {string} */ _) => {}

/** @param {string} id @returns {Input|undefined} */
export const inputOf = (id) => inputs.find((one) => one.id === id)

/** @returns {Input[]} all there are, those that were brought first */
export const inputsNow = () => inputs

/**
 * Reads the list from the server.
 * @returns {Promise<void>}
 */
export async function loadInputs() {
  ({ inputs, more } = await getInputs())
  showInputs()
}

/**
 * Makes the page take pictures; called once.
 * @param {(id: string) => void} turn turns to a picture
 */
export function buildInputs(turn) {
  turnTo = turn
  const picker = byId('picker')
  for (const id of ['add', 'add-first']) byId(id).addEventListener('click', () => picker.click())
  picker.addEventListener('change', () => { take(picker.files); picker.value = '' })
  byId('find').addEventListener('input', showInputs)
  document.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    take(files)
  })
  let depth = 0
  const cover = byId('drop')
  const bringsFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false
  addEventListener('dragenter', (event) => {
    if (!bringsFiles(event)) return
    depth++
    cover.hidden = false
  })
  addEventListener('dragleave', (event) => {
    if (bringsFiles(event) && --depth <= 0) { depth = 0; cover.hidden = true }
  })
  addEventListener('dragover', (event) => { if (bringsFiles(event)) event.preventDefault() })
  addEventListener('drop', (event) => {
    depth = 0
    cover.hidden = true
    if (!bringsFiles(event)) return
    event.preventDefault()
    take(event.dataTransfer?.files)
  })
}

/**
 * Sends files and turns to the last of them.
 * @param {FileList|null|undefined} files
 */
async function take(files) {
  showProblem(null)
  for (const file of [...files ?? []]) {
    try {
      if (file.size > limit) throw new Error(`“${file.name}” is larger than 32 MB, the most that is taken.`)
      say(`Sending ${file.name}.`)
      const input = await sendInput(file, file.name || 'pasted.png')
      inputs = [input, ...inputs.filter(({ id }) => id !== input.id)]
      turnTo(input.id)
    } catch (problem) {
      showProblem(problem)
    }
  }
  showInputs()
}

/** Shows the strip. */
export function showInputs() {
  document.body.classList.toggle('empty', !state.input)
  byId('inputs').hidden = inputs.length === 0
  byId('folder-hint').hidden = inputs.length === 0
  const field = byId('find')
  byId('find-box').hidden = inputs.length <= many
  const wanted = field.value.trim().toLowerCase()
  const found = inputs.filter(({ name }) => name.toLowerCase().includes(wanted))
  const strip = byId('strip')
  const focused = document.activeElement instanceof HTMLElement && strip.contains(document.activeElement)
    ? document.activeElement.dataset.id : undefined
  const old = new Map([...strip.children].map((item) => [item.firstElementChild?.dataset.id, item]))
  strip.replaceChildren(...found.slice(0, shownAtMost).map((input) => {
    const item = old.get(input.id) ?? make('li', {}, thumbnail(input))
    item.firstElementChild.setAttribute('aria-pressed', String(input.id === state.input))
    return item
  }))
  const chosen = strip.querySelector('[aria-pressed=true]')
  if (chosen && chosen.dataset.id !== strip.dataset.chosen) {
    strip.scrollLeft = chosen.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2
  }
  strip.dataset.chosen = chosen?.dataset.id ?? ''
  if (focused) strip.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus()
  const hidden = found.length - shownAtMost
  const sentences = [
    !found.length && inputs.length ? 'No picture has a name like that.' : '',
    hidden > 0 ? `${hidden} more can be found by their names.` : '',
    more > 0 ? `The folder holds ${more} more pictures than are listed.` : '',
  ]
  byId('inputs-note').textContent = sentences.filter(Boolean).join(' ')
}

/** @param {Input} input @returns {HTMLElement} */
function thumbnail(input) {
  const button = make('button', {
    type: 'button', className: 'thumbnail', title: `${input.name}, ${input.width} × ${input.height}`,
    'data-id': input.id, onclick: () => turnTo(input.id),
  }, make('img', {
    src: pictureURL(input.id, 160), alt: input.name, loading: 'lazy', decoding: 'async', draggable: false,
    className: input.width < 100 ? 'pixels' : '',
  }))
  // Known before the thumbnail comes, so that nothing moves when it does.
  button.style.aspectRatio = String(Math.min(Math.max(input.width / input.height, 0.7), 1.8))
  return button
}
