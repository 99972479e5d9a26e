/** The strongest places of a map, and what they hold of the evidence. */

/** @typedef {import('./maps.js').Grid} Grid */

/**
 * The value that a percentage of a grid's values exceed: a percentile, interpolated between two values as Rather's
 * supports are.
 * @param {Grid} grid what is drawn, 0 where nothing is said
 * @param {number} strongest the percentage that is kept, 0 to 100
 * @returns {number} `-Infinity` where everything is kept
 */
export function threshold(grid, strongest) {
  if (!(strongest < 100)) return -Infinity
  const sorted = Float32Array.from(grid.values, Math.abs).sort()
  const place = (100 - Math.max(strongest, 0)) / 100 * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}

/**
 * What the places beyond a threshold hold.
 * @param {Grid} grid
 * @param {number} above
 * @returns {{count: number, share: number}} how many there are, and their part of what speaks for it
 */
export function supportOf(grid, above) {
  let [count, inside, all] = [0, 0, 0]
  for (const value of grid.values) {
    if (value > 0) all += value
    if (Math.abs(value) <= above) continue
    count++
    if (value > 0) inside += value
  }
  return { count, share: all > 0 ? inside / all : 0 }
}
