/** The page as a whole: what follows from what. */

import { getMenu, logOut, predict } from './api.js'
import { Asker } from './ask.js'
import { foldBars, showBars } from './bars.js'
import { byId, fill, say, showMeter, showProblem } from './dom.js'
import { buildInputs, inputOf, loadInputs, readPhoto, showInputs } from './inputs.js'
import { buildKeep, remember, showKeep } from './keep.js'
import { buildLook, showLarge, showLooks } from './look.js'
import { bodyOf, buildMethod, explainerOf, showMethod, withoutHand } from './method.js'
import { buildQuestion, likeliest, namesOf, showQuestion } from './question.js'
import { buildTabs, hasTab, showTabs } from './tabs.js'
import { showView, views } from './views.js'
import { change, changeOwn, followAddress, fragmentOf, isLook, onChange, settingsText, state, withoutLooks } from './state.js'

/** @typedef {import('./api.js').Network} Network */

/** @type {import('./api.js').Menu} */
let menu
/** @type {import('./api.js').Prediction|null} */
let prediction = null
/** @type {HTMLImageElement|null} */
let photo = null
/** @type {import('./api.js').Answer|null} */
let shownAnswer = null
let photoOf = ''
/** @type {Promise<typeof import('./region.js')>|null} */
let regionModule = null
/** The region that the prediction was asked for by. */
let seenBy = ''
/** The photo's own size; the image may be smaller. */
let size = { width: 1, height: 1 }
/** Whether the person has just turned to another picture, which the question may not fit. */
let isNew = false
let turn = 0
let lateProgress = 0
/** @type {Promise<typeof import('./whole.js')>|null} */
let wholeModule = null
/** @type {any} the manifest of the last whole answer about this picture */
let wholeManifest = null
const asker = new Asker(showStanding)

/** @returns {Network} */
const network = () => menu.networks.find(({ name }) => name === state.network) ?? menu.networks[0]

async function begin() {
  followAddress()
  buildInputs((id) => {
    isNew = id !== state.input
    change({ input: id, region: '', map: '', ...isNew ? withoutHand() : {} })
  })
  buildQuestion()
  buildMethod()
  buildLook()
  buildKeep()
  buildTabs()
  // A link would take the state's place in the address.
  byId('skip').addEventListener('click', () => byId('canvas').focus())
  byId('cancel').addEventListener('click', () => asker.cancel())
  byId('again').addEventListener('click', askNow)
  byId('log-out').addEventListener('click', () => logOut().catch(showProblem))
  byId('layers-box').addEventListener('toggle', () =>
    changeOwn('layers.open', byId('layers-box').open ? 'yes' : '', 'replace'))
  byId('dismiss').addEventListener('click', () => showProblem(null))
  byId('network').addEventListener('change', () => change({
    network: byId('network').value === menu.networks[0].name ? '' : byId('network').value,
    region: '', layer: '', map: '', score: '', contrast: '', auto: true, why: [], rather: [], tab: 'question', ...withoutHand(),
  }))
  onChange(follow)
  showLooks()
  try {
    menu = await getMenu()
    await loadInputs(network())
  } catch (problem) {
    byId('empty').hidden = false
    return showProblem(problem)
  }
  if (!menu.networks.length) return showProblem('The server has no network.')
  document.body.classList.add('ready')
  byId('log-out').hidden = !menu.login
  showAll()
  await turnToInput()
}

/**
 * Does what follows from a change.
 * @param {Set<string>} changed
 */
function follow(changed) {
  if (!menu) return
  const asksElse = [...changed].some((key) => !isLook(key))
  const turns = ['input', 'network', 'region'].some((key) => changed.has(key))
  // Back from a question that was chosen to the one that followed from the prediction.
  if (state.auto && !turns && !state.why.length && prediction) Object.assign(state, likeliest(prediction))
  if (asksElse) showAll()
  else showLooks()
  if ([...changed].some(isLook)) answersModule?.then(({ redrawAnswer }) => redrawAnswer())
  if (changed.has('own') || changed.has('map')) showLayerStrip()
  if (turns) turnToInput()
  else if (asksElse) askNow()
}

