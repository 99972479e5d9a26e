/** Drags a row of the dendrogram to another cluster by mouse or pen; fingers scroll, and have the choice of its number. */

import { byId } from './dom.js'

let dragged = false

/** @returns {boolean} whether a row is under way, so that nothing may be drawn anew */
export const isDragging = () => dragged

/**
 * Follows the pointer from the press of a row on; a click is no drag.
 * @param {PointerEvent} event
 * @param {HTMLElement} item
 * @param {(target: HTMLElement|null) => void} drop is told where a row that was dragged was let go; nowhere after Escape
 */
export function beginDrag(event, item, drop) {
  if (event.button !== 0 || event.pointerType === 'touch') return
  if (event.target instanceof Element && event.target.closest('select, input')) return
  const start = { x: event.clientX, y: event.clientY }
  const box = byId('dendrogram-box')
  /** @type {HTMLElement|null} */
  let over = null
  // All of the cluster that the class would join.
  const mark = (/** @type {boolean} */ isOver) => {
    const place = over?.dataset.place
    const marked = place === undefined ? [over] : box.querySelectorAll(`[data-place="${place}"]`)
    for (const one of marked) one?.classList.toggle('over', isOver)
  }
  const moved = (/** @type {PointerEvent} */ to) => {
    const [dx, dy] = [to.clientX - start.x, to.clientY - start.y]
    if (!dragged && Math.hypot(dx, dy) < 6) return
    dragged = true
    item.classList.add('dragged')
    box.classList.add('dragging')
    to.preventDefault()
    item.style.transform = `translate(${dx}px, ${dy}px)`
    const under = document.elementFromPoint(to.clientX, to.clientY)?.closest('.leaf:not(.dragged, .out), .own-cluster')
    if ((under ?? null) === over) return
    mark(false)
    over = under instanceof HTMLElement ? under : null
    mark(true)
  }
  const end = (/** @type {boolean} */ isDropped) => {
    for (const [name, listener] of listeners) removeEventListener(name, listener, true)
    const wasDragged = dragged
    dragged = false
    mark(false)
    item.classList.remove('dragged')
    item.style.transform = ''
    box.classList.remove('dragging')
    if (wasDragged) drop(isDropped ? over : null)
  }
  /** @type {[string, (event: any) => void][]} */
  const listeners = [
    ['pointermove', moved], ['pointerup', () => end(true)], ['pointercancel', () => end(false)],
    ['keydown', ({ key }) => { if (key === 'Escape') end(false) }],
  ]
  for (const [name, listener] of listeners) addEventListener(name, listener, true)
}
