/** A figure as PDF: text in Helvetica, which every reader has, pictures as JPEG or packed, colours of legends as a shading. */

import { drawText, ink, soft } from './export-figure.js'
import { make } from './dom.js'

/** @typedef {import('./export-figure.js').Text} Text */

/** What the bytes from 0x80 stand for in the encoding that PDF calls WinAnsi. */
const special = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'
/** How wide Helvetica's letters are, from the blank on, in thousandths of its size. */
const widths = ('278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 '
  + '278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 '
  + '944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 '
  + '278 556 500 722 500 500 500 334 260 334 584').split(' ').map(Number)
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'

/** The objects of a file, in the order of their numbers. */
class Objects {
  /** @type {(string|Uint8Array)[][]} */
  #objects = []

  /** @param {...(string|Uint8Array)} body @returns {string} a reference to it */
  add(...body) {
    this.#objects.push(body)
    return `${this.#objects.length} 0 R`
  }

  /**
   * Says what an object is that was added before this was known.
   * @param {string} reference @param {string} body
   */
  set(reference, body) {
    this.#objects[parseInt(reference) - 1] = [body]
  }

  /** @param {string} facts @param {Uint8Array|string} data @returns {string} */
  addStream(facts, data) {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    return this.add(`<< ${facts} /Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream')
  }

  /** @param {string} root @param {string} info @returns {Blob} */
  file(root, info) {
    const writer = new TextEncoder()
    /** @type {Uint8Array[]} */
    const parts = []
    let length = 0
    const put = (/** @type {string|Uint8Array} */ part) => {
      const bytes = typeof part === 'string' ? writer.encode(part) : part
      parts.push(bytes)
      length += bytes.length
    }
    put('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n')
    const places = this.#objects.map((body, i) => {
      const place = length
      put(`${i + 1} 0 obj\n`)
      body.forEach(put)
      put('\nendobj\n')
      return place
    })
    const start = length
    put(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n`)
    for (const place of places) put(`${String(place).padStart(10, '0')} 00000 n \n`)
    put(`trailer\n<< /Size ${places.length + 1} /Root ${root} /Info ${info} >>\nstartxref\n${start}\n%%EOF\n`)
    return new Blob(parts, { type: 'application/pdf' })
  }
}

