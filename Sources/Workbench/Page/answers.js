/** The maps of an answer: one large with its legend, all as tiles, and the whole answer cluster by cluster. */

import { byId, make, say, showProblem } from './dom.js'
import { colorsNow, factOf, heatOf, showLarge, strongestNow } from './look.js'
import { family, fetchMaps, isBlankOn, nothingFor, ready, scaleOver } from './maps.js'
import { chance, counted, named, number, percent, sentence, unit } from './numbers.js'
import { drawLegend, drawScene, shapeAs } from './overlay.js'
import { change, state } from './state.js'
import { supportOf, threshold } from './support.js'

/** @typedef {import('./api.js').MapEntry} MapEntry */
/** @typedef {import('./api.js').Answer} Answer */
/** @typedef {import('./maps.js').Ready} Ready */

/** @type {Answer|null} */
let answer = null
/** @type {HTMLImageElement|null} */
let photo = null
let size = { width: 1, height: 1 }
/** @type {import('./api.js').Network|null} */
let network = null
let turn = 0

/** @typedef {{colorAt: (place: number) => string, pictureOf: (index: number) => HTMLElement|null}} Marks */
/** @type {Marks|null} how the classes and clusters of a whole answer are marked, once the module that marks them is there */
let marks = null

/** @param {Marks} how */
export function markClasses(how) {
  marks = how
}

/** @returns {MapEntry[]} the maps of the answer that is shown */
const maps = () => answer?.manifest?.maps ?? []
/** @returns {MapEntry|null} the one that is shown large */
const large = () => maps().find(({ key }) => key === state.map) ?? maps()[0] ?? null

/** @returns what is shown now, for who saves it */
export const answerNow = () => answer && photo && { answer, photo, size, large: large() }

/**
 * Shows an answer over its photo; nothing takes the last one away.
 * @param {Answer|null} next
 * @param {HTMLImageElement|null} over
 * @param {{width: number, height: number}} its the photo's own size
 * @param {import('./api.js').Network|null} by
 */
export async function showAnswer(next, over, its, by) {
  answer = next
  network = by
  photo = over
  size = its
  if (!next) {
    turn++
    byId('tiles').replaceChildren()
    showLarge({ map: null, ready: null, pair: null })
    showCheck(null)
    return
  }
  await redrawAnswer()
  const map = large()
  if (answer === next && map && next.state === 'done') say(`${map.question} ${maps().length === 1 ? 'There is one map.' : `There are ${maps().length} maps.`}`)
}

/** Draws the maps as the state wants them to look. */
export async function redrawAnswer() {
  if (!answer || !photo) return
  const now = ++turn
  const { id, manifest } = answer
  try {
    fetchMaps(id, maps(), state.sign)
    const made = await Promise.all(maps().map((map) => ready(id, map, state.sign)))
    if (now !== turn) return
    const scales = scalesOf(maps(), made)
    const map = large()
    const place = map ? maps().indexOf(map) : -1
    showLarge({
      photo, size, seen: manifest.geometry.seen, map, ready: made[place] ?? null, scale: scales[place] ?? [0, 1], network,
      pair: pairOf(map, made, scales),
    })
    if (map) showLegend(map, made[place], scales[place], finer(map, made, scales[place]))
    showTiles(made, scales)
    showCheck(map).catch(showProblem)
  } catch (problem) {
    // Maps of samples so far may be gone when they are fetched; newer ones, or the last, follow.
    if (now === turn && answer.state !== 'working') showProblem(problem)
  }
}

/** @param {MapEntry} map @param {Ready} ready @param {[number, number]} scale @param {string} note about the scale */
function showLegend(map, ready, [low, high], note) {
  drawLegend(byId('legend-colors'), colorsNow())
  byId('legend-low').textContent = number(low)
  byId('legend-middle').textContent = number((low + high) / 2)
  byId('legend-high').textContent = number(high)
  byId('legend-unit').textContent = unit(map.score) + (ready.aboveMean ? ' above the mean score' : '')
  byId('legend-note').textContent = [note, noteOf(map, ready)].filter(Boolean).join(' ')
}

/** @param {MapEntry} map @param {Ready} ready @returns {string} what there is to know of a map's values */
const noteOf = (map, ready) => [
  error(map, ready),
  kept(map, ready),
  ready.lacksSign ? 'Nothing in this map speaks against it.' : '',
  ready.aboveMean ? 'The mean score is the value of a place that does not matter.' : '',
  ready.ofPixels
    ? 'Single pixels are drawn as means over small squares, with the strongest 0.5 % in the last colour.' : '',
  nothingFor(map, ready),
].filter(Boolean).join(' ')

