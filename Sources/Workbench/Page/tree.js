/** The latent tree and what can be done with it, as functions of values: restricting, cutting, merging, splitting and moving. */

/** @typedef {import('./api.js').TreeColumns} TreeColumns */
/**
 * @typedef {object} Tree
 * @property {number} height the highest level at which it can be cut
 * @property {string[]} names of its latents
 * @property {number[]} levels of its latents
 * @property {(number|null)[]} parents the latent that each latent hangs on, which comes before it; none for a root
 * @property {Map<number, number>} homes the latent that each class hangs on
 */
/**
 * A part of the tree: a latent with what is left below it, or a class.
 * @typedef {object} Branch
 * @property {number|null} latent its place; nothing for a class
 * @property {number} level 0 for a class
 * @property {Branch[]} children
 * @property {number[]} classes all below it
 */

/** @param {TreeColumns} columns @returns {Tree} */
export const treeOf = ({ height, latents, classes }) => ({
  height, ...latents, homes: new Map(classes.indices.map((index, i) => [index, classes.parents[i]])),
})

/**
 * The latent at the top of each latent's cluster, where the tree is cut at a level: a class lies below the last
 * latent on its way up that is not above the level.
 * @param {Tree} tree @param {number} level @returns {number[]}
 */
export function topsOf({ levels, parents }, level) {
  /** @type {number[]} */
  const tops = []
  parents.forEach((parent, place) => {
    const isInside = parent !== null && levels[parent] <= level && levels[place] < level
    tops.push(isInside ? tops[parent] : place)
  })
  return tops
}

/**
 * Some classes by the clusters of a cut, in order of first appearance; one that is not in the tree stands alone.
 * @param {Tree} tree @param {number} level @param {number[]} classes @returns {number[][]}
 */
export function cut(tree, level, classes) {
  const tops = topsOf(tree, level)
  return grouped(classes, (index) => {
    const home = tree.homes.get(index)
    return home === undefined ? null : tops[home]
  })
}

/**
 * Some classes by clusters that were given by hand; those that are in none stand alone.
 * @param {number[][]} clusters @param {number[]} classes @returns {number[][]}
 */
export function byHand(clusters, classes) {
  const places = new Map(clusters.flatMap((cluster, place) => cluster.map((index) => [index, place])))
  return grouped(classes, (index) => places.get(index) ?? null)
}

/** @param {number[]} classes @param {(index: number) => number|null} clusterOf @returns {number[][]} */
function grouped(classes, clusterOf) {
  /** @type {Map<number|string, number[]>} */
  const groups = new Map()
  for (const index of classes) {
    const key = clusterOf(index) ?? `alone ${index}`
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  }
  return [...groups.values()]
}

/**
 * What is left of the tree where only some classes are: latents with one child are left out, the others keep their
 * levels. Branches come in the order of their first class; a class that is not in the tree is one by itself.
 * @param {Tree} tree @param {number[]} classes @returns {Branch[]}
 */
export function restrict(tree, classes) {
  /** @type {Map<number, (number|Branch)[]>} */
  const below = new Map()
  /** @type {(number|Branch)[]} */
  const roots = []
  const place = (/** @type {number|null|undefined} */ parent, /** @type {number|Branch} */ one) => {
    const known = parent === null || parent === undefined ? roots : below.get(parent)
    if (known) known.push(one)
    else if (typeof parent === 'number') {
      below.set(parent, [one])
      place(tree.parents[parent], parent)
    }
  }
  for (const index of classes) {
    place(tree.homes.get(index), { latent: null, level: 0, children: [], classes: [index] })
  }
  /** @param {number|Branch} one @returns {Branch} */
  const grown = (one) => {
    if (typeof one !== 'number') return one
    const children = (below.get(one) ?? []).map(grown)
    if (children.length === 1) return children[0]
    return { latent: one, level: tree.levels[one], children, classes: children.flatMap((child) => child.classes) }
  }
  return roots.map(grown)
}

/** @param {Branch[]} forest @returns {Branch[]} all branches, each before those below it */
export const all = (forest) => forest.flatMap((branch) => [branch, ...all(branch.children)])

/**
 * What pressing a branch makes of clusters: classes of several become one; one cluster is split, at the branch where it
 * is a part of it and at the next branches where it is all of it.
 * @param {Tree} tree @param {number[][]} groups @param {Branch} branch @param {number[]} classes in their order
 * @returns {number[][]}
 */
