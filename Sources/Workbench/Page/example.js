/** A contrastive example: the nearest picture that the network calls Q as readily as P, and the way there from the photo. */

import { Asker } from './ask.js'
import { chart } from './chart.js'
import { fill, make, say, showProblem } from './dom.js'
import { counted, named, number, percent, sentence } from './numbers.js'
import { keepRow, progressRow } from './pieces.js'
import { changeOwn, state } from './state.js'

/** @typedef {import('./views.js').Context} Context */
/** @typedef {{fact: number|null, foil: number|null, other: {label: string}|null, otherLogLikelihood: number|null}} Likelihoods */
/** @typedef {{distance: number|null, iterations: number, converged: boolean, failure: string|null}} Attempt */
/** @typedef {{attempt: number, png: string, difference: string, way: string, saved: Likelihoods, savedHolds: boolean,
 *   residualFraction: number|null, path: {fraction: number, likelihoods: Likelihoods}[]}} Example */
/** @typedef {{question: string, fact: {label: string}[], foil: {label: string}[], likelihoods: Likelihoods, attempts: Attempt[],
 *   example: Example|null, failure: string|null, method: string}} Found */

/** Settings of the search, as the server calls them, with what the fields say. */
const settings = /** @type {const} */ ([
  ['method', 'Method', 'CDeepEx demands that no third class is likelier than P and Q at the end; xGEMs does not.', ['cdeepex', 'xgems']],
  ['range', 'Pixel values', 'Whether the example is kept to what a picture can hold.', ['clipped', 'free']],
  ['minimiser', 'Minimiser', 'Gauss–Newton takes tens of steps where descent takes thousands.', ['gauss-newton', 'descent']],
  ['starts', 'Starting points', 'The search begins from several points and keeps the nearest end. 4 where nothing is said.', null],
  ['iterations', 'Evaluations', 'After so many a search is given up. 300 where nothing is said; 5000 for descent.', null],
  ['slack', 'Slack', 'How much likelier than P or Q a third class may be, as a logarithm. −0.01 where nothing is said.', null],
])
const step = 160

/**
 * Where a picture of an answer is.
 * @param {string} id
 * @param {string} file as the manifest names it
 * @returns {string}
 */
const answerFile = (id, file) => `/api/answers/${encodeURIComponent(id)}/files/${encodeURIComponent(file)}`

/** @type {Context} */
let context
/** @type {Record<string, any>|null} */
let made = null
let isShown = false
let subject = ''
/** @type {import('./api.js').Answer|null} */
let answer = null
/** @type {HTMLImageElement|null} the pictures on the way side by side */
let frames = null
/** @type {(x: number|null) => void} */
let markAt = () => {}
let playing = 0
const asker = new Asker(hear)

/** @param {HTMLElement} place @param {Context} next */
export function show(place, next) {
  context = next
  isShown = true
  made ??= build(place)
  for (const [key] of settings) made.fields[key].value = state.own[`example.${key}`] ?? made.fields[key].dataset.usual ?? ''
  ask()
}

/** Ends the work that only this view wants. */
export function leave() {
  isShown = false
  subject = ''
  stop()
  asker.drop()
}

/** @param {HTMLElement} place @returns {Record<string, any>} */
function build(place) {
  /** @type {Record<string, any>} */
  const fields = {}
  const fold = make('details', {}, make('summary', {}, 'How it is searched for'), make('div', { className: 'example-settings' }, ...settings.map(([key, title, help, values]) => {
    const id = `example-${key}`
    const onchange = () => {
      if (fields[key].reportValidity()) changeOwn(`example.${key}`, fields[key].value === (fields[key].dataset.usual ?? '') ? '' : fields[key].value)
    }
    fields[key] = values ? make('select', { id, onchange, 'aria-describedby': `${id}-help`, 'data-usual': values[0] })
      : make('input', { id, type: 'number', onchange, 'aria-describedby': `${id}-help`, step: key === 'slack' ? 'any' : '1', min: key === 'slack' ? undefined : '1' })
    if (values) fill(fields[key], values.map((value, i) => ({ value, text: i ? value : `${value} (default)` })), values[0])
    return make('div', { className: 'field' }, make('label', { for: id }, title), fields[key], make('p', { className: 'help', id: `${id}-help` }, help))
  })))
  const progress = progressRow(() => asker.cancel())
  const note = make('p', { className: 'calm', hidden: true })
  const title = make('h2', {})
  const meaning = make('p', {})
  const warnings = make('div', { className: 'warnings' })
  const canvas = make('canvas', { className: 'map', role: 'img' })
  const slider = make('input', { type: 'range', min: '0', step: '1', id: 'example-at', oninput: () => { stop(); drawFrame(Number(slider.value)) },
    onchange: () => changeOwn('example.at', slider.value === '0' ? '' : slider.value, 'replace') })
  const play = make('button', { type: 'button', className: 'play', onclick: () => playing ? stop() : start() }, 'Play')
  const reading = make('output', { for: 'example-at' })
  const curve = make('div', {})
  const ends = make('div', { className: 'row ends' })
  const numbers = make('div', {})
  const keep = keepRow(() => answer)
  const stage = make('div', { className: 'example', hidden: true },
    make('figure', { className: 'example-stage' }, canvas,
      make('div', { className: 'slide' }, play, make('label', { for: 'example-at' }, 'From the photo to the example'), slider), reading, curve),
    make('div', { className: 'example-more' }, ends, numbers))
  place.append(fold, progress.row, note, title, meaning, warnings, stage, keep.row)
  return { fields, progress, note, title, meaning, warnings, canvas, slider, play, reading, curve, ends, numbers, keep, stage }
}

