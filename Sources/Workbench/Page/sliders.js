/** Numbers as sliders: with a box beside them, and one entry in the history for each drag. */

import { make } from './dom.js'

/**
 * A number as a box and a slider that are kept in step.
 * @param {string} id @param {string} label @param {Record<string, any>} range @param {string} unit
 * @param {(text: string, entry: 'push'|'replace') => void} set @returns {HTMLElement}
 */
export function pair(id, label, range, unit, set) {
  const box = make('input', { type: 'number', id: `${id}-box`, ...range, onchange: () => { if (box.reportValidity() && box.value) set(box.value, 'push') } })
  const slider = make('input', { type: 'range', id: `${id}-slider`, ...range, step: 1, 'aria-label': `${label}, slider` })
  slides(slider, set)
  return make('div', { className: 'field pair', id: `${id}-field` }, make('label', { for: `${id}-box` }, label),
    make('div', { className: 'both' }, slider, make('span', { className: 'boxed' }, box, unit)))
}

/**
 * Follows a slider: the first step of a drag gets an entry in the history, those after it take its place.
 * @param {HTMLInputElement} slider @param {(text: string, entry: 'push'|'replace') => void} set
 */
export function slides(slider, set) {
  let isSliding = false
  slider.addEventListener('input', () => {
    set(slider.value, isSliding ? 'replace' : 'push')
    isSliding = true
  })
  slider.addEventListener('change', () => { isSliding = false })
}
