/** A search field over many labels, with a small list that the keyboard moves in. */

import { make } from './dom.js'

/** @typedef {{index: number, label: string}} ClassRef */

const most = 40
let count = 0

/**
 * Makes a search field.
 * @param {object} options
 * @param {string} options.label what the field is for, for screen readers
 * @param {string} options.hint shown while it is empty
 * @param {() => ClassRef[]} options.classes all there are
 * @param {(index: number) => void} options.choose
 * @param {() => void} options.erase Backspace in the empty field
 * @returns {HTMLElement}
 */
export function chooser({ label, hint, classes, choose, erase }) {
  const id = `labels-${++count}`
  /** @type {ClassRef[]} */
  let found = []
  let active = -1
  const field = make('input', {
    type: 'text', placeholder: hint, autocomplete: 'off', spellcheck: false, role: 'combobox',
    'aria-label': label, 'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list',
  })
  const list = make('ul', { id, role: 'listbox', 'aria-label': label, hidden: true })
  const box = make('div', { className: 'chooser' }, field, list)

  const close = () => {
    list.hidden = true
    active = -1
    field.setAttribute('aria-expanded', 'false')
    field.removeAttribute('aria-activedescendant')
  }
  const mark = (/** @type {number} */ place) => {
    active = place
    ;[...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === place)))
    const item = list.children[place]
    if (item?.id) field.setAttribute('aria-activedescendant', item.id)
    item?.scrollIntoView({ block: 'nearest' })
  }
  const take = (/** @type {number} */ place) => {
    const one = found[place]
    if (!one) return
    field.value = ''
    close()
    choose(one.index)
  }
  const open = () => {
    found = search(classes(), field.value)
    list.replaceChildren(...found.map((one, i) => make('li', {
      id: `${id}-${i}`, role: 'option', 'aria-selected': 'false',
      onpointerdown: (/** @type {Event} */ event) => { event.preventDefault(); take(i) },
    }, make('span', {}, one.label), make('span', { className: 'index' }, String(one.index)))))
    if (!found.length) list.append(make('li', { className: 'none' }, 'No class has a name like that.'))
    list.hidden = false
    field.setAttribute('aria-expanded', 'true')
    mark(found.length && field.value ? 0 : -1)
  }

  field.addEventListener('input', open)
  field.addEventListener('click', open)
  field.addEventListener('blur', close)
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[/** @type {keyof typeof steps} */ (event.key)]
    if (step) {
      event.preventDefault()
      if (list.hidden) open()
      else mark(Math.min(Math.max(active + step, 0), found.length - 1))
    } else if (event.key === 'Enter') take(active)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Backspace' && !field.value) erase()
  })
  return box
}

/**
 * The labels that fit what is typed: first those that begin with it, then those of which a word does,
 * then those that hold it.
 * @param {ClassRef[]} classes
 * @param {string} typed
 * @returns {ClassRef[]}
 */
export function search(classes, typed) {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return classes.slice(0, most)
  /** @type {ClassRef[][]} */
  const ranks = [[], [], [], []]
  for (const one of classes) {
    const label = one.label.toLowerCase()
    const at = label.indexOf(wanted)
    if (label === wanted || String(one.index) === wanted) ranks[0].push(one)
    else if (at === 0) ranks[1].push(one)
    else if (at > 0 && (` ${label}`.includes(` ${wanted}`))) ranks[2].push(one)
    else if (at > 0) ranks[3].push(one)
  }
  return ranks.flat().slice(0, most)
}
