/** A figure: the photo with maps, their questions and their legends, laid out in points. */

import { answerNow, scalesOf } from './answers.js'
import { colorTable } from './colors.js'
import { make } from './dom.js'
import { colorsNow, heatOf, reading } from './look.js'
import { ready } from './maps.js'
import { number, sentence, unit } from './numbers.js'
import { drawScene } from './overlay.js'
import { state } from './state.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {import('./maps.js').Ready} Ready */
/** @typedef {{kind: 'text', x: number, y: number, text: string, size: number, isBold: boolean, isSoft: boolean, align: 'start'|'middle'|'end'}} Text */
/** @typedef {{kind: 'picture', x: number, y: number, width: number, height: number, canvas: HTMLCanvasElement, label: string}} Picture */
/** @typedef {{kind: 'colors', x: number, y: number, width: number, height: number, table: Uint8ClampedArray}} Colors */
/** @typedef {{width: number, height: number, title: string, about: string, parts: (Text|Picture|Colors)[]}} Figure */
/** @typedef {{title: string, draw: (x: number, y: number, width: number) => number}} Panel */

const [margin, gap, panelWidth, wholeWidth] = [18, 14, 168, 480]
export const [ink, soft] = ['#1c1c1e', '#636368']
export const family = 'Helvetica, Arial, sans-serif'

/**
 * @param {boolean} isAll whether all maps of the answer are shown, and not only the large one
 * @returns {Promise<Figure>}
 */
export async function figureOf(isAll) {
  const shown = answerNow()
  if (!shown?.large) throw new Error('There is no map to save.')
  const { answer, large } = shown
  /** @type {MapEntry[]} */
  const maps = answer.manifest.maps
  const made = await Promise.all(maps.map((map) => ready(answer.id, map, state.sign)))
  const scales = scalesOf(maps, made)
  const sheet = new Sheet(shown)
  const panels = maps.map((map, i) => sheet.panel(map, made[i], scales[i], isAll))
  return isAll ? all(sheet, maps, panels) : single(sheet, large, panels[maps.indexOf(large)])
}

/** @param {Sheet} sheet @param {MapEntry} map @param {Panel} panel @returns {Figure} */
function single(sheet, map, panel) {
  let y = sheet.lines(map.question, margin, margin, wholeWidth, { size: 15, isBold: true })
  y = sheet.lines(reading(map), margin, y + 2, wholeWidth, { isSoft: true })
  y = panel.draw(margin, y + 8, wholeWidth)
  y = sheet.lines(sheet.about, margin, y + 6, wholeWidth, { isSoft: true })
  return sheet.figure(wholeWidth, y, map.question)
}

/** @param {Sheet} sheet @param {MapEntry[]} maps @param {Panel[]} panels @returns {Figure} */
function all(sheet, maps, panels) {
  const clusters = sheet.shown.answer.manifest.clusters
  /** @type {{title: string, panels: Panel[]}[]} */
  const groups = clusters
    ? clusters.map((/** @type {{label: string}[]} */ classes, /** @type {number} */ i) => ({
      title: `Cluster ${i + 1}: ${classes.map(({ label }) => label).join(', ')}`,
      panels: panels.filter((_, k) => maps[k].cluster === i),
    }))
    : [{ title: '', panels: [sheet.photo(), ...panels] }]
  if (clusters) groups.unshift({ title: '', panels: [sheet.photo()] })
  const most = Math.max(...groups.map(({ panels: some }) => some.length))
  const columns = Math.max(2, most <= 5 ? most : 4)
  const width = columns * panelWidth + (columns - 1) * gap
  const title = clusters ? 'The whole answer' : maps[0].question
  let y = sheet.lines(title, margin, margin, width, { size: 15, isBold: true })
  y = sheet.lines(sheet.about, margin, y + 2, width, { isSoft: true })
  for (const group of groups) {
    if (group.title) y = sheet.lines(group.title, margin, y + 14, width, { size: 11, isBold: true })
    for (let i = 0; i < group.panels.length; i += columns) {
      const row = group.panels.slice(i, i + columns)
      const heads = row.map((panel) => wrapped(panel.title, panelWidth, 9, true).length * 12)
      const top = y + 10
      const below = row.map((panel, k) => {
        const x = margin + k * (panelWidth + gap)
        sheet.lines(panel.title, x, top + Math.max(...heads) - heads[k], panelWidth, { isBold: true })
        return panel.draw(x, top + Math.max(...heads) + 4, panelWidth)
      })
      y = Math.max(...below)
    }
  }
  return sheet.figure(width, y, title)
}

/** Where parts are put. */
class Sheet {
  /** @type {(Text|Picture|Colors)[]} */
  parts = []

  /** @param {NonNullable<ReturnType<typeof answerNow>>} shown */
  constructor(shown) {
    this.shown = shown
    const { manifest } = shown.answer
    const { explainer, layer } = manifest.maps[0]
    this.about = [
      manifest.input?.path, manifest.network?.path,
      `${explainer} at ${layer === 'input' ? 'the input' : layer}`,
    ].filter((word) => typeof word === 'string').join(' · ')
  }

  /** @param {number} width @param {number} height @param {string} title @returns {Figure} */
  figure(width, height, title) {
    return { width: width + 2 * margin, height: height + margin, title, about: this.about, parts: this.parts }
  }

  /**
   * Puts lines of text, and tells where they end.
   * @param {string} text @param {number} x @param {number} y @param {number} width
   * @param {{size?: number, isBold?: boolean, isSoft?: boolean}} look
   * @returns {number}
   */
  lines(text, x, y, width, { size = 9, isBold = false, isSoft = false }) {
    for (const line of wrapped(text, width, size, isBold)) {
      y += size * 4 / 3
      this.parts.push({ kind: 'text', x, y: y - size / 3, text: line, size, isBold, isSoft, align: 'start' })
    }
    return y
  }

