/** What can be kept of an answer: files, the report, the same as a command and in Swift, and a note. */

import { addRecord, mapsURL, saveReport } from './api.js'
import { byId, make, say, showProblem } from './dom.js'

/** @type {import('./api.js').Answer|null} */
let answer = null
let turn = 0
/** @type {Promise<typeof import('./records.js')>|null} */
let history = null

/** Makes the buttons work; called once. */
export function buildKeep() {
  for (const [button, text] of [['copy', 'command'], ['copy-swift', 'swift']]) {
    byId(button).addEventListener('click', () => copyText(byId(button), byId(text), byId('command-box')))
  }
  byId('save-report').addEventListener('click', () => {
    const id = answer?.id
    if (id) keepReport(byId('save-report'), byId('report-link'), () => saveReport(id), () => answer?.id === id)
  })
  for (const format of /** @type {const} */ (['png', 'svg', 'pdf'])) {
    byId(`save-${format}`).addEventListener('click', () => save(format))
  }
  byId('history').addEventListener('click', showHistory)
}

/** @type {Promise<typeof import('./notes.js')>|null} what shows notes, which is loaded with the first question */
let notes = null

/**
 * Shows the note on a question.
 * @param {import('./api.js').Kept|null} record
 * @param {unknown} [problem]
 */
function showNote(record, problem) {
  if (!record && !problem && !notes) return
  notes ??= import('./notes.js').then((made) => {
    made.buildNote()
    return made
  })
  notes.then((made) => made.showNote(record, problem)).catch(showProblem)
}

/**
 * Shows what can be kept of an answer.
 * @param {import('./api.js').Answer|null} next
 */
export function showKeep(next) {
  if (next?.id !== answer?.id) byId('report-link').replaceChildren()
  if (!next) {
    turn++
    showNote(null)
  }
  answer = next
  byId('keep').hidden = !next
  byId('command').textContent = next?.command ?? ''
  byId('swift').textContent = next?.swift ?? ''
  byId('copy-swift').hidden = byId('swift').parentElement.hidden = !next?.swift
  if (!next) return
  byId('save-npz').href = mapsURL(next.id)
  byId('save-which').hidden = !(next.manifest?.maps?.length > 1)
}

/**
 * Writes down that a question was asked.
 * @param {{fragment: string, title: string, about: string}} question
 */
export async function remember(question) {
  const now = ++turn
  try {
    const record = await addRecord({ kind: 'question', ...question })
    if (now === turn) showNote(record)
    if (history && byId('records').open) (await history).showRecords()
  } catch (problem) {
    if (now === turn) showNote(null, problem)
  }
}

async function showHistory() {
  try {
    history ??= import('./records.js')
    await (await history).openRecords()
  } catch (problem) {
    history = null
    showProblem(problem)
  }
}

/** @param {'png'|'svg'|'pdf'} format */
async function save(format) {
  const button = byId(`save-${format}`)
  const isAll = !byId('save-which').hidden && byId('save-all').checked
  button.disabled = true
  try {
    await (await import('./export.js')).saveAs(format, isAll)
  } catch (problem) {
    showProblem(problem)
  } finally {
    button.disabled = false
  }
}

/**
 * Copies a text that is shown, or selects it to be copied by hand where the browser gives no leave.
 * @param {HTMLElement} button @param {HTMLElement} text @param {HTMLDetailsElement} box what is unfolded to show it
 */
export async function copyText(button, text, box) {
  try {
    await navigator.clipboard.writeText(text.textContent ?? '')
    const usual = button.dataset.usual ??= button.textContent ?? ''
    button.textContent = 'Copied'
    say('Copied.')
    setTimeout(() => { button.textContent = usual }, 1500)
  } catch {
    box.open = true
    getSelection()?.selectAllChildren(text)
    say('It is selected.')
  }
}

/**
 * Saves a report, and tells where it lies.
 * @param {HTMLButtonElement} button @param {HTMLElement} place
 * @param {() => Promise<{url: string, folder: string}>} save
 * @param {() => boolean} [isShown] whether it is still about what is shown
 */
export async function keepReport(button, place, save, isShown = () => true) {
  button.disabled = true
  try {
    const { url, folder } = await save()
    if (isShown()) place.replaceChildren(make('a', { href: url, target: '_blank', rel: 'noopener' }, 'Open the report'), `: it lies in ${folder}.`)
  } catch (problem) {
    showProblem(problem)
  } finally {
    button.disabled = false
  }
}
