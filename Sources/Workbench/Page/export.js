/** Saves what is shown as a picture or a figure; it is loaded when that is first wanted. */

import { answerNow } from './answers.js'
import { drawFigure, figureOf } from './export-figure.js'
import { byId, make, say } from './dom.js'
import { sceneNow } from './look.js'
import { drawScene } from './overlay.js'

/**
 * Saves the map that is shown large, or all maps of the answer.
 * @param {'png'|'svg'|'pdf'} format
 * @param {boolean} isAll
 */
export async function saveAs(format, isAll) {
  const shown = answerNow()
  if (!shown) throw new Error('There is no answer to save.')
  const name = isAll ? `${document.title.replace(/ · Rather$/, '')} all maps` : byId('stage-title').textContent
  const blob = format === 'png' && !isAll ? await picture() : await figure(format, isAll)
  download(blob, `${fileName(name) || 'map'}.${format}`)
  say('The file is saved.')
}

/** @param {'png'|'svg'|'pdf'} format @param {boolean} isAll @returns {Promise<Blob>} */
async function figure(format, isAll) {
  const made = await figureOf(isAll)
  if (format === 'svg') return (await import('./export-svg.js')).svgOf(made)
  if (format === 'pdf') return (await import('./export-pdf.js')).pdfOf(made)
  return pngOf(drawFigure(made, 3))
}

/** @returns {Promise<Blob>} the large picture as it is drawn, at about the photo's own size */
function picture() {
  const scene = sceneNow()
  if (!scene) throw new Error('There is no picture to save.')
  const { naturalWidth: width, naturalHeight: height } = scene.photo
  const longer = Math.max(width, height)
  const ratio = Math.min(Math.max(1, 640 / longer), 4096 / longer)
  const canvas = make('canvas', { width: Math.round(width * ratio), height: Math.round(height * ratio) })
  drawScene(canvas, scene)
  return pngOf(canvas)
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) => new Promise((resolve, reject) => canvas.toBlob((blob) =>
  blob ? resolve(blob) : reject(new Error('The browser could not make a picture of this.')), 'image/png'))

/** @param {string} text @returns {string} */
const fileName = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase().slice(0, 100)

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const url = URL.createObjectURL(blob)
  make('a', { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