export function press(tree, groups, branch, classes) {
  const below = new Set(branch.classes)
  const holder = groups.find((group) => branch.classes.every((index) => group.includes(index)))
  if (!holder) {
    return inOrder([...groups.map((group) => group.filter((index) => !below.has(index))), branch.classes], classes)
  }
  const isAll = holder.length === branch.classes.length
  let parts = isAll ? branch.children.map((child) => child.classes) : cut(tree, branch.level, holder)
  if (parts.length < 2) parts = [branch.classes, holder.filter((index) => !below.has(index))]
  return inOrder([...groups.filter((group) => group !== holder), ...parts], classes)
}

/**
 * Moves a class into a cluster, by its place, or where there is none into one of its own.
 * @param {number[][]} groups @param {number} index @param {number} place @param {number[]} classes in their order
 * @returns {number[][]}
 */
export function move(groups, index, place, classes) {
  const left = groups.map((group) => group.filter((one) => one !== index))
  if (left[place]) left[place].push(index)
  else left.push([index])
  return inOrder(left, classes)
}

/** @param {number[][]} groups @param {number[]} classes @returns {number[][]} without empty ones, in the order of classes */
export function inOrder(groups, classes) {
  const at = new Map(classes.map((index, i) => [index, i]))
  const placed = (/** @type {number} */ index) => at.get(index) ?? Infinity
  return groups.filter((group) => group.length)
    .map((group) => [...group].sort((a, b) => placed(a) - placed(b)))
    .sort((a, b) => placed(a[0]) - placed(b[0]))
}

/**
 * The level whose cut gives just these clusters, the preferred one before others; nothing where none does.
 * @param {Tree} tree @param {number[][]} groups @param {number} preferred @returns {number|null}
 */
export function levelOf(tree, groups, preferred) {
  const classes = groups.flat()
  const name = (/** @type {number[][]} */ some) =>
    JSON.stringify(some.map((group) => [...group].sort((a, b) => a - b)).sort((a, b) => a[0] - b[0]))
  const wanted = name(groups)
  const levels = [preferred, ...Array.from({ length: tree.height }, (_, i) => i + 1)]
  return levels.find((level) => level >= 1 && level <= tree.height && name(cut(tree, level, classes)) === wanted) ?? null
}

/**
 * The likeliest classes: at most so many, and no more than are needed for their probabilities to exceed the mass together.
 * Counted in 32-bit floats, as the server counts. Of labels that are each there or not, those above the threshold.
 * @template {{probability: number}} One
 * @param {One[]} classes likeliest first @param {number} limit @param {number} mass @param {number} [threshold] @returns {One[]}
 */
export function likely(classes, limit, mass, threshold) {
  if (threshold !== undefined) return classes.slice(0, limit).filter(({ probability }) => probability > threshold)
  let sum = 0
  const end = classes.slice(0, limit).findIndex(({ probability }) => {
    sum = Math.fround(sum + Math.fround(probability))
    return sum > Math.fround(mass)
  })
  return classes.slice(0, end < 0 ? limit : end + 1)
}

/**
 * Clusters as they are typed behind `--clusters`, read; nothing where a word is no class.
 * @param {string} text @param {string[]} labels @returns {number[][]|null}
 */
export function clustersOf(text, labels) {
  const read = text.split(';').filter((part) => part.trim())
    .map((part) => part.split(',').map((word) => classOf(word.trim(), labels)))
  return read.length && read.every((part) => part.every((one) => one !== null))
    ? /** @type {number[][]} */ (read) : null
}

/** @param {string} word @param {string[]} labels @returns {number|null} */
function classOf(word, labels) {
  if (/^@\d+$/.test(word)) return Number(word.slice(1)) < labels.length ? Number(word.slice(1)) : null
  const wanted = word.toLowerCase()
  const same = labels.flatMap((label, i) => label.toLowerCase() === wanted ? [i] : [])
  if (same.length) return same.length === 1 ? same[0] : null
  if (/^\d+$/.test(word)) return Number(word) < labels.length ? Number(word) : null
  const begun = labels.flatMap((label, i) => wanted && label.toLowerCase().startsWith(wanted) ? [i] : [])
  return begun.length === 1 ? begun[0] : null
}
