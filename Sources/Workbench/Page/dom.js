/** Makes elements. Text from the server only ever becomes a text node. */

import { sentence } from './numbers.js'

/**
 * Makes an element with properties, attributes, listeners and children.
 * Keys that begin with `on` are listeners; those with a hyphen, `role` and `for` are attributes.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {any}
 */
export function make(tag, properties = {}, ...children) {
  /** @type {any} */
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key.includes('-') || key === 'role' || key === 'for') element.setAttribute(key, String(value))
    else element[key] = value
  }
  for (const child of children) if (child || child === '') element.append(child)
  return element
}

/**
 * The element with that id, which the page is known to hold.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no element ${id}.`)
  return element
}

/**
 * Fills a select with options, and keeps what was chosen where it is still there.
 * @param {HTMLSelectElement} select
 * @param {{value: string, text: string}[]} options
 * @param {string} chosen
 */
export function fill(select, options, chosen) {
  const wanted = options.map(({ value, text }) => `${value}\n${text}`).join('\n\n')
  if (select.dataset.options !== wanted) {
    select.replaceChildren(...options.map(({ value, text }) => make('option', { value }, text)))
    select.dataset.options = wanted
  }
  select.value = options.some((option) => option.value === chosen) ? chosen : options[0]?.value ?? ''
}

/**
 * Says something to screen readers without moving the focus.
 * @param {string} words
 */
export function say(words) {
  byId('spoken').textContent = words
}

/**
 * Shows how far an answer has come.
 * @param {HTMLElement} words
 * @param {HTMLProgressElement} meter
 * @param {{stage: string, completed: number, total: number}} standing
 */
export function showMeter(words, meter, { stage, completed, total }) {
  const isCounted = total > 0 && completed > 0
  words.textContent = (stage || 'Working') + (isCounted ? `, ${Math.floor(completed / total * 100)} %` : '')
  if (isCounted) Object.assign(meter, { max: total, value: completed })
  else meter.removeAttribute('value')
}

/**
 * Shows what went wrong in the one place for that; `null` takes it away.
 * @param {unknown} problem
 */
export function showProblem(problem) {
  const place = byId('problem')
  const told = problem instanceof Error ? problem.message : problem ? String(problem) : ''
  byId('problem-text').textContent = sentence(told)
  place.hidden = !told
}
