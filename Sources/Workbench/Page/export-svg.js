/** A figure as SVG: text stays text, and pictures are in it as PNG. */

import { family, ink, soft, stops } from './export-figure.js'

const space = 'http://www.w3.org/2000/svg'

/** @param {import('./export-figure.js').Figure} figure @returns {Blob} */
export function svgOf({ width, height, title, about, parts }) {
  const made = document.implementation.createDocument(space, 'svg')
  const root = made.documentElement
  /** @param {Element} parent @param {string} tag @param {Record<string, string|number>} attributes @param {string} [text] @returns {Element} */
  const add = (parent, tag, attributes, text) => {
    const element = made.createElementNS(space, tag)
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)
    }
    if (text !== undefined) element.textContent = text
    parent.append(element)
    return element
  }
  const attributes = { width, height, viewBox: `0 0 ${round(width)} ${round(height)}`, role: 'img', 'aria-labelledby': 'title' }
  for (const [key, value] of Object.entries(attributes)) root.setAttribute(key, String(value))
  add(root, 'title', { id: 'title' }, title)
  add(root, 'desc', {}, about)
  add(root, 'rect', { width: '100%', height: '100%', fill: '#fff' })
  const texts = { fill: ink, 'font-family': family }
  /** @type {Map<Uint8ClampedArray, string>} */
  const gradients = new Map()
  for (const part of parts) {
    if (part.kind === 'text') {
      add(root, 'text', {
        ...texts, x: part.x, y: part.y, 'font-size': part.size, ...part.isSoft ? { fill: soft } : {},
        ...part.isBold ? { 'font-weight': 'bold' } : {}, ...part.align === 'start' ? {} : { 'text-anchor': part.align },
      }, part.text)
    } else if (part.kind === 'picture') {
      const { x, y, width: w, height: h } = part
      const image = add(root, 'image', { x, y, width: w, height: h, href: part.canvas.toDataURL('image/png') })
      add(image, 'title', {}, part.label)
    } else {
      let id = gradients.get(part.table)
      if (!id) {
        gradients.set(part.table, id = `colors-${gradients.size + 1}`)
        const gradient = add(add(root, 'defs', {}), 'linearGradient', { id })
        for (const [offset, color] of stops(part.table)) add(gradient, 'stop', { offset: String(offset), 'stop-color': color })
      }
      add(root, 'rect', { x: part.x, y: part.y, width: part.width, height: part.height, fill: `url(#${id})` })
    }
  }
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`
  return new Blob([text], { type: 'image/svg+xml' })
}

/** @param {number} value @returns {number} */
const round = (value) => Math.round(value * 100) / 100
