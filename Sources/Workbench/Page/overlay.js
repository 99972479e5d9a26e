/** Draws a map over its photo: the photo muted, heat the stronger the further it is from saying nothing. */

import { colorTable } from './colors.js'

/** @typedef {import('./api.js').Rectangle} Rectangle */
/** @typedef {import('./maps.js').Grid} Grid */
/** @typedef {{grid: Grid, scale: [number, number], colors: string, above?: number}} Heat above: places of less are not drawn */
/**
 * @typedef {object} Scene
 * @property {HTMLImageElement} photo
 * @property {{width: number, height: number}} size the photo's own, which the image may be smaller than
 * @property {Rectangle|null} seen what the network saw of the photo, in its pixels
 * @property {Heat|null} heat nothing for the photo alone
 * @property {number} opacity
 * @property {import('./zoom.js').Section} [section] the part that fills the canvas; all of it where there is none
 */

/** @type {WeakMap<HTMLImageElement, {width: number, height: number, canvas: HTMLCanvasElement}[]>} */
const mutedPhotos = new WeakMap()
/** @type {WeakMap<Grid, {name: string, canvas: HTMLCanvasElement}>} */
const heats = new WeakMap()

/** The longest side that the photo of an enlarged scene is made with. */
const most = 3600

/**
 * Draws a scene, or a part of it, to fill the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Scene} scene
 */
export function drawScene(canvas, { photo, size, seen, heat, opacity, section }) {
  const { width, height } = canvas
  const { zoom, x, y } = section ?? { zoom: 1, x: 0, y: 0 }
  const pen = pencil(canvas)
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, width, height)
  pen.setTransform(zoom, 0, 0, zoom, -x * zoom * width, -y * zoom * height)
  // Layers are made as fine as the enlargement asks for, as far as the photo and the memory go.
  const finer = (/** @type {number} */ limit) =>
    Math.max(1, Math.min(2 ** Math.ceil(Math.log2(zoom)), limit / Math.max(width, height)))
  const isSharp = photo.naturalWidth < 100 || zoom * width > 6 * photo.naturalWidth
  pen.imageSmoothingEnabled = !isSharp
  pen.imageSmoothingQuality = 'high'
  const fine = photo.naturalWidth < 100 ? 1 : finer(Math.min(most, Math.max(photo.naturalWidth, photo.naturalHeight)))
  pen.drawImage(heat ? muted(photo, Math.round(width * fine), Math.round(height * fine)) : photo, 0, 0, width, height)
  if (!seen) return
  const ratio = { x: width / size.width, y: height / size.height }
  const place = {
    x: seen.x * ratio.x, y: seen.y * ratio.y, width: seen.width * ratio.x, height: seen.height * ratio.y,
  }
  if (heat) {
    const more = finer(2000)
    const layer = heatLayer(heat, ...layerSize(heat, Math.round(place.width * more), Math.round(place.height * more)))
    pen.globalAlpha = opacity
    pen.imageSmoothingEnabled = true
    pen.drawImage(layer, place.x, place.y, place.width, place.height)
    pen.globalAlpha = 1
  }
  frame(pen, place, width, height, zoom)
}

/**
 * Gives a canvas the shape of a photo, at most so long and 24 times as large.
 * @param {HTMLCanvasElement} canvas @param {HTMLImageElement} photo @param {number} longest
 */
export function shapeAs(canvas, { naturalWidth, naturalHeight }, longest) {
  const ratio = Math.min(longest / Math.max(naturalWidth, naturalHeight), 24)
  canvas.width = Math.max(1, Math.round(naturalWidth * ratio))
  canvas.height = Math.max(1, Math.round(naturalHeight * ratio))
}

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
function pencil(canvas) {
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('This browser cannot draw on a canvas.')
  return pen
}

/**
 * Darkens what the network did not see, and outlines what it saw.
 * @param {CanvasRenderingContext2D} pen @param {Rectangle} place @param {number} width @param {number} height
 * @param {number} zoom
 */
function frame(pen, place, width, height, zoom) {
  if (place.width >= width - 2 && place.height >= height - 2) return
  pen.fillStyle = 'rgba(0, 0, 0, 0.45)'
  pen.beginPath()
  pen.rect(0, 0, width, height)
  pen.rect(place.x, place.y, place.width, place.height)
  pen.fill('evenodd')
  const line = Math.max(1, Math.round(Math.max(width, height) / 700)) / zoom
  for (const [color, inset] of /** @type {[string, number][]} */ ([['#000', 0.5], ['#fff', 1.5]])) {
    pen.strokeStyle = color
    pen.lineWidth = line
    const by = inset * line
    pen.strokeRect(place.x + by, place.y + by, place.width - 2 * by, place.height - 2 * by)
  }
}

/** @param {HTMLImageElement} photo @param {number} width @param {number} height @returns {HTMLCanvasElement} */
function muted(photo, width, height) {
  const known = mutedPhotos.get(photo) ?? []
  const fitting = known.find((one) => one.width === width && one.height === height)
  if (fitting) return fitting.canvas
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const pen = pencil(canvas)
  pen.imageSmoothingEnabled = photo.naturalWidth >= 100
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(photo, 0, 0, width, height)
  const pixels = pen.getImageData(0, 0, width, height)
  const bytes = pixels.data
  for (let i = 0; i < bytes.length; i += 4) {
    const grey = (0.299 * bytes[i] + 0.587 * bytes[i + 1] + 0.114 * bytes[i + 2]) * 0.9
    for (let k = 0; k < 3; k++) bytes[i + k] = bytes[i + k] * 0.1 + grey
  }
  pen.putImageData(pixels, 0, 0)
  mutedPhotos.set(photo, [{ width, height, canvas }, ...known].slice(0, 3))
  return canvas
}