function showAll() {
  fill(byId('network'), menu.networks.map(({ name }) => ({ value: name, text: name })), network().name)
  if (!hasTab(menu, state.tab)) state.tab = 'question'
  const view = views[state.tab]
  document.body.classList.toggle('viewing', Boolean(view && (state.input || !view.needsInput)))
  showTabs(menu)
  byId('question').hidden = !state.input || state.tab === 'whole' || (view && !view.hasQuestion)
  showInputs(network())
  if (state.input) regionModule ??= import('./region.js')
  const seen = seenBy === state.region && prediction ? prediction.seen : null
  const region = { photo, size, seen, input: network().input }
  regionModule?.then(({ showRegion }) => showRegion(region)).catch(showProblem)
  showQuestion(network(), prediction)
  showMethod(menu, network())
  showBars(prediction)
  showLooks()
  showView(state.tab, contextNow())
  showWhole()
}

/** @returns {import('./views.js').Context} */
const contextNow = () => ({
  menu, network: network(), input: inputOf(state.input), photo, size, prediction,
  body: () => bodyOf(menu, network()), question: questionText,
})

/** Shows the classes of the whole answer, by a module that is loaded when one first turns to it. */
async function showWhole() {
  byId('whole').hidden = state.tab !== 'whole' || !state.input
  if (byId('whole').hidden) return
  try {
    wholeModule ??= import('./whole.js')
    const { showWhole } = await wholeModule
    if (state.tab === 'whole') showWhole(byId('whole'), contextNow(), wholeManifest)
  } catch (problem) {
    wholeModule = null
    showProblem(problem)
  }
}

/** @type {typeof import('./layers.js')|null} */
let layers = null

/** Shows the same question at each layer, where somebody wants to see it and the question is answered. */
async function showLayerStrip() {
  const box = byId('layers-box')
  const explainer = explainerOf(menu)
  box.hidden = !shownAnswer || state.tab !== 'question' || !explainer?.usesLayer || network().layers.length < 2
  box.open = state.own['layers.open'] === 'yes'
  if (box.hidden || !box.open || !photo || !shownAnswer) return layers?.leaveLayers()
  layers = await import('./layers.js')
  if (!photo || !shownAnswer || box.hidden) return
  layers.showLayers(byId('layers'), {
    network: network(), body: bodyOf(menu, network()), photo, size, key: state.map,
  })
}

/** Turns to the picture of the state: its photo, what the network answers, and the question. */
async function turnToInput() {
  const now = ++turn
  asker.drop()
  prediction = wholeManifest = null
  foldBars()
  showProblem(null)
  const id = state.input
  const title = () => inputOf(id)?.name ?? 'Picture'
  if (!id) {
    photo = null
    showLarge({ photo: null, seen: null, map: null, ready: null, pair: null, title: '' })
    return showAll()
  }
  try {
    answersModule ??= import('./answers.js')
    const { region } = state
    const coming = predict(network().id, id, region)
    coming.catch(() => {})
    const read = photo && photoOf === id ? { photo, size } : await readPhoto(id)
    if (now !== turn) return
    ;({ photo, size } = read)
    photoOf = id
    showLarge({ photo, size, seen: null, map: null, ready: null, pair: null, title: title() })
    const found = await coming
    if (now !== turn) return
    prediction = found
    seenBy = region
    showLarge({ seen: found.seen })
    say(found.classes[0] ? `The network answers ${found.classes[0].label}.` : 'The network has answered.')
    const isFitting = !isNew || state.why.some((one) => found.classes.some(({ index }) => index === one))
    isNew = false
    if (!isFitting) change({ auto: true }, 'replace')
    if (state.auto && network().task !== 'regression') change(likeliest(found), 'replace')
    showAll()
    askNow()
  } catch (problem) {
    if (now === turn) showProblem(problem)
  }
}

/** Asks what the state asks. */
function askNow() {
  const isAsked = state.tab === 'whole' || state.why.length > 0 || network().task === 'regression'
  byId('no-question').hidden = isAsked || !prediction
  if (!prediction || !photo) return
  if (!isAsked || state.tab in views) return asker.drop()
  // A slow answer is not begun while somebody still types.
  const isSlow = explainerOf(menu)?.isSlow || state.check
  asker.ask(bodyOf(menu, network()), isSlow ? 500 : 150)
}

