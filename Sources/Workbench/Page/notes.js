/** The note on the question that is answered: it is written down as one types. */

import { request } from './api.js'
import { byId } from './dom.js'
import { sentence } from './numbers.js'

/** @typedef {import('./api.js').Kept} Kept */

/** @param {number} id @param {string} note @returns {Promise<unknown>} when it is kept, though the page is left meanwhile */
const writeNote = (id, note) => request(`/api/records/${id}/note`, {
  method: 'PUT', body: JSON.stringify({ note }), headers: { 'Content-Type': 'application/json' }, keepalive: true,
})

/** @type {Kept|null} the record that the field is about */
let record = null
/** What the server has. */
let written = ''
let timer = 0
/** @type {Promise<void>} Notes go one after another, so that the last one stays. */
let queue = Promise.resolve()

/** Makes the field write what is typed; called once. */
export function buildNote() {
  const field = byId('note')
  field.addEventListener('input', () => {
    tell('Not saved yet.')
    clearTimeout(timer)
    timer = setTimeout(write, 500)
    grow()
  })
  field.addEventListener('blur', write)
  addEventListener('pagehide', write)
}

/**
 * Shows the note on a question; one that is being typed is written first.
 * @param {Kept|null} next nothing while none is answered
 * @param {unknown} [problem] why no note can be kept
 */
export function showNote(next, problem) {
  const isSame = next && record?.id === next.id
  if (isSame && byId('note').value !== written) return
  write()
  record = next
  written = next?.note ?? ''
  byId('note').value = written
  byId('note').disabled = !next
  tell(problem ? `No note can be kept. ${sentence(problem instanceof Error ? problem.message : String(problem))}` : '')
  grow()
}

/** Writes what was typed, if it is not there yet. */
function write() {
  clearTimeout(timer)
  const text = byId('note').value
  if (!record || text === written) return
  const { id } = record
  written = text
  tell('Saving …')
  queue = queue.then(async () => {
    try {
      await writeNote(id, text)
      if (record?.id === id && byId('note').value === text) tell(text ? 'The note is saved.' : 'The note is removed.')
    } catch (problem) {
      if (record?.id !== id) return
      // It is tried again with the next letter, or when the field is left.
      written = '\u0000'
      tell(`The note is not saved. ${sentence(problem instanceof Error ? problem.message : String(problem))}`)
    }
  })
}

/** Gives the field as many lines as its text has. */
function grow() {
  const field = byId('note')
  field.rows = Math.min(8, Math.max(1, field.value.split('\n').length))
}

/** @param {string} words */
function tell(words) {
  byId('note-state').textContent = words
}
