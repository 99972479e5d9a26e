/** What is kept: the questions asked in this tab, the command, the report and the picture. */

import { saveReport } from './api.js'
import { byId, make, say, showProblem } from './dom.js'
import { sceneNow } from './look.js'
import { drawScene } from './overlay.js'
import { turnBack } from './state.js'

/** @typedef {{fragment: string, question: string, about: string}} Asked */

const store = 'rather-asked'
const most = 60
/** @type {Asked[]} */
let asked = []
/** @type {import('./api.js').Answer|null} */
let answer = null

/** Makes the buttons work and reads what was asked before; called once. */
export function buildKeep() {
  try {
    asked = JSON.parse(sessionStorage.getItem(store) ?? '[]')
  } catch { asked = [] }
  showAsked()
  byId('copy').addEventListener('click', copyCommand)
  byId('save-report').addEventListener('click', report)
  byId('save-picture').addEventListener('click', picture)
  byId('forget').addEventListener('click', () => { asked = []; showAsked() })
}

/**
 * Shows what can be kept of an answer.
 * @param {import('./api.js').Answer|null} next
 */
export function showKeep(next) {
  if (next?.id !== answer?.id) byId('report-link').replaceChildren()
  answer = next
  byId('keep').hidden = !next
  byId('command').textContent = next?.command ?? ''
}

/**
 * Puts a question on the list of those that were asked, first.
 * @param {Asked} one
 */
export function remember(one) {
  asked = [one, ...asked.filter(({ fragment }) => fragment !== one.fragment)].slice(0, most)
  showAsked()
}

function showAsked() {
  try {
    sessionStorage.setItem(store, JSON.stringify(asked))
  } catch { /* A tab without storage remembers until it is reloaded. */ }
  byId('asked').hidden = asked.length === 0
  byId('asked-list').replaceChildren(...asked.map(({ fragment, question, about }) => make('li', {},
    make('a', {
      href: `#${fragment}`, onclick: (/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        turnBack(fragment, 'push', true)
      },
    }, question),
    make('span', { className: 'soft' }, about))))
}

async function copyCommand() {
  try {
    await navigator.clipboard.writeText(answer?.command ?? '')
    flash(byId('copy'), 'Copied')
  } catch {
    // Without leave to write the clipboard, the command is selected to be copied by hand.
    byId('command-box').open = true
    getSelection()?.selectAllChildren(byId('command'))
    say('The command is selected.')
  }
}

async function report() {
  if (!answer) return
  const { id } = answer
  const button = byId('save-report')
  button.disabled = true
  try {
    const { url, folder } = await saveReport(id)
    if (answer?.id !== id) return
    const link = url.startsWith('/') && !url.startsWith('//')
      ? make('a', { href: url, target: '_blank', rel: 'noopener' }, 'Open the report') : 'The report is written.'
    byId('report-link').replaceChildren(link, ` It lies in ${folder}.`)
  } catch (problem) {
    showProblem(problem)
  } finally {
    button.disabled = false
  }
}

function picture() {
  const scene = sceneNow()
  if (!scene) return
  const { naturalWidth: width, naturalHeight: height } = scene.photo
  const longer = Math.max(width, height)
  const ratio = Math.min(Math.max(1, 640 / longer), 4096 / longer)
  const canvas = make('canvas', { width: Math.round(width * ratio), height: Math.round(height * ratio) })
  drawScene(canvas, scene)
  canvas.toBlob((/** @type {Blob|null} */ blob) => {
    if (!blob) return showProblem('The browser could not make a picture of this.')
    const url = URL.createObjectURL(blob)
    const name = byId('stage-title').textContent.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase()
    make('a', { href: url, download: `${name || 'map'}.png` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }, 'image/png')
}

/** @param {HTMLElement} button @param {string} word */
function flash(button, word) {
  const usual = button.dataset.usual ??= button.textContent ?? ''
  button.textContent = word
  say(`${word}.`)
  setTimeout(() => { button.textContent = usual }, 1500)
}