/**
 * Shows where the question stands.
 * @param {import('./ask.js').Standing} standing
 */
function showStanding(standing) {
  const { phase, completed, total, answer, partial, problem } = standing
  const working = byId('working')
  byId('cancelled').hidden = phase !== 'cancelled'
  if (phase === 'working') {
    showMeter(byId('working-text'), byId('meter'), standing)
    if (partial) showPartial(partial, completed, total)
    // What comes at once needs no meter.
    if (working.hidden && !lateProgress) lateProgress = setTimeout(() => {
      lateProgress = 0
      showProblem(null)
      working.hidden = false
      document.body.classList.add('working')
      say('Working on the answer.')
    }, 250)
    return
  }
  clearTimeout(lateProgress)
  lateProgress = 0
  working.hidden = true
  document.body.classList.remove('working', 'refining')
  refined = null
  showProblem(phase === 'failed' ? problem || 'The question could not be answered.' : null)
  const done = phase === 'done' ? answer : null
  showKeep(done)
  const record = done && { fragment: fragmentOf(withoutLooks(state)), title: questionText(), about: aboutText() }
  // The maps come first, for somebody waits for them.
  showInTurn(done ?? partial).then(() => record && remember(record))
  if (done && state.tab === 'whole') {
    wholeManifest = done.manifest
    showWhole()
  }
  shownAnswer = done
  showLayerStrip()
  document.title = `${done ? questionText() : 'Why P, rather than Q?'} · Rather`
}

/** @type {Promise<typeof import('./answers.js')>|null} what shows maps, which is loaded with the first picture */
let answersModule = null

/**
 * Shows an answer over the picture, behind those that were to be shown before it.
 * @param {import('./api.js').Answer|null} answer
 */
async function showInTurn(answer) {
  if (!answersModule && !photo) return
  const [over, its, by] = [photo, size, network()]
  answersModule ??= import('./answers.js')
  try {
    await (await answersModule).showAnswer(answer, over, its, by)
  } catch (problem) { showProblem(problem) }
}

/** @type {{id: string, told: number}|null} the maps so far that are shown, and when they were last spoken of */
let refined = null

/**
 * Shows the maps so far.
 * @param {import('./api.js').Answer} partial
 * @param {number} completed
 * @param {number} total
 */
function showPartial(partial, completed, total) {
  if (refined?.id === partial.id) return
  // Screen readers hear of it now and then, not at each step.
  const isTold = !refined || performance.now() - refined.told > 10_000
  refined = { id: partial.id, told: isTold || !refined ? performance.now() : refined.told }
  document.body.classList.add('refining')
  // What is kept, and the layers, are those of an answer that is done.
  shownAnswer = null
  showKeep(null)
  showLayerStrip()
  showInTurn(partial)
  if (isTold) say(`The map so far is shown${total > 0 ? `, ${Math.floor(completed / total * 100)} % of the way` : ''}.`)
}

/** @returns {string} the question of the state in words */
function questionText() {
  if (state.tab === 'whole') return 'The whole answer'
  if (network().task === 'regression') return state.value ? `Why this, rather than ${state.value}?` : 'Why this value?'
  const foil = state.rather.length ? `, rather than ${namesOf(network(), state.rather)}` : ''
  return `Why ${namesOf(network(), state.why)}${foil}?`
}

/** @returns {string} how the classes of a whole answer were set against each other */
const wholeText = () => [
  state.scheme || 'cwox-2s', state.clusters ? 'clusters by hand' : `level ${state.level || 1}`,
  state.own['whole.without'] && 'classes taken out',
].filter(Boolean).join(', ')

/** @returns {string} what the question was about, and how it was answered */
const aboutText = () => [
  inputOf(state.input)?.name, state.tab === 'whole' && wholeText(), explainerOf(menu)?.title, state.layer && `at ${state.layer}`, state.score, state.contrast,
  settingsText(state.settings), state.check && 'checked',
].filter(Boolean).join(', ')

begin()
