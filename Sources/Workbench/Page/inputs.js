/** The pictures: bringing them by drop, paste and choice, and the strip of those that are there. */

import { getDocuments, getInput, getInputs, pictureURL, sendInput } from './api.js'
import { byId, make, say, showProblem } from './dom.js'
import { percent } from './numbers.js'
import { nameOf } from './question.js'
import { changeOwn, state } from './state.js'

/** @typedef {import('./api.js').Input} Input */
/** @typedef {import('./api.js').Network} Network */

const limit = 32 * 1024 * 1024
/** More than these can be searched and put in order. */
const many = 3
/** How many are listed at a time. */
const portion = 60
/**
 * Those of the list that are there, in its order.
 * @type {Input[]}
 */
let inputs = []
/**
 * All that were ever heard of.
 * @type {Map<string, Input>}
 */
const known = new Map()
let more = 0
let total = 0
/** What the list was asked by. */
let asked = ''
let turn = 0
/** @type {Network|null} */
let network = null
/** How far the network has come with the folder's pictures, as a sentence. */
let progress = ''
let turnTo = (/** @type {string} */ _) => {}

/** @param {string} id @returns {Input|undefined} */
export const inputOf = (id) => known.get(id)

/** @returns {Input[]} those of the list that are there, in its order */
export const inputsNow = () => inputs

/**
 * Asks the server about a picture that the list has not come to.
 * @param {string} id
 * @returns {Promise<Input|undefined>}
 */
export async function knowInput(id) {
  if (!known.has(id)) await getInput(id).then((one) => known.set(id, one), () => {})
  return known.get(id)
}

/** Photos with a longer side than this are drawn from a smaller copy. */
const large = 2048

/**
 * Reads a picture, and its own size, which the image may be smaller than.
 * @param {string} id
 * @returns {Promise<{photo: HTMLImageElement, size: {width: number, height: number}}>}
 */
export async function readPhoto(id) {
  const known = await knowInput(id)
  const [width, height] = [known?.width ?? 0, known?.height ?? 0]
  const photo = new Image()
  const read = (/** @type {number|undefined} */ side) => {
    photo.src = pictureURL(id, side)
    return photo.decode()
  }
  // A JPEG that this browser cannot read comes as PNG where a size is named.
  await read(Math.max(width, height) > large ? large : undefined).catch(() => read(large)).catch(() => {
    throw new Error('The server does not have this picture any more. Please bring it again.')
  })
  const [across, down] = [photo.naturalWidth, photo.naturalHeight]
  // The beginning of a file may not say that the picture lies on its side.
  const isOnSide = width > height !== across > down
  const size = !width ? { width: across, height: down } : isOnSide ? { width: height, height: width } : { width, height }
  return { photo, size }
}

const find = () => state.own['strip.find'] ?? ''
const order = () => network?.task === 'regression' ? '' : state.own['strip.order'] ?? ''
/** Only who looks for answers, or puts pictures in order by them, has them computed. */
const usesAnswers = () => network?.task !== 'regression' && Boolean(find() || order())

/**
 * Reads the list from the server, from its beginning.
 * @param {Network} by
 * @returns {Promise<void>}
 */
export async function loadInputs(by) {
  network = by
  asked = listName()
  await read(portion)
  if (usesAnswers()) follow()
}

/** @param {number} count how many are wanted */
async function read(count) {
  const now = ++turn
  const list = await getInputs({ ...query(), count })
  if (now !== turn) return
  inputs = list.inputs
  take(list)
}

/** Reads those that come next. */
async function readOn() {
  const now = ++turn
  try {
    const list = await getInputs({ ...query(), from: inputs.length, count: portion })
    if (now !== turn) return
    inputs = [...inputs, ...list.inputs]
    take(list)
  } catch (problem) { showProblem(problem) }
}

/** @returns {string} what tells one list from another */
const listName = () => [find(), order(), usesAnswers() ? network?.id : ''].join('\n')

const query = () => ({ find: find(), order: order(), network: usesAnswers() ? network?.id : undefined })

/** @param {import('./api.js').InputList} list */
function take(list) {
  for (const one of list.inputs) known.set(one.id, one)
  more = list.more
  total = list.total
  draw()
}

/** Tells how far the network has come, and reads the list anew as it comes further. */
async function follow() {
  const mine = asked
  try {
    const { state: standing, completed, total: all, failed } = await getDocuments(network?.id ?? 0, 10_000_000)
    if (mine !== asked) return
    const unread = failed ? ` ${failed} of them cannot be read.` : ''
    progress = standing === 'working' ? `The network has looked at ${completed} of ${all} pictures so far.${unread}` : unread.trim()
    if (standing === 'working') setTimeout(() => { if (mine === asked) follow() }, 1500)
    // Whoever has scrolled far keeps what they see.
    if (inputs.length <= 2 * portion) await read(Math.max(inputs.length, portion))
    else draw()
  } catch (problem) { showProblem(problem) }
}

/**
 * Makes the page take pictures; called once.
 * @param {(id: string) => void} turn turns to a picture
 */
export function buildInputs(turn) {
  turnTo = turn
  const picker = byId('picker')
  for (const id of ['add', 'add-first']) byId(id).addEventListener('click', () => picker.click())
  picker.addEventListener('change', () => { bring(picker.files); picker.value = '' })
  let typing = 0
  byId('find').addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(() => changeOwn('strip.find', byId('find').value.trim(), 'replace'), 200)
  })
  byId('order').addEventListener('change', () => changeOwn('strip.order', byId('order').value))
  document.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files
    if (!files?.length) return
    event.preventDefault()
    bring(files)
  })
  takeDrops()
}

