/** Numbers and sentences as people read them. */

/**
 * A probability with sensible precision.
 * @param {number} probability
 * @returns {string}
 */
export function percent(probability) {
  const share = probability * 100
  if (share > 0 && share < 0.01) return '< 0.01 %'
  if (share < 100 && share >= 99.95) return '> 99.9 %'
  return `${share.toFixed(share >= 1 ? 1 : 2)} %`
}

/**
 * A probability that may be small, as Rather's reports say it: below one in a thousand as “1 in 12,000”.
 * @param {number} probability
 * @returns {string}
 */
export function chance(probability) {
  if (probability >= 0.001) return `${(probability * 100).toFixed(1)} %`
  const count = probability > 0 ? 1 / probability : Infinity
  return count < 1e9 ? `1 in ${Number(count.toPrecision(2)).toLocaleString('en')}` : 'less than 1 in 1,000,000,000'
}

/**
 * A value in three significant digits, with a true minus.
 * @param {number} value
 * @returns {string}
 */
export function number(value) {
  if (value === 0) return '0'
  if (!Number.isFinite(value)) return 'not a number'
  const size = Math.abs(value)
  const text = size >= 1e5 || size < 1e-3
    ? size.toExponential(1).replace(/e\+?(-?)(\d+)/, (_, minus, digits) =>
      ` × 10${minus && '⁻'}${[...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`)
    : String(Number(size.toPrecision(3)))
  return (value < 0 ? '−' : '') + text
}

const units = new Map([['squared-error', 'squared error'], ['value', '']])

/**
 * What the numbers of a map are in units of.
 * @param {string} score
 * @returns {string}
 */
export const unit = (score) => units.get(score) ?? score

/**
 * Text as a sentence, with a capital and a full stop.
 * @param {string} text
 * @returns {string}
 */
export const sentence = (text) => text && text[0].toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? '' : '.')

/**
 * A count with its noun.
 * @param {number} count
 * @param {string} one
 * @param {string} [more] the plural, where that is not made by an s
 * @returns {string}
 */
export const counted = (count, one, more = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`

/** @param {{label: string}[]} classes @returns {string} the labels of one side of a question */
export const named = (classes) => classes.map(({ label }) => label).join(' or ')