/** From so many cells a side on, colours between cells are as good as values between them. */
const fineGrid = 150

/**
 * How large a map's colours are made: cell by cell where there are many, which every picture of the map can share; else
 * as large as they are shown, as is the outline of the strongest places.
 * @param {Heat} heat @param {number} width @param {number} height @returns {[number, number]}
 */
function layerSize({ grid, above = -Infinity }, width, height) {
  const isFine = Math.min(grid.width, grid.height) >= fineGrid && above === -Infinity
  return isFine ? [grid.width, grid.height] : [width, height]
}

/** @param {Heat} heat @param {number} width @param {number} height @returns {HTMLCanvasElement} */
function heatLayer({ grid, scale, colors, above = -Infinity }, width, height) {
  const name = [width, height, scale, colors, above].join()
  const known = heats.get(grid)
  if (known?.name === name) return known.canvas
  const canvas = Object.assign(document.createElement('canvas'),
    { width: Math.max(1, width), height: Math.max(1, height) })
  const pen = pencil(canvas)
  const pixels = pen.createImageData(canvas.width, canvas.height)
  const outside = paint(pixels, grid, scale, colors, above)
  if (above > -Infinity) outline(pixels, outside)
  pen.putImageData(pixels, 0, 0)
  heats.set(grid, { name, canvas })
  return canvas
}

/**
 * Fills pixels with a grid's colours, interpolated bilinearly between the middles of its cells.
 * @param {ImageData} pixels @param {Grid} grid @param {[number, number]} scale @param {string} colors
 * @param {number} above
 * @returns {Uint8Array} 1 for each pixel that is left out, for its value does not exceed that
 */
function paint(pixels, grid, [low, high], colors, above) {
  const { width, height, data } = pixels
  const outside = new Uint8Array(width * height)
  const table = colorTable(colors)
  const columns = lattice(width, grid.width)
  const rows = lattice(height, grid.height)
  const reach = high - low || 1
  const isSigned = low < 0
  const isCellByCell = width === grid.width && height === grid.height
  for (let y = 0, at = 0; y < height; y++) {
    const top = rows.low[y] * grid.width
    const bottom = rows.high[y] * grid.width
    const b = rows.share[y]
    for (let x = 0; x < width; x++, at += 4) {
      let value = grid.values[at / 4]
      if (!isCellByCell) {
        const [left, right, a] = [columns.low[x], columns.high[x], columns.share[x]]
        const upper = grid.values[top + left] * (1 - a) + grid.values[top + right] * a
        const lower = grid.values[bottom + left] * (1 - a) + grid.values[bottom + right] * a
        value = upper * (1 - b) + lower * b
      }
      if (Math.abs(value) <= above) {
        outside[at / 4] = 1
        continue
      }
      const part = Math.min(Math.max((value - low) / reach, 0), 1)
      const color = Math.round(part * 255) * 3
      data[at] = table[color]
      data[at + 1] = table[color + 1]
      data[at + 2] = table[color + 2]
      const size = isSigned ? Math.abs(part * 2 - 1) : part
      // Little for weak heat, most from the half up, as in Rather's reports.
      data[at + 3] = 255 * size * size * (3 - 2 * size)
    }
  }
  return outside
}

/**
 * Draws a light line with a dark one around it where places are left out.
 * @param {ImageData} pixels @param {Uint8Array} outside
 */
function outline({ width, height, data }, outside) {
  const reach = Math.max(1, Math.round(Math.max(width, height) / 600))
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const own = outside[at]
      const isEdge = (x >= reach && outside[at - reach] !== own) || (x + reach < width && outside[at + reach] !== own) ||
        (y >= reach && outside[at - reach * width] !== own) || (y + reach < height && outside[at + reach * width] !== own)
      if (isEdge) data.set(own ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4)
    }
  }
}

/** @param {number} pixels @param {number} cells @returns {{low: Int32Array, high: Int32Array, share: Float32Array}} */
function lattice(pixels, cells) {
  const [low, high, share] = [new Int32Array(pixels), new Int32Array(pixels), new Float32Array(pixels)]
  for (let i = 0; i < pixels; i++) {
    const at = Math.min(Math.max((i + 0.5) * cells / pixels - 0.5, 0), cells - 1)
    low[i] = Math.floor(at)
    high[i] = Math.min(low[i] + 1, cells - 1)
    share[i] = at - low[i]
  }
  return { low, high, share }
}

/**
 * Draws a colour map from its lowest to its highest colour.
 * @param {HTMLCanvasElement} canvas
 * @param {string} colors
 */
export function drawLegend(canvas, colors) {
  canvas.width = 256
  canvas.height = 1
  const pen = pencil(canvas)
  const pixels = pen.createImageData(256, 1)
  const table = colorTable(colors)
  for (let i = 0; i < 256; i++) pixels.data.set([table[i * 3], table[i * 3 + 1], table[i * 3 + 2], 255], i * 4)
  pen.putImageData(pixels, 0, 0)
}
