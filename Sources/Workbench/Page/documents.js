/** What the networks answer about the folder's pictures: which picture shows a class, and which fall into a cluster. */

import { getDocuments } from './api.js'
import { likely } from './tree.js'

/** @typedef {import('./api.js').DocumentRow} DocumentRow */
/** @typedef {{rows: DocumentRow[], isDone: boolean, isWorking: boolean, completed: number, total: number}} Found */

/** @type {Found} */
const nothing = { rows: [], isDone: false, isWorking: false, completed: 0, total: 0 }

/** @type {Map<number, Found>} by network */
const known = new Map()
/** @type {Map<number, Promise<void>>} */
const reading = new Map()

/**
 * What is known by now about a network's answers; whoever asks is told when more is.
 * @param {number} network
 * @param {() => void} tell
 * @returns {Found}
 */
export function documentsOf(network, tell) {
  const found = known.get(network) ?? nothing
  if (!found.isDone && !reading.has(network)) {
    reading.set(network, read(network, found).finally(() => reading.delete(network)).then(tell))
  }
  return found
}

/** @param {number} network @param {Found} found @returns {Promise<void>} */
async function read(network, found) {
  if (found.isWorking) await new Promise((resolve) => setTimeout(resolve, 1500))
  try {
    // Rows come in parts: there are no more where the work is done and none came.
    const { state, rows, completed, total } = await getDocuments(network, found.rows.length)
    const isWorking = state === 'working'
    known.set(network, { rows: [...found.rows, ...rows], isDone: !isWorking && !rows.length, isWorking, completed, total })
  } catch {
    // Without them there are no small pictures, and all else is as it is.
    known.set(network, { ...found, isDone: true })
  }
}

/** @type {WeakMap<DocumentRow[], Map<number, {input: string, probability: number}>>} */
const shown = new WeakMap()

/**
 * The picture that shows a class best: of those that the network takes for it, the one of which it is surest.
 * @param {DocumentRow[]} rows @param {number} index @returns {string|null} the picture's id
 */
export function pictureOf(rows, index) {
  let best = shown.get(rows)
  if (!best) {
    best = new Map()
    for (const { input, classes: [first] } of rows) {
      if (first && first.probability > (best.get(first.index)?.probability ?? 0)) best.set(first.index, { input, probability: first.probability })
    }
    shown.set(rows, best)
  }
  return best.get(index)?.input ?? null
}

/** @typedef {{input: string, classes: number[], share: number}} Falling a picture, what of a cluster is likely in it, and how likely */

/**
 * The pictures that fall into each cluster: two or more of its classes are among their likeliest. Surest first.
 * @template Cluster
 * @param {DocumentRow[]} rows @param {number} limit @param {number} mass @param {number|undefined} threshold
 * @param {(index: number) => Cluster[]} clustersOf all clusters that hold a class
 * @returns {Map<Cluster, Falling[]>}
 */
export function picturesByCluster(rows, limit, mass, threshold, clustersOf) {
  /** @type {Map<Cluster, Falling[]>} */
  const found = new Map()
  for (const { input, classes } of rows) {
    /** @type {Map<Cluster, Falling>} */
    const own = new Map()
    for (const { index, probability } of likely(classes, limit, mass, threshold)) {
      for (const cluster of clustersOf(index)) {
        const one = own.get(cluster) ?? { input, classes: [], share: 0 }
        one.classes.push(index)
        one.share += probability
        own.set(cluster, one)
      }
    }
    for (const [cluster, one] of own) {
      if (one.classes.length < 2) continue
      const list = found.get(cluster)
      if (list) list.push(one)
      else found.set(cluster, [one])
    }
  }
  for (const list of found.values()) list.sort((a, b) => b.share - a.share)
  return found
}