/** @param {MapEntry} map @param {Ready} ready @returns {string} how sure a map of samples is */
function error(map, ready) {
  const { standardError, samples } = map.measurements ?? {}
  if (!samples) return ''
  const count = counted(Math.round(samples), 'sample')
  if (!(standardError > 0)) return `This map is by ${count}.`
  const size = standardError * Math.max(Math.abs(map.minimum), Math.abs(map.maximum))
  const most = Math.max(...ready.reach.map(Math.abs))
  return `By ${count} its values are known to ± ${number(size)}` +
    `${most > 0 ? `, ${percent(size / most)} of the strongest` : ''} (standard error).`
}

/** @param {MapEntry} map @param {Ready} ready @returns {string} what the places hold that are drawn */
function kept(map, ready) {
  if (strongestNow() >= 100) return ''
  const { count, share } = supportOf(ready.drawn, threshold(ready.drawn, strongestNow()))
  return `Drawn are the strongest ${count.toLocaleString('en')} of ${ready.drawn.values.length.toLocaleString('en')} ` +
    `${ready.ofPixels ? 'squares' : 'pixels'} of the map; they hold ${percent(share)} of all that speaks for ${factOf(map)}.`
}

/** @type {MapEntry['check']|null} */
let checked = null

/**
 * Shows what the check of the large map found, beside it.
 * @param {MapEntry|null} map
 */
async function showCheck(map) {
  const place = byId('check-room')
  const check = map?.check ?? null
  place.hidden = !check
  if (check === checked) return
  checked = check
  place.replaceChildren()
  if (!map || !check) return
  const { checkChart } = await import('./chart.js')
  if (check !== checked) return
  place.replaceChildren(
    make('p', { className: check.passes ? 'passes' : 'fails' }, sentence(check.text)),
    check.salientPixels ? checkChart(check, map.fact ? named(map.fact) : 'P', map.foil && named(map.foil)) : '')
}

/**
 * The map of the reverse question, where there is one and it is wanted.
 * @param {MapEntry|null} map @param {Ready[]} made @param {[number, number][]} scales
 */
function pairOf(map, made, scales) {
  const name = (/** @type {ClassRef[]|null} */ classes) => classes?.map(({ index }) => index).join()
  const place = map?.foil ? maps().findIndex((one) =>
    name(one.fact) === name(map.foil) && name(one.foil) === name(map.fact)
      && one.stage === map.stage && one.cluster === map.cluster) : -1
  byId('pair-box').hidden = place < 0
  return place < 0 || state.pair !== 'reverse' ? null : { map: maps()[place], ready: made[place], scale: scales[place] }
}

/** @param {MapEntry[]} all @param {Ready[]} made @returns {[number, number][]} */
export const scalesOf = (all, made) => all.map((map, i) => {
  const own = scaleOver([made[i]], state.sign)
  const shared = sharedScale(all, made, map)
  return state.scale === 'own' || isBlankOn(shared, own) ? own : shared
})

/** @param {MapEntry[]} all @param {Ready[]} made @param {MapEntry} map @returns {[number, number]} */
const sharedScale = (all, made, map) => scaleOver(made.filter((_, j) => family(all[j]) === family(map)), state.sign)

/** @param {MapEntry} map @param {Ready[]} made @param {[number, number]} scale @returns {string} that a map has left the shared scale, where it has */
function finer(map, made, scale) {
  const shared = sharedScale(maps(), made, map)
  return state.scale !== 'own' && isBlankOn(shared, scale)
    ? `Shown on its own scale, ${number(Math.round(shared[1] / scale[1]))} times finer: on that of its neighbours it could not be seen.` : ''
}

/** @param {Ready[]} made @param {[number, number][]} scales */
function showTiles(made, scales) {
  const place = byId('tiles')
  const focused = document.activeElement instanceof HTMLElement && place.contains(document.activeElement)
    ? document.activeElement.dataset.key : undefined
  const tiles = new Map(maps().map((map, i) => [map, tile(map, made[i], scales[i], finer(map, made, scales[i]))]))
  const clusters = answer?.manifest.clusters
  place.replaceChildren(...clusters ? [wholeSummary(), ...clusters.map(cluster(tiles))] : plain(tiles))
  if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus()
}

/** @param {Map<MapEntry, HTMLElement>} tiles @returns {HTMLElement[]} */
function plain(tiles) {
  // One map alone is shown large already, with its check.
  if (tiles.size < 2) return []
  return [
    make('h3', {}, 'All maps of this answer'),
    make('div', { className: 'row' }, ...tiles.values()),
  ]
}

