/** Colour maps that are safe for colour-blind eyes, each made from a few stops. */

/** @typedef {{name: string, title: string, diverging: boolean, stops: string}} ColorMap */

/** @type {ColorMap[]} */
export const colorMaps = [
  { name: 'inferno', title: 'Inferno', diverging: false,
    stops: '000004 160b39 420a68 6a176e 932667 bc3754 dd513a f37819 fca50a f6d746 fcffa4' },
  { name: 'viridis', title: 'Viridis', diverging: false,
    stops: '440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725' },
  { name: 'cividis', title: 'Cividis', diverging: false,
    stops: '00224e 123570 3b496c 575d6d 707173 8a8678 a59c74 c3b369 e1cc55 fee838' },
  { name: 'diverging', title: 'Blue and red', diverging: true,
    stops: '3b4cc0 6282ea 8db0fe b8d0f9 dddddd f5c4ad f49a7b de604d b40426' },
]

/** @type {Map<string, Uint8ClampedArray>} */
const tables = new Map()

/**
 * The colours in 256 equal steps, three bytes each. Between stops they are mixed in Oklab, where equal
 * steps look equal.
 * @param {string} name
 * @returns {Uint8ClampedArray}
 */
export function colorTable(name) {
  const made = tables.get(name)
  if (made) return made
  const map = colorMaps.find((one) => one.name === name) ?? colorMaps[0]
  const stops = map.stops.split(' ').map(labOf)
  const table = new Uint8ClampedArray(256 * 3)
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1)
    const low = Math.min(Math.floor(at), stops.length - 2)
    const share = at - low
    table.set(bytesOf(stops[low].map((value, k) => value * (1 - share) + stops[low + 1][k] * share)), i * 3)
  }
  tables.set(name, table)
  return table
}

/** @param {string} digits six hexadecimal ones @returns {number[]} lightness and two colour axes of Oklab */
function labOf(digits) {
  const [r, g, b] = [0, 2, 4].map((i) => {
    const part = parseInt(digits.slice(i, i + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** @param {number[]} lab @returns {number[]} red, green and blue, 0 to 255 */
function bytesOf([L, A, B]) {
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055))
}