/** @returns {string} why nothing can be asked; nothing where it can */
function refusal() {
  const { generator } = context.menu
  if (!generator?.networks.includes(context.network.id)) {
    return `An example is as much Q as P, and ${context.network.name} answers without classes. Please choose another network.`
  }
  return !context.prediction || state.why.length ? '' : 'Choose a class to ask why the network answers it.'
}

/** Asks what the state asks. */
function ask() {
  if (!made) return
  const next = `${state.input}\n${context.network.id}`
  if (next !== subject) {
    subject = next
    asker.drop()
  }
  const told = refusal()
  made.note.hidden = !told
  made.note.textContent = told
  if (told || !context.prediction) return asker.drop()
  const { network, input, question, seed } = context.body()
  const search = Object.fromEntries(settings.flatMap(([key, , , values]) => {
    const value = state.own[`example.${key}`]
    return value ? [[key, values ? value : Number(value)]] : []
  }))
  asker.ask({ kind: 'counterfactual', network, input, seed, search, question: { why: question.why, ratherThan: question.ratherThan } }, 400)
}

/** @param {import('./ask.js').Standing} standing */
function hear(standing) {
  if (!made) return
  made.progress.show(standing)
  made.stage.classList.toggle('old', standing.phase === 'working')
  if (standing.phase === 'working' || !isShown) return
  if (standing.phase === 'done') showProblem(null)
  answer = standing.phase === 'done' ? standing.answer : null
  showFound().catch(showProblem)
}

const likely = (/** @type {number|null} */ logarithm) => logarithm === null ? 0 : Math.exp(logarithm)

/**
 * What is said of the part of the photo that the generator does not draw.
 * @param {number} share of the photo's variance; above 1 where what it draws lies further away than the mean
 * @returns {string}
 */
const undrawn = (share) => share > 1 ? 'The generator cannot draw this photo: its mean colour is nearer. What is not drawn is added unchanged.'
  : share > 0.2 ? `The generator does not draw ${percent(share)} of the photo’s variance; that part is added unchanged.` : ''

/** Shows what was found, or why nothing was. */
async function showFound() {
  if (!made) return
  stop()
  made.keep.show()
  const told = answer
  const found = /** @type {Found|undefined} */ (answer?.manifest.answers[0])
  made.title.textContent = found?.question ?? ''
  made.title.hidden = !found
  made.warnings.replaceChildren()
  made.stage.hidden = !found?.example
  made.meaning.textContent = ''
  if (!told || !found) return
  const [fact, foil] = [named(found.fact), named(found.foil)]
  const { example } = found
  if (!example) {
    made.warnings.append(make('p', { className: 'calm' }, `No such picture was found. ${sentence(found.failure ?? '')}`), attempts(found))
    return say('No such picture was found.')
  }
  made.meaning.textContent = `The nearest picture that the generator can make and that the network calls ${foil} as readily as ${fact}. `
    + `It is ${fact}, rather than ${foil}, because what is red would have to be added, and what is blue taken away.`
  const end = found.example?.path.at(-1)?.likelihoods
  const third = end?.other && (end.otherLogLikelihood ?? -Infinity) > Math.max(end.fact ?? -Infinity, end.foil ?? -Infinity) ? end.other.label : ''
  made.warnings.append(...[
    third && `A third class, ${third}, is likelier at the end, so this answers another question.`,
    !example.savedHolds && 'Saved in 256 levels, the example is no longer as much one as the other.',
    undrawn(example.residualFraction ?? 0),
  ].flatMap((words) => words ? [make('p', { className: 'calm' }, words)] : []))
  const image = new Image()
  image.src = answerFile(told.id, example.way)
  await image.decode()
  if (told !== answer || !made) return
  frames = image
  showCurve(found, example, fact, foil)
  made.slider.max = String(example.path.length - 1)
  const picture = (/** @type {string} */ file, /** @type {string} */ words, /** @type {(Node|string)[]} */ ...told) => make('figure', {},
    make('img', { src: answerFile(answer?.id ?? '', file), alt: words, className: `map${image.naturalHeight < 160 ? ' pixels' : ''}` }),
    make('figcaption', {}, ...told))
  made.ends.replaceChildren(
    picture(example.png, `The example: as much ${foil} as ${fact}.`, make('strong', {}, 'The example'), make('span', { className: 'soft' },
      ` as it is saved: ${fact} ${percent(likely(example.saved.fact))}, ${foil} ${percent(likely(example.saved.foil))}`)),
    picture(example.difference, 'The difference between the example and the photo.', make('strong', {}, 'The difference '),
      make('span', { className: 'added' }, 'red is added'), ', ', make('span', { className: 'taken' }, 'blue is taken away'),
      make('span', { className: 'soft' }, `; full colour is a change of ${number(told.manifest.scale)} or more, where black to white is 1`)))
  made.numbers.replaceChildren(attempts(found))
  drawFrame(Math.min(Number(state.own['example.at']) || 0, example.path.length - 1))
  say(`The example is there: as much ${foil} as ${fact}.`)
}

