/** What the page shows, and how that stands in the address, so that reload and back work. */

/**
 * @typedef {object} State
 * @property {string} tab `question`, `whole`, or the name of a view
 * @property {string} input the picture's id, or nothing
 * @property {string} region what the network is shown of the picture: `whole`, or `x,y,width,height`; nothing for what its
 *   card says
 * @property {string} network the network's name, or nothing for the first
 * @property {boolean} auto whether P and Q are the two likeliest classes of each picture
 * @property {number[]} why
 * @property {number[]} rather
 * @property {string} value for a regression: the value to compare with
 * @property {string} explainer
 * @property {string} layer
 * @property {string} score
 * @property {string} contrast
 * @property {Record<string, string>} settings those that differ from their defaults
 * @property {string} seed
 * @property {boolean} check
 * @property {string} scheme
 * @property {string} level
 * @property {string} limit
 * @property {string} mass
 * @property {string} clusters
 * @property {Record<string, string>} own what views keep, by a key that begins with the view's name: `compare.with`
 * @property {string} map the map that is shown large; nothing for the first
 * @property {string} opacity
 * @property {string} strongest the percentage of places that are drawn; nothing for all
 * @property {string} pair `reverse` where the reverse question is shown as large
 * @property {'shared'|'own'} scale
 * @property {'positive'|'signed'} sign
 * @property {string} colors
 */

/** @returns {State} */
const defaults = () => ({
  tab: 'question', input: '', region: '', network: '', auto: true, why: [], rather: [], value: '',
  explainer: '', layer: '', score: '', contrast: '', settings: {}, seed: '', check: false,
  scheme: '', level: '', limit: '', mass: '', clusters: '', own: {},
  map: '', opacity: '0.7', strongest: '', pair: '', scale: 'shared', sign: 'positive', colors: 'inferno',
})

/** What changes how an answer looks, but not which answer it is. */
const looks = /** @type {const} */ (['map', 'opacity', 'strongest', 'pair', 'scale', 'sign', 'colors'])
const words = /** @type {const} */ ([
  'input', 'region', 'network', 'value', 'explainer', 'layer', 'score', 'contrast', 'seed', 'scheme', 'level',
  'limit', 'mass', 'clusters', 'map', 'opacity', 'strongest', 'pair', 'colors',
])

/** @param {string} key @returns {boolean} whether it changes only how an answer looks */
export const isLook = (key) => looks.some((look) => look === key)

/** @param {State} shown @returns {State} the same question, looking as it does by default */
export const withoutLooks = (shown) =>
  Object.assign({ ...shown }, Object.fromEntries(looks.map((key) => [key, defaults()[key]])))

/** @type {State} */
export const state = defaults()

/** @type {Set<(changed: Set<string>) => void>} */
const listeners = new Set()

/** @param {(changed: Set<string>) => void} listener is told the names of what changed */
export function onChange(listener) {
  listeners.add(listener)
}

/**
 * Changes the state, the address and the page.
 * @param {Partial<State>} patch
 * @param {'push'|'replace'|'none'} [entry] what the browser's history gets; looks never get an entry
 */
export function change(patch, entry = 'push') {
  const changed = new Set(Object.keys(patch).filter((key) =>
    JSON.stringify(patch[/** @type {keyof State} */ (key)]) !==
      JSON.stringify(state[/** @type {keyof State} */ (key)])))
  if (changed.size === 0) return
  Object.assign(state, patch)
  if (entry !== 'none') {
    const push = entry === 'push' && [...changed].some((key) => !isLook(key))
    clearTimeout(writing)
    // Looks change many times a second, which browsers do not let addresses do.
    if ([...changed].every(isLook)) writing = setTimeout(() => write(false), 300)
    else write(push)
  }
  for (const listener of listeners) listener(changed)
}

let writing = 0

/** @param {boolean} push */
function write(push) {
  const fragment = '#' + fragmentOf(state)
  if (fragment !== location.hash) history[push ? 'pushState' : 'replaceState'](null, '', fragment)
}