/** @typedef {import('./api.js').ClassRef} ClassRef */
/** @param {Map<MapEntry, HTMLElement>} tiles @returns {(classes: ClassRef[], i: number) => HTMLElement} */
const cluster = (tiles) => (classes, i) => {
  const of = [...tiles].filter(([map]) => map.cluster === i)
  const lead = of.filter(([map]) => map.stage === 'cluster').map(([, one]) => one)
  const rest = of.filter(([map]) => map.stage !== 'cluster').map(([, one]) => one)
  const sum = share(classes.map(({ index }) => index))
  const names = classes.map(({ label }) => label).join(', ')
  const color = marks?.colorAt(i) ?? ''
  return make('section', { className: `cluster ${color}`, 'aria-label': `Cluster ${i + 1}: ${names}` },
    make('h3', {}, make('span', { className: 'badge' }, make('span', { className: 'unseen' }, 'Cluster '), String(i + 1)), ` ${names}`, sum === null ? '' : make('span', { className: 'soft' }, ` ${percent(sum)}`)),
    make('div', { className: lead.length ? 'stages' : '' },
      lead.length ? make('div', { className: 'lead' }, ...lead) : null,
      make('div', { className: 'row' }, ...rest)))
}

/** @param {number[]} indices @returns {number|null} the probability of some classes together */
function share(indices) {
  const logits = answer?.manifest.logits
  if (!Array.isArray(logits)) return null
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const parts = logits.map((logit) => Math.exp(logit - most))
  return indices.reduce((sum, i) => sum + (parts[i] ?? 0), 0) / parts.reduce((sum, part) => sum + part, 0)
}

/** @returns {HTMLElement} in a sentence what the whole answer consists of */
function wholeSummary() {
  const { clusters, scheme } = answer?.manifest ?? {}
  const count = clusters.flat().length
  const total = share(clusters.flat().map((/** @type {{index: number}} */ one) => one.index))
  const strangers = scheme?.strangers?.map((/** @type {{label: string}} */ one) => one.label) ?? []
  const rivals = /** @type {{index: number, label: string, probability: number}[]} */ (scheme?.rivals ?? [])
  const isSure = count - rivals.length === 1
  return make('p', { className: 'summary' }, [
    isSure ? `The network is sure of ${clusters[0][0].label}: no other class is needed.` : '',
    rivals.length ? `So that ${isSure ? 'it' : 'they'} can be set against something, ${rivals.map(({ label, probability }) => `${label} (${chance(probability)})`).join(' and ')} `
      + `${rivals.length === 1 ? 'was' : 'were'} added.` : '',
    count === 1 || isSure ? '' : `${count} classes in ${clusters.length === 1 ? 'one cluster' : `${clusters.length} clusters`}`
        + `${total === null ? '' : ` hold ${percent(total)} of the probability`}.`,
    clusters.length > 1
      ? 'Each cluster is set against the others, and each class against the rest of its cluster.' : '',
    strangers.length ? `The tree does not know ${strangers.join(', ')}.` : '',
  ].filter(Boolean).join(' '))
}

/** @param {MapEntry} map @param {Ready} made @param {[number, number]} scale @param {string} note about the scale @returns {HTMLElement} */
function tile(map, made, scale, note) {
  const canvas = make('canvas', { className: 'map' })
  if (photo) {
    shapeAs(canvas, photo, Math.min(480, 280 * (devicePixelRatio || 1)))
    drawScene(canvas, {
      photo, size, seen: answer?.manifest.geometry.seen, opacity: Number(state.opacity),
      heat: heatOf(made, scale),
    })
  }
  const isLarge = map === large()
  const place = map.layer === 'input' ? 'the input' : map.layer
  const [low, high] = state.sign === 'signed' ? made.reach : [map.minimum, map.maximum]
  return make('figure', { className: 'tile' },
    make('button', {
      type: 'button', 'aria-pressed': String(isLarge), 'data-key': map.key, className: 'plain',
      'aria-label': `Show large: ${map.question}`, onclick: () => {
        change({ map: map.key })
        byId('look').scrollIntoView({ block: 'nearest' })
      },
    }, canvas),
    make('figcaption', {},
      map.stage === 'class' && map.fact?.length === 1 ? marks?.pictureOf(map.fact[0].index) : null,
      make('strong', {}, map.question),
      make('span', { className: 'soft' }, `${number(low)} to ${number(high)} ${unit(map.score)}, at ${place}`),
      note ? make('span', { className: 'soft' }, note) : null,
      map.check ? make('span', { className: map.check.passes ? 'passes' : 'fails' }, sentence(map.check.text)) : null))
}