/** @param {import('./export-figure.js').Figure} figure @returns {Promise<Blob>} */
export async function pdfOf({ width, height, title, about, parts }) {
  const objects = new Objects()
  const encoding = objects.add('<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [127 /minus] >>')
  const fonts = ['Helvetica', 'Helvetica-Bold'].map((name) =>
    objects.add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding ${encoding} >>`))
  /** @type {string[]} */
  const pictures = []
  /** @type {Map<Uint8ClampedArray, string>} */
  const shadings = new Map()
  let page = ''
  for (const part of parts) {
    if (part.kind === 'text' && codesOf(part.text) !== null) {
      page += textOf(part, height)
    } else if (part.kind === 'colors') {
      if (!shadings.has(part.table)) shadings.set(part.table, shadingOf(objects, part.table))
      const name = [...shadings.keys()].indexOf(part.table)
      page += `q ${boxOf(part, height)} 0 0 1 1 re W n /S${name} sh Q\n`
    } else {
      const picture = part.kind === 'text' ? pictureOf(part) : part
      pictures.push(await imageOf(objects, picture.canvas))
      const drawn = `q ${boxOf(picture, height)} /I${pictures.length - 1} Do Q`
      page += part.kind === 'text' ? `${drawn}\n${unseenOf(part, picture.width, height)}` : `${drawn}\n`
    }
  }
  const named = (/** @type {string} */ letter, /** @type {string[]} */ references) =>
    `<< ${references.map((reference, i) => `/${letter}${i} ${reference}`).join(' ')} >>`
  const content = objects.addStream('', page)
  const pages = objects.add('null')
  const leaf = objects.add(`<< /Type /Page /Parent ${pages} /MediaBox [0 0 ${round(width)} ${round(height)}] /Contents ${content}`
    + ` /Resources << /Font ${named('F', fonts)} /XObject ${named('I', pictures)} /Shading ${named('S', [...shadings.values()])} >> >>`)
  objects.set(pages, `<< /Type /Pages /Count 1 /Kids [${leaf}] >>`)
  const root = objects.add(`<< /Type /Catalog /Pages ${pages} /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>`)
  return objects.file(root, objects.add(`<< /Title ${wide(title)} /Subject ${wide(about)} /Creator (Rather) >>`))
}

/** @param {number} value @returns {number} */
const round = (value) => Math.round(value * 100) / 100

/** @param {{x: number, y: number, width: number, height: number}} part @param {number} high @returns {string} the unit square put there */
const boxOf = ({ x, y, width, height }, high) =>
  `${round(width)} 0 0 ${round(height)} ${round(x)} ${round(high - y - height)} cm`

/** @param {string} color six hexadecimal digits behind a # @returns {string} */
const colorOf = (color) => [1, 3, 5].map((i) => round(parseInt(color.slice(i, i + 2), 16) / 255)).join(' ')

/** @param {string} text @returns {string} as UTF-16, which every string of PDF may be */
const wide = (text) => `<FEFF${Array.from({ length: text.length }, (_, i) =>
  text.charCodeAt(i).toString(16).padStart(4, '0')).join('')}>`

/** @param {string} text @returns {number[]|null} its bytes; nothing where a letter has none */
function codesOf(text) {
  const codes = [...text].map((letter) => {
    if (raised.includes(letter)) return letter === '⁻' ? 127 : 48 + raised.indexOf(letter)
    if (letter === '−') return 127
    const code = letter.charCodeAt(0)
    if (letter.length === 1 && (code >= 32 && code < 127 || code >= 160 && code < 256)) return code
    const at = special.indexOf(letter)
    return at < 0 || letter === '\0' ? -1 : 128 + at
  })
  return codes.includes(-1) ? null : codes
}

/** @param {string} text @param {number} size @returns {number} how wide Helvetica sets it */
function widthOf(text, size) {
  return [...text].reduce((sum, letter) => {
    const plain = letter.normalize('NFD').charCodeAt(0)
    const width = '×−'.includes(letter) ? 584 : widths[plain - 32] ?? 556
    return sum + width * (raised.includes(letter) ? 0.65 : 1)
  }, 0) * size / 1000
}

/** @param {Text} part @param {number} high the figure's height @returns {string} */
function textOf({ x, y, text, size, isBold, isSoft, align }, high) {
  const left = x - { start: 0, middle: 0.5, end: 1 }[align] * widthOf(text, size)
  const font = isBold ? '/F1' : '/F0'
  // Powers of ten are digits that are smaller and stand higher.
  const runs = text.match(new RegExp(`[${raised}]+|[^${raised}]+`, 'g')) ?? []
  const shown = runs.map((run) => {
    const isRaised = raised.includes(run[0])
    const letters = (codesOf(run) ?? []).map((code) => '()\\'.includes(String.fromCharCode(code))
      ? `\\${String.fromCharCode(code)}` : code < 127 ? String.fromCharCode(code) : `\\${code.toString(8).padStart(3, '0')}`)
    return `${font} ${isRaised ? size * 0.65 : size} Tf ${isRaised ? size * 0.35 : 0} Ts (${letters.join('')}) Tj`
  })
  return `BT 0 Tr 100 Tz ${colorOf(isSoft ? soft : ink)} rg ${round(left)} ${round(high - y)} Td ${shown.join(' ')} ET\n`
}

/**
 * What a text says that is shown as a picture, for its letters are none of Helvetica's: a letter as wide as it, which is not
 * drawn, and which readers take for the text.
 * @param {Text} part @param {number} width @param {number} high @returns {string}
 */
function unseenOf({ x, y, text, size, align }, width, high) {
  const left = x - { start: 0, middle: 0.5, end: 1 }[align] * width
  return `/Span << /ActualText ${wide(text)} >> BDC BT 3 Tr /F0 ${size} Tf ${round(width / widthOf('.', size) * 100)} Tz `
    + `${round(left)} ${round(high - y)} Td (.) Tj ET EMC\n`
}

/** @param {Text} part @returns {{x: number, y: number, width: number, height: number, canvas: HTMLCanvasElement}} */
function pictureOf(part) {
  const { x, y, text, size, align } = part
  const sharp = 4
  const canvas = make('canvas')
  const pen = canvas.getContext('2d')
  pen.font = `${part.isBold ? 'bold ' : ''}${size}px Helvetica, Arial, sans-serif`
  const width = pen.measureText(text).width + 1
  Object.assign(canvas, { width: Math.ceil(width * sharp), height: Math.ceil(size * 1.4 * sharp) })
  pen.scale(sharp, sharp)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width + 1, size * 2)
  drawText(pen, { ...part, x: 0, y: size, align: 'start' })
  return {
    x: x - { start: 0, middle: 0.5, end: 1 }[align] * width, y: y - size,
    width: canvas.width / sharp, height: canvas.height / sharp, canvas,
  }
}

/** @param {Objects} objects @param {Uint8ClampedArray} table @returns {string} */
function shadingOf(objects, table) {
  const digits = Array.from(table, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const colors = objects.addStream('/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [256] /BitsPerSample 8'
    + ' /Filter /ASCIIHexDecode', `${digits}>`)
  return objects.add(`<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 0] /Function ${colors} >>`)
}

/** @param {Objects} objects @param {HTMLCanvasElement} canvas @returns {Promise<string>} */
async function imageOf(objects, canvas) {
  const { width, height } = canvas
  const ground = make('canvas', { width, height })
  const pen = ground.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(canvas, 0, 0)
  const facts = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`
  const rgba = pen.getImageData(0, 0, width, height).data
  // Small pictures are packed without loss; large ones would take megabytes.
  /** @type {any} not known to every TypeScript, nor to every browser */
  const Packer = Reflect.get(globalThis, 'CompressionStream')
  if (width * height < 400_000 && Packer) {
    const rgb = new Uint8Array(width * height * 3)
    for (let i = 0; i < width * height; i++) for (let k = 0; k < 3; k++) rgb[i * 3 + k] = rgba[i * 4 + k]
    const packed = new Blob([rgb]).stream().pipeThrough(new Packer('deflate'))
    return objects.addStream(`${facts} /Filter /FlateDecode`, new Uint8Array(await new Response(packed).arrayBuffer()))
  }
  /** @type {Blob|null} */
  const blob = await new Promise((resolve) => ground.toBlob(resolve, 'image/jpeg', 0.93))
  if (!blob) throw new Error('The browser could not make a picture of this.')
  return objects.addStream(`${facts} /Filter /DCTDecode`, new Uint8Array(await blob.arrayBuffer()))
}