  /** @returns {Panel} the photo by itself, with the frame of what the network saw */
  photo() {
    return { title: 'The picture', draw: (x, y, width) => this.picture(x, y, width, null, 'The picture') }
  }

  /**
   * A map over the photo, with its legend.
   * @param {MapEntry} map @param {Ready} made @param {[number, number]} scale @param {boolean} hasCheck
   * @returns {Panel}
   */
  panel(map, made, scale, hasCheck) {
    const draw = (/** @type {number} */ x, /** @type {number} */ top, /** @type {number} */ width) => {
      let y = this.picture(x, top, width, heatOf(made, scale), map.question) + 6
      this.parts.push({ kind: 'colors', x, y, width, height: 6, table: colorTable(colorsNow()) })
      y += 15
      const [low, high] = scale
      const numbers = /** @type {const} */ ([[low, 'start', 0], [(low + high) / 2, 'middle', 0.5], [high, 'end', 1]])
      for (const [value, align, share] of numbers) this.parts.push({
        kind: 'text', x: x + share * width, y, text: number(value), size: 8, isBold: false, isSoft: false, align,
      })
      const scored = (unit(map.score) || 'value') + (made.aboveMean ? ' above the mean score' : '')
      const notes = [made.ofPixels ? 'Means over small squares.' : '', hasCheck && map.check ? sentence(map.check.text) : '']
        .filter(Boolean)
      return this.lines(notes.length ? [sentence(scored), ...notes].join(' ') : scored, x, y + 3, width, { size: 8, isSoft: true })
    }
    return { title: map.question, draw }
  }

  /**
   * @param {number} x @param {number} y @param {number} width @param {import('./overlay.js').Heat|null} heat
   * @param {string} label
   * @returns {number} where it ends
   */
  picture(x, y, width, heat, label) {
    const { photo, size, answer } = this.shown
    const ratio = photo.naturalHeight / photo.naturalWidth
    // High photos are not drawn wider than they are high.
    const drawn = { width: width / Math.max(1, ratio), height: width / Math.max(1, ratio) * ratio }
    const pixels = Math.min(1600, Math.max(photo.naturalWidth, width * 3.2))
    const sharp = Math.min(pixels, width * 3.2) / width
    const canvas = make('canvas', { width: Math.round(drawn.width * sharp), height: Math.round(drawn.height * sharp) })
    drawScene(canvas, { photo, size, seen: answer.manifest.geometry.seen, opacity: Number(state.opacity), heat })
    this.parts.push({ kind: 'picture', x, y, ...drawn, canvas, label })
    return y + drawn.height
  }
}

const pen = make('canvas').getContext('2d')

/** @param {number} size @param {boolean} isBold @returns {string} */
const font = (size, isBold) => `${isBold ? 'bold ' : ''}${size}px ${family}`

/**
 * A text in lines of a width; a word that is longer is cut.
 * @param {string} text @param {number} width @param {number} size @param {boolean} isBold
 * @returns {string[]}
 */
export function wrapped(text, width, size, isBold) {
  pen.font = font(size, isBold)
  const fits = (/** @type {string} */ line) => pen.measureText(line).width <= width * 0.98
  /** @type {string[]} */
  const lines = []
  let line = ''
  for (let word of plain(text).split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (fits(longer)) { line = longer; continue }
    if (line) lines.push(line)
    while (!fits(word)) {
      let count = [...word].length
      while (count > 1 && !fits([...word].slice(0, count).join(''))) count--
      lines.push([...word].slice(0, count).join(''))
      word = [...word].slice(count).join('')
    }
    line = word
  }
  return line ? [...lines, line] : lines
}

/** @param {string} text @returns {string} without signs that files of XML may not hold */
const plain = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
  .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

/**
 * Draws a figure.
 * @param {Figure} figure @param {number} sharp pixels a point
 * @returns {HTMLCanvasElement}
 */
export function drawFigure({ width, height, parts }, sharp) {
  const canvas = make('canvas', { width: Math.round(width * sharp), height: Math.round(height * sharp) })
  const ground = canvas.getContext('2d')
  ground.scale(sharp, sharp)
  ground.fillStyle = '#fff'
  ground.fillRect(0, 0, width, height)
  for (const part of parts) {
    if (part.kind === 'picture') ground.drawImage(part.canvas, part.x, part.y, part.width, part.height)
    else if (part.kind === 'text') drawText(ground, part)
    else {
      const colors = ground.createLinearGradient(part.x, 0, part.x + part.width, 0)
      for (const [share, color] of stops(part.table)) colors.addColorStop(share, color)
      ground.fillStyle = colors
      ground.fillRect(part.x, part.y, part.width, part.height)
    }
  }
  return canvas
}

/** @param {CanvasRenderingContext2D} ground @param {Text} text */
export function drawText(ground, { x, y, text, size, isBold, isSoft, align }) {
  ground.font = font(size, isBold)
  ground.fillStyle = isSoft ? soft : ink
  ground.textAlign = align === 'middle' ? 'center' : align
  ground.fillText(text, x, y)
}

/** @param {Uint8ClampedArray} table @returns {[number, string][]} colours between which all others can be mixed */
export const stops = (table) => Array.from({ length: 52 }, (_, i) => {
  const at = i * 5 * 3
  return [i / 51, `rgb(${table[at]}, ${table[at + 1]}, ${table[at + 2]})`]
})
