/** Which pixels are hidden: bits that are painted, undone, and written down shortly. */

/** A mask over the pixels of a network's input; 1 hides. */
export class Mask {
  /** @type {Uint8Array[]} */
  #past = []
  /** @type {Uint8Array[]} */
  #future = []
  /** @type {Uint8Array|null} What was before the stroke that is being painted. */
  #begun = null
  /** @type {HTMLCanvasElement|null} */
  #canvas = null

  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width
    this.height = height
    this.bits = new Uint8Array(width * height)
  }

  get canUndo() { return this.#past.length > 0 }

  get canRedo() { return this.#future.length > 0 }

  /** @returns {number} how many are hidden */
  count() { return this.bits.reduce((sum, bit) => sum + bit, 0) }

  /** Begins a stroke, which is undone as one. */
  begin() { this.#begun = this.bits.slice() }

  /**
   * Ends it.
   * @returns {boolean} whether anything changed
   */
  end() {
    const before = this.#begun
    this.#begun = null
    if (!before || before.every((bit, i) => bit === this.bits[i])) return false
    this.#past = [...this.#past, before].slice(-80)
    this.#future = []
    return true
  }

  /** @param {(bits: Uint8Array) => void} how @returns {boolean} whether anything changed */
  change(how) {
    this.begin()
    how(this.bits)
    return this.end()
  }

  /** @returns {boolean} whether there was anything to undo */
  undo() { return this.#turn(this.#past, this.#future) }

  /** @returns {boolean} whether there was anything to do again */
  redo() { return this.#turn(this.#future, this.#past) }

  /** @param {Uint8Array[]} from @param {Uint8Array[]} to @returns {boolean} */
  #turn(from, to) {
    const bits = from.pop()
    if (!bits) return false
    to.push(this.bits)
    this.bits = bits
    return true
  }

  /** @returns {string} a bit for each pixel, the highest of a byte first, in Base64 */
  base64() {
    const bytes = new Uint8Array(Math.ceil(this.bits.length / 8))
    this.bits.forEach((bit, i) => { bytes[i >> 3] |= bit << (7 - i % 8) })
    return encode(bytes)
  }

  /** @returns {string} the lengths of runs of shown and hidden pixels by turns, for the address; nothing for none */
  text() {
    if (!this.count()) return ''
    /** @type {number[]} */
    const bytes = []
    let [bit, run] = [0, 0]
    const put = () => {
      for (; run > 127; run = Math.floor(run / 128)) bytes.push(run % 128 + 128)
      bytes.push(run)
    }
    for (const one of this.bits) {
      if (one === bit) run++
      else { put(); bit = one; run = 1 }
    }
    put()
    return encode(Uint8Array.from(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  }

  /**
   * Reads what `text` wrote; what is no mask hides nothing.
   * @param {string} text
   */
  read(text) {
    this.bits.fill(0)
    try {
      const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
      let [bit, at, run, factor] = [0, 0, 0, 1]
      for (const byte of bytes) {
        run += byte % 128 * factor
        factor *= 128
        if (byte > 127) continue
        if (bit) this.bits.fill(1, at, at + run)
        at += run
        bit = 1 - bit
        run = 0
        factor = 1
      }
    } catch { /* An address that somebody shortened. */ }
  }

  /** @returns {HTMLCanvasElement} black where pixels are hidden, and clear elsewhere */
  picture() {
    const canvas = this.#canvas ??= Object.assign(document.createElement('canvas'), { width: this.width, height: this.height })
    const pen = canvas.getContext('2d')
    if (!pen) return canvas
    const pixels = pen.createImageData(this.width, this.height)
    this.bits.forEach((bit, i) => { pixels.data[i * 4 + 3] = bit * 255 })
    pen.putImageData(pixels, 0, 0)
    return canvas
  }
}

/** @param {Uint8Array} bytes @returns {string} */
function encode(bytes) {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/**
 * Paints from one place to another with a round brush.
 * @param {Mask} mask @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {number} radius @param {0|1} bit
 */
export function stroke(mask, from, to, radius, bit) {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const reach = Math.max(radius, 0.5)
  const [left, right] = [Math.floor(Math.min(from.x, to.x) - reach), Math.ceil(Math.max(from.x, to.x) + reach)]
  const [top, bottom] = [Math.floor(Math.min(from.y, to.y) - reach), Math.ceil(Math.max(from.y, to.y) + reach)]
  for (let y = Math.max(top, 0); y < Math.min(bottom, mask.height); y++) {
    for (let x = Math.max(left, 0); x < Math.min(right, mask.width); x++) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y]
      const along = length ? Math.min(Math.max((px * dx + py * dy) / length, 0), 1) : 0
      if (Math.hypot(px - along * dx, py - along * dy) <= reach) mask.bits[y * mask.width + x] = bit
    }
  }
}

/**
 * The places of the highest values of a map, as places of another grid over the same picture.
 * @param {{width: number, height: number, values: Float32Array}} map @param {number} width @param {number} height
 * @param {number} share which part of all places, 0 to 1
 * @returns {number[]}
 */
export function topPart(map, width, height, share) {
  const at = (/** @type {number} */ place) => map.values[
    Math.floor((Math.floor(place / width) + 0.5) * map.height / height) * map.width
    + Math.floor((place % width + 0.5) * map.width / width)]
  const places = Array.from({ length: width * height }, (_, place) => place)
  return places.sort((a, b) => at(b) - at(a)).slice(0, Math.round(share * places.length))
}
