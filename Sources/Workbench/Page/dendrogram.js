/** Draws branches of the latent tree in SVG: the root at the left, a row for each end at the right, levels in columns. */

import { make } from './dom.js'

/** @typedef {import('./tree.js').Branch} Branch */
/** @typedef {{branch: Branch, x: number, y: number, from: number, children: Drawn[]}} Drawn */
/**
 * How a forest is drawn.
 * @typedef {object} Drawing
 * @property {Branch[]} forest what is folded comes without children
 * @property {string} label what it shows, for screen readers
 * @property {number} row the height of a row in pixels
 * @property {number} width
 * @property {number} height the highest level
 * @property {number} [cut] the level of the cut, which is drawn as a line
 * @property {(branch: Branch) => string} colorOf the class that colours a branch, or nothing
 * @property {(branch: Branch) => string} describe what pressing a branch does, in a sentence
 * @property {(branch: Branch) => void} press
 * @property {(branch: Branch) => boolean} [isOpen] whether a branch is unfolded, where branches fold
 */

document.head.append(make('link', { rel: 'stylesheet', href: '/dendrogram.css' }))

const space = 'http://www.w3.org/2000/svg'
/** Room for the levels' numbers. */
export const head = 18
const margin = 8

/**
 * @param {string} tag @param {Record<string, string|number|undefined>} attributes
 * @param {...(Element|string)} children @returns {any}
 */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS(space, tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value))
  }
  element.append(...children)
  return element
}

/**
 * Where a level lies from left to right; classes are of level 0, and a cut lies half a level higher.
 * @param {{width: number, height: number}} drawing @param {number} level @returns {number}
 */
export const across = ({ width, height }, level) =>
  Math.round((width - margin - level * (width - 2 * margin) / (height + 0.6)) * 2) / 2

/** @param {Drawing} drawing @returns {Drawn[]} each branch with its place */
function laidOut(drawing) {
  let row = 0
  /** @param {Branch} branch @param {number} from @returns {Drawn} */
  const place = (branch, from) => {
    const x = across(drawing, branch.level)
    const children = branch.children.map((child) => place(child, x))
    const last = children[children.length - 1]
    const y = last ? (children[0].y + last.y) / 2 : (row++ + 0.5) * drawing.row + head
    return { branch, x, y, from, children }
  }
  return drawing.forest.map((branch) => place(branch, Math.max(across(drawing, branch.level) - 10, 1)))
}

/** @param {Drawn[]} some @returns {Drawn[]} each before those below it */
const withBelow = (some) => some.flatMap((one) => [one, ...withBelow(one.children)])

/** @param {Drawing} drawing @returns {SVGSVGElement} */
export function drawBranches(drawing) {
  const roots = laidOut(drawing)
  const flat = withBelow(roots)
  const ends = flat.filter(({ children }) => !children.length)
  const tall = Math.ceil(ends.length * drawing.row + head)
  const picture = shape('svg', {
    class: 'branches', role: 'group', 'aria-label': drawing.label, width: drawing.width, height: tall,
    viewBox: `0 0 ${drawing.width} ${tall}`,
  }, guides(drawing, tall))
  for (const end of ends) if (end.branch.level === 0) picture.append(wayTo(end, drawing))
  const inner = flat.filter(({ branch }) => branch.level > 0)
  picture.append(...inner.map((one) => knot(one, drawing)))
  if (drawing.cut) picture.append(cutLine(drawing, tall))
  takeKeys(picture, inner, drawing)
  return picture
}

/** @param {Drawing} drawing @param {number} tall @returns {Element} the levels, faintly */
function guides(drawing, tall) {
  const levels = Array.from({ length: drawing.height }, (_, i) => i + 1)
  return shape('g', { class: 'guides', 'aria-hidden': 'true' }, ...levels.flatMap((level) => {
    const x = across(drawing, level)
    return [
      shape('path', { d: `M${x} ${head}V${tall}` }),
      shape('text', { x, y: 11, 'text-anchor': 'middle' }, String(level)),
    ]
  }))
}

/** @param {Drawn} end @param {Drawing} drawing @returns {Element} the line to a class */
const wayTo = ({ branch, y, from }, drawing) => shape('path', {
  class: `way ${drawing.colorOf(branch)}`, d: `M${from} ${y}H${drawing.width}`, 'aria-hidden': 'true',
})

/** @param {Drawn} one @param {Drawing} drawing @returns {Element} a branch that can be pressed */
function knot({ branch, x, y, from, children }, drawing) {
  const last = children[children.length - 1]
  const line = `M${from} ${y}H${x}` + (last ? `M${x} ${children[0].y}V${last.y}` : '')
  const told = drawing.describe(branch)
  const isOpen = drawing.isOpen?.(branch)
  return shape('g', {
    class: `branch ${drawing.colorOf(branch)}`, role: 'button', tabindex: -1, 'aria-label': told,
    'data-key': `branch ${branch.latent}`, 'aria-expanded': isOpen === undefined ? undefined : String(isOpen),
  },
  shape('title', {}, told),
  shape('path', { class: 'hit', d: line }),
  shape('path', { class: 'way', d: line + (last ? '' : `M${x} ${y}H${drawing.width}`) }),
  shape('circle', { class: last ? 'dot' : 'dot folded', cx: x, cy: y, r: last ? 4.5 : 5.5 }))
}

/** @param {Drawing} drawing @param {number} tall @returns {Element} */
function cutLine(drawing, tall) {
  const x = across(drawing, (drawing.cut ?? 0) + 0.5)
  return shape('path', { class: 'cut-line', d: `M${x} 2V${tall}`, 'aria-hidden': 'true' })
}

/**
 * Pointer and keys: one branch is reached by Tab, the arrows lead to the others.
 * @param {SVGSVGElement} picture @param {Drawn[]} inner @param {Drawing} drawing
 */
function takeKeys(picture, inner, drawing) {
  const branchOf = (/** @type {EventTarget|null} */ target) => {
    const key = target instanceof Element && target.closest('[data-key]')?.getAttribute('data-key')
    return key ? inner.find(({ branch }) => `branch ${branch.latent}` === key) : undefined
  }
  const reach = (/** @type {Drawn|undefined} */ one) => {
    const next = one && picture.querySelector(`[data-key="branch ${one.branch.latent}"]`)
    if (!(next instanceof SVGElement)) return
    for (const each of picture.querySelectorAll('[tabindex="0"]')) each.setAttribute('tabindex', '-1')
    next.setAttribute('tabindex', '0')
    next.focus()
  }
  picture.querySelector('[role=button]')?.setAttribute('tabindex', '0')
  picture.addEventListener('click', ({ target }) => {
    const one = branchOf(target)
    if (one) drawing.press(one.branch)
  })
  picture.addEventListener('keydown', (event) => {
    const one = branchOf(event.target)
    if (!one) return
    const byHeight = [...inner].sort((a, b) => a.y - b.y || a.x - b.x)
    const at = byHeight.indexOf(one)
    /** @type {Record<string, () => void>} */
    const keys = {
      Enter: () => drawing.press(one.branch), ' ': () => drawing.press(one.branch),
      ArrowLeft: () => reach(inner.find(({ children }) => children.includes(one))),
      ArrowRight: () => reach(one.children.find(({ branch }) => branch.level > 0)),
      ArrowUp: () => reach(byHeight[at - 1]), ArrowDown: () => reach(byHeight[at + 1]),
    }
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    keys[event.key]()
  })
}