function takeDrops() {
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
    bring(event.dataTransfer?.files)
  })
}

/**
 * Sends files and turns to the last of them.
 * @param {FileList|null|undefined} files
 */
async function bring(files) {
  showProblem(null)
  for (const file of [...files ?? []]) {
    try {
      if (file.size > limit) throw new Error(`“${file.name}” is larger than 32 MB, the most that is taken.`)
      say(`Sending ${file.name}.`)
      const input = await sendInput(file, file.name || 'pasted.png')
      inputs = [input, ...inputs.filter(({ id }) => id !== input.id)]
      known.set(input.id, input)
      turnTo(input.id)
    } catch (problem) {
      showProblem(problem)
    }
  }
  draw()
}

/**
 * Shows the strip of the state.
 * @param {Network} by
 */
export function showInputs(by) {
  network = by
  const wanted = listName()
  if (wanted !== asked) {
    progress = ''
    loadInputs(by).catch(showProblem)
  }
  if (document.activeElement !== byId('find')) byId('find').value = find()
  byId('order').value = order()
  byId('order').hidden = by.task === 'regression'
  draw()
}

function draw() {
  document.body.classList.toggle('empty', !state.input)
  byId('inputs').hidden = total === 0 && inputs.length === 0
  const isDrawn = inputs.some(({ from }) => from === 'drawn') && !inputs.some(({ from }) => from === 'folder')
  byId('folder-hint').hidden = inputs.length === 0
  byId('folder-hint').textContent = isDrawn
    ? 'Or begin with one of these simple pictures, which Rather has drawn.' : 'Or take one of these pictures.'
  byId('find-box').hidden = total <= many && !find() && !order()
  const strip = byId('strip')
  const focused = document.activeElement instanceof HTMLElement && strip.contains(document.activeElement)
    ? document.activeElement.dataset.id : undefined
  const old = new Map([...strip.children].map((item) => [item.dataset.name, item]))
  strip.replaceChildren(...inputs.map((input) => {
    const item = old.get(nameOfItem(input)) ?? itemOf(input)
    item.querySelector('button')?.setAttribute('aria-pressed', String(input.id === state.input))
    return item
  }), ...more > 0 ? [old.get('more') ?? moreButton()] : [])
  scrollToChosen(strip)
  if (focused) strip.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  byId('inputs-note').textContent = [
    !inputs.length && find() ? (progress.includes('so far') ? 'Nothing is found yet.' : 'No picture has such a name or answer.') : '',
    progress,
  ].filter(Boolean).join(' ')
}

/** @param {HTMLElement} strip */
function scrollToChosen(strip) {
  const chosen = strip.querySelector('[aria-pressed=true]')
  if (chosen instanceof HTMLElement && chosen.dataset.id !== strip.dataset.chosen) {
    strip.scrollLeft = chosen.offsetLeft - (strip.clientWidth - chosen.offsetWidth) / 2
  }
  strip.dataset.chosen = chosen instanceof HTMLElement ? chosen.dataset.id : ''
}

/** @param {Input} input @returns {string} what tells an item of the strip from one that says something else */
const nameOfItem = (input) => `${input.id} ${input.problem ?? ''} ${answerOf(input)}`

/** @param {Input} input @returns {string} the likely classes that it was found or put in order by */
function answerOf(input) {
  const by = network
  if (!by || !usesAnswers()) return ''
  return (input.answers ?? []).slice(0, 2).map(({ index, probability }) =>
    `${nameOf(by, index)} ${percent(probability)}`).join('\n')
}

/** @param {Input} input @returns {HTMLElement} */
function itemOf(input) {
  const item = make('li', { 'data-name': nameOfItem(input) })
  if (input.problem) item.append(refused(input.name, input.problem))
  else {
    const answer = answerOf(input)
    item.append(thumbnail(input, item), answer ? make('span', { className: 'answer-note' }, answer) : '')
  }
  return item
}

/** @param {string} name @param {string} problem @returns {HTMLElement} */
const refused = (name, problem) => make('div', { className: 'refused', tabIndex: 0, role: 'group', 'aria-label': name },
  make('strong', {}, name), ` ${problem[0].toUpperCase()}${problem.slice(1)}.`)

/** @param {Input} input @param {HTMLElement} item @returns {HTMLElement} */
function thumbnail(input, item) {
  const { width = 0, height = 0 } = input
  const button = make('button', {
    type: 'button', className: 'thumbnail', title: width ? `${input.name}, ${width} × ${height}` : input.name,
    'data-id': input.id, onclick: () => turnTo(input.id),
  }, make('img', {
    src: pictureURL(input.id, 160), alt: input.name, loading: 'lazy', decoding: 'async', fetchPriority: 'low', draggable: false,
    className: width && width < 100 ? 'pixels' : '',
    onerror: () => item.replaceChildren(refused(input.name, 'this picture cannot be read')),
  }))
  // Known before the thumbnail comes, so that nothing moves when it does.
  button.style.aspectRatio = String(width ? Math.min(Math.max(width / height, 0.7), 1.8) : 1)
  return button
}

/** @returns {HTMLElement} a button that reads on, and does so by itself where one scrolls to it */
function moreButton() {
  const button = make('button', { type: 'button', className: 'small more-inputs', onclick: readOn }, 'Show more')
  const item = make('li', { 'data-name': 'more' }, button)
  const observer = new IntersectionObserver((entries) => {
    if (!item.isConnected) observer.disconnect()
    else if (entries.some(({ isIntersecting }) => isIntersecting)) readOn()
  }, { root: null, rootMargin: '0px 200px' })
  observer.observe(item)
  return item
}