/** @param {Found} found @param {Example} example @param {string} fact @param {string} foil */
function showCurve(found, example, fact, foil) {
  const points = (/** @type {(one: Likelihoods) => number|null} */ value) =>
    /** @type {[number, number][]} */ (example.path.map(({ fraction, likelihoods }) => [fraction, likely(value(likelihoods))]))
  const { box, mark } = chart({
    label: `Probabilities on the way: ${fact} from ${percent(likely(found.likelihoods.fact))} to ${percent(points((one) => one.fact).at(-1)?.[1] ?? 0)}, `
      + `${foil} from ${percent(likely(found.likelihoods.foil))} to ${percent(points((one) => one.foil).at(-1)?.[1] ?? 0)}.`,
    series: [{ name: fact, points: points((one) => one.fact), ink: 0 }, { name: foil, points: points((one) => one.foil), ink: 1 },
      ...example.path.some(({ likelihoods }) => likelihoods.other) ? [{ name: 'likeliest other class', points: points((one) => one.otherLogLikelihood), ink: 2 }] : []],
    xLabel: 'photo (0) to example (1)', yLabel: 'probability', xRange: [0, 1], yRange: [0, 1], width: 520,
  })
  markAt = mark
  made?.curve.replaceChildren(box)
}

/** @param {Found} found @returns {HTMLElement} every search, for those who want to know */
function attempts({ attempts, example }) {
  const converged = attempts.filter((one) => one.converged).length
  return make('details', {}, make('summary', {}, `${converged} of ${counted(attempts.length, 'search', 'searches')} converged`),
    make('div', { className: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'The searches' }, make('table', {},
      make('thead', {}, make('tr', {}, ...['Start', 'Distance', 'Evaluations', 'Ending'].map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...attempts.map((one, i) => make('tr', {}, make('th', { scope: 'row' }, `${i + 1}${example?.attempt === i ? ', shown' : ''}`),
        make('td', {}, one.distance === null ? '–' : number(one.distance)), make('td', {}, String(one.iterations)),
        make('td', {}, one.failure ? sentence(one.failure) : 'Converged.')))))))
}

/** @param {number} at the place of a picture on the way */
function drawFrame(at) {
  const found = /** @type {Found|undefined} */ (answer?.manifest.answers[0])
  const example = found?.example
  if (!made || !frames || !found || !example) return
  const [width, height] = [frames.naturalWidth / example.path.length, frames.naturalHeight]
  const ratio = Math.max(1, Math.round(640 / Math.max(width, height)))
  if (made.canvas.width !== width * ratio || made.canvas.height !== height * ratio) Object.assign(made.canvas, { width: width * ratio, height: height * ratio })
  const pen = made.canvas.getContext('2d')
  pen.imageSmoothingEnabled = height >= 160
  pen.drawImage(frames, at * width, 0, width, height, 0, 0, width * ratio, height * ratio)
  const { fraction, likelihoods } = example.path[at]
  const part = at === 0 ? 'The photo' : at === example.path.length - 1 ? 'The example' : `${Math.round(fraction * 100)} % of the way`
  const words = `${part}: ${named(found.fact)} ${percent(likely(likelihoods.fact))}, ${named(found.foil)} ${percent(likely(likelihoods.foil))}`
  made.slider.value = String(at)
  made.slider.setAttribute('aria-valuetext', words)
  made.canvas.setAttribute('aria-label', `${words}, as the network sees it.`)
  made.reading.textContent = words
  markAt(fraction)
}

/** Plays the way to the example and back; without motion, it goes from one picture to the next by itself, slowly. */
function start() {
  const last = Number(made?.slider.max)
  if (!made || !last) return
  let at = Number(made.slider.value) % last
  let by = 1
  made.play.textContent = 'Stop'
  made.reading.setAttribute('aria-live', 'off')
  playing = setInterval(() => {
    at += by
    drawFrame(at)
    if (at >= last) by = -1
    if (at <= 0) stop()
  }, matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : step)
}

function stop() {
  clearInterval(playing)
  playing = 0
  if (!made) return
  made.play.textContent = 'Play'
  made.reading.setAttribute('aria-live', 'polite')
}