/**
 * The state as the text behind the address's #, without what is as it is by default.
 * @param {State} shown
 * @returns {string}
 */
export function fragmentOf(shown) {
  const usual = defaults()
  const text = new URLSearchParams()
  for (const key of words) if (shown[key] !== usual[key]) text.set(key, shown[key])
  if (!shown.auto) {
    text.set('why', shown.why.join(','))
    text.set('rather', shown.rather.join(','))
  }
  const settings = settingsText(shown.settings)
  if (settings) text.set('settings', settings)
  if (shown.check) text.set('check', 'yes')
  if (shown.tab !== 'question') text.set('tab', shown.tab)
  for (const [key, value] of Object.entries(shown.own)) if (value !== '') text.set(key, value)
  if (shown.scale === 'own') text.set('scale', 'own')
  if (shown.sign === 'signed') text.set('sign', 'signed')
  return text.toString()
}

/**
 * Reads what `fragmentOf` wrote; what cannot be read is left as it is by default.
 * @param {string} fragment
 * @returns {State}
 */
export function stateOf(fragment) {
  const read = defaults()
  const text = new URLSearchParams(fragment.replace(/^#/, ''))
  for (const key of words) read[key] = text.get(key) ?? read[key]
  read.auto = !text.has('why') && !text.has('rather')
  read.why = indices(text.get('why'))
  read.rather = indices(text.get('rather'))
  for (const part of (text.get('settings') ?? '').split(',')) {
    const at = part.indexOf('=')
    if (at > 0) read.settings[part.slice(0, at)] = part.slice(at + 1)
  }
  read.check = text.get('check') === 'yes'
  read.tab = text.get('tab') ?? 'question'
  for (const [key, value] of text) if (key.includes('.')) read.own[key] = value
  read.scale = text.get('scale') === 'own' ? 'own' : 'shared'
  read.sign = text.get('sign') === 'signed' ? 'signed' : 'positive'
  const opacity = Number(read.opacity)
  if (!(opacity >= 0 && opacity <= 1)) read.opacity = defaults().opacity
  if (!(Number(read.strongest) >= 1 && Number(read.strongest) < 100)) read.strongest = ''
  return read
}

/**
 * Changes something that a view keeps; nothing stands for what is so by default.
 * @param {string} key begins with the view's name and a full stop
 * @param {string} value
 * @param {'push'|'replace'} [entry]
 */
export const changeOwn = (key, value, entry = 'push') => change({ own: { ...state.own, [key]: value } }, entry)

/** @param {string|null} text @returns {number[]} */
const indices = (text) => [...new Set((text ?? '').split(',').filter(Boolean).map(Number))]
  .filter((index) => Number.isInteger(index) && index >= 0)

/**
 * Settings as they are typed behind `--settings`.
 * @param {Record<string, string>} settings
 * @returns {string}
 */
export const settingsText = (settings) =>
  Object.entries(settings).map(([key, value]) => `${key}=${value}`).join(',')

/** Follows the address when the person goes back or forward. */
export function followAddress() {
  Object.assign(state, stateOf(location.hash))
  addEventListener('popstate', () => {
    clearTimeout(writing)
    turnBack(location.hash, 'none')
  })
}

/**
 * Turns to what was asked before; classes that follow from the prediction are found by whoever listens.
 * @param {string} fragment
 * @param {'push'|'none'} entry
 * @param {boolean} [keepsLooks]
 */
export function turnBack(fragment, entry, keepsLooks = false) {
  const read = stateOf(fragment)
  if (keepsLooks) Object.assign(read, Object.fromEntries(looks.map((key) => [key, key === 'map' ? '' : state[key]])))
  const isSame = read.auto && state.auto && read.input === state.input && read.network === state.network
  change(isSame ? { ...read, why: state.why, rather: state.rather } : read, entry)
}
