/** History: what was asked before, and saved views, in a drawer that is opened when it is wanted. */

import { addRecord, request } from './api.js'
import { byId, make, say, showProblem } from './dom.js'
import { fragmentOf, state, turnBack } from './state.js'

/** @typedef {import('./api.js').Kept} Kept */
/** @typedef {{records: Kept[], next?: number, kept: boolean}} KeptList */

/**
 * What was asked, or saved under a name, the last first.
 * @param {'question'|'view'} kind
 * @param {number} [before] a turn
 * @returns {Promise<KeptList>}
 */
const getRecords = async (kind, before) =>
  (await request(`/api/records?kind=${kind}&limit=${kind === 'view' ? 200 : 40}${before === undefined ? '' : `&before=${before}`}`)).json()

/** @param {number} id @returns {Promise<unknown>} */
const removeRecord = (id) => request(`/api/records/${id}`, { method: 'DELETE' })

/** @returns {Promise<unknown>} when the questions without a note are gone */
const clearRecords = () => request('/api/records', { method: 'DELETE' })

let isBuilt = false
let turn = 0

/** Opens the drawer. */
export async function openRecords() {
  if (!isBuilt) build()
  isBuilt = true
  byId('view-name').value = ''
  byId('records-problem').hidden = true
  await showRecords()
  if (!byId('records').open) byId('records').showModal()
}

/** Shows what the server knows now. */
export async function showRecords() {
  const now = ++turn
  try {
    const [views, questions] = await Promise.all([getRecords('view'), getRecords('question')])
    if (now !== turn) return
    byId('records-kept').textContent = questions.kept
      ? 'All of this stays in the folder that the server was started with.'
      : 'This stays until the server ends. A server that was started with --data keeps it.'
    byId('views-list').replaceChildren(...views.records.map(item))
    byId('views-none').hidden = views.records.length > 0
    byId('asked-list').replaceChildren(...questions.records.map(item))
    byId('asked-none').hidden = questions.records.length > 0
    byId('forget').hidden = questions.records.length === 0
    showOlder(questions.next)
  } catch (problem) {
    refuse(problem)
  }
}

function build() {
  const drawer = byId('records')
  const saving = make('form', { className: 'name-view', onsubmit: saveView },
    make('label', { for: 'view-name' }, 'Save what is shown now as a view'),
    make('input', { id: 'view-name', type: 'text', placeholder: 'A name', maxLength: 200, autocomplete: 'off' }),
    make('button', { type: 'submit', id: 'save-view' }, 'Save view'))
  drawer.append(
    make('div', { className: 'drawer-head' },
      make('h2', { id: 'records-title' }, 'History'),
      make('button', { type: 'button', id: 'records-close', className: 'plain', 'aria-label': 'Close the history', onclick: () => drawer.close() }, '×')),
    make('p', { id: 'records-kept', className: 'help' }),
    make('p', { id: 'records-problem', className: 'problem', role: 'alert', hidden: true }),
    make('section', { 'aria-labelledby': 'views-title' },
      make('h3', { id: 'views-title' }, 'Saved views'), saving,
      make('p', { id: 'views-none', className: 'help' }, 'None has been saved yet.'),
      make('ol', { id: 'views-list', className: 'records-list' })),
    make('section', { 'aria-labelledby': 'asked-title' },
      make('h3', { id: 'asked-title' }, 'Asked before'),
      make('p', { id: 'asked-none', className: 'help' }, 'Nothing has been asked yet.'),
      make('ol', { id: 'asked-list', className: 'records-list' }),
      make('button', { type: 'button', id: 'older', className: 'small' }, 'Show older ones'),
      make('button', { type: 'button', id: 'forget', className: 'small', onclick: forget }, 'Remove those without a note')))
  // A click beside the drawer closes it, as Escape does.
  drawer.addEventListener('click', (/** @type {MouseEvent} */ event) => { if (event.target === drawer) drawer.close() })
}

/**
 * @param {Kept} record
 * @returns {HTMLElement}
 */
function item(record) {
  const { fragment, title, about, note, kind, time } = record
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time))
  return make('li', {},
    make('a', {
      href: `#${fragment}`, onclick: (/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        byId('records').close()
        turnBack(fragment, 'push', kind === 'question')
      },
    }, title),
    make('button', {
      type: 'button', className: 'plain', 'aria-label': `Remove “${title}”`, title: 'Remove', onclick: () => remove(record),
    }, '×'),
    make('span', { className: 'soft' }, [about, when].filter(Boolean).join(' · ')),
    note ? make('p', { className: 'note-text' }, note) : null)
}

/** @param {number|undefined} next */
function showOlder(next) {
  const button = byId('older')
  button.hidden = next === undefined
  button.onclick = async () => {
    try {
      const older = await getRecords('question', next)
      byId('asked-list').append(...older.records.map(item))
      showOlder(older.next)
    } catch (problem) {
      refuse(problem)
    }
  }
}

/** @param {Event} event */
async function saveView(event) {
  event.preventDefault()
  const field = byId('view-name')
  const title = field.value.trim()
  if (!title) return field.focus()
  try {
    await addRecord({ kind: 'view', fragment: fragmentOf(state), title, about: document.title.replace(/ · Rather$/, '') })
    field.value = ''
    say(`The view ${title} is saved.`)
    await showRecords()
  } catch (problem) {
    refuse(problem)
  }
}

/** @param {Kept} record */
async function remove({ id, kind, title }) {
  try {
    await removeRecord(id)
    say(`“${title}” is removed.`)
    await showRecords()
    byId(kind === 'view' ? 'view-name' : 'records-close').focus()
  } catch (problem) {
    refuse(problem)
  }
}

async function forget() {
  try {
    await clearRecords()
    await showRecords()
    byId('records-close').focus()
  } catch (problem) {
    refuse(problem)
  }
}

/**
 * Tells what went wrong, in the drawer, for the page behind it is out of reach.
 * @param {unknown} problem
 */
function refuse(problem) {
  showProblem(problem)
  byId('records-problem').textContent = byId('problem-text').textContent
  byId('records-problem').hidden = false
}
