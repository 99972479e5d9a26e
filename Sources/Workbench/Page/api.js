/** The server's JSON interface, one function per request; what one view alone asks for stands in its module. */

/** @typedef {{index: number, label: string}} ClassRef */
/** @typedef {{key: string, default: string, summary: string, expected: string}} Setting */
/** @typedef {{name: string, title: string, summary: string, usesLayer: boolean, defaultScore: string,
 *   isSlow: boolean, settings: Setting[]}} Explainer */
/** @typedef {{id: number, name: string, task: string, labels: string[], input: {width: number, height: number},
 *   layers: {name: string, grid: number[]}[], defaultLayer: string|null, threshold?: number}} Network */
/** @typedef {{networks: Network[], explainers: Explainer[], scores: string[], contrasts: string[],
 *   schemes: string[], tree: boolean, levels: number, runs: number, login: boolean,
 *   generator?: {name: string, size: {width: number, height: number}, networks: number[]}}} Menu */
/** @typedef {{height: number, latents: {names: string[], levels: number[], parents: (number|null)[]},
 *   classes: {indices: number[], labels: string[], parents: number[]}}} TreeColumns */
/** @typedef {{index: number, probability: number}} DocumentClass */
/** @typedef {{input: string, classes: DocumentClass[]}} DocumentRow */
/** @typedef {{id: string, name: string, width?: number, height?: number, from: string, problem?: string,
 *   answers?: DocumentClass[]}} Input */
/** @typedef {{inputs: Input[], more: number, found: number, total: number}} InputList */
/** @typedef {{state: 'idle'|'working'|'done', completed: number, total: number, failed: number,
 *   rows: DocumentRow[]}} Documents */
/** @typedef {{x: number, y: number, width: number, height: number}} Rectangle */
/** @typedef {{classes: {index: number, label: string, probability: number, logit: number}[],
 *   value: number|null, seen: Rectangle}} Prediction */
/** @typedef {{key: string, question: string, fact: ClassRef[]|null, foil: ClassRef[]|null, score: string,
 *   contrast: string|null, explainer: string, layer: string, minimum: number, maximum: number, neutral?: number,
 *   stage: 'cluster'|'class'|null, cluster: number|null, measurements?: Record<string, number>,
 *   check?: import('./chart.js').Check & {text: string}}} MapEntry */
/** @typedef {{id: string, state: string, stage: string|null, completed: number, total: number,
 *   error: string|null, manifest: any, command: string, swift?: string}} Answer */
/** @typedef {{id: number, kind: 'question'|'view', fragment: string, title: string, about: string, note: string,
 *   time: string, turn: number}} Kept */

/** What the server refused, in its own sentence. */
export class ServerError extends Error {
  /**
   * @param {string} sentence
   * @param {number} status
   * @param {number} retryAfter seconds to wait before another try; 0 where that would not help
   */
  constructor(sentence, status, retryAfter) {
    super(sentence)
    this.status = status
    this.retryAfter = retryAfter
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function request(path, options) {
  let response
  try {
    response = await fetch(path, options)
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') throw problem
    throw new ServerError('The server does not answer. Please check that it is still running.', 0, 0)
  }
  if (response.ok) return response
  // The login has ended. The page's own address leads to the form, and back here.
  if (response.status === 401) location.reload()
  let sentence = `The server answered with status ${response.status}.`
  try {
    const told = await response.json()
    if (typeof told.error === 'string') sentence = told.error
  } catch { /* An error without a sentence keeps the one above. */ }
  throw new ServerError(sentence, response.status, Number(response.headers.get('Retry-After')) || 0)
}

/** What the server knows this tab by, so that one with many questions does not keep others waiting. */
const asker = Math.random().toString(36).slice(2)

/** @param {string} path @param {unknown} body @returns {Promise<any>} */
export const post = async (path, body) =>
  (await request(path, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Asker': asker },
  })).json()

/** @returns {Promise<Menu>} what can be chosen */
export const getMenu = async () => (await request('/api/networks')).json()

/** Ends the login, and turns to the page on which to log in. */
export async function logOut() {
  await request('/logout', { method: 'POST' })
  location.assign('/login')
}

/** @returns {Promise<TreeColumns>} the server's latent tree */
export const getTree = async () => (await request('/api/tree')).json()

/**
 * Some of the pictures that the server knows.
 * @param {{find?: string, network?: number, order?: string, from?: number, count?: number}} query
 * @returns {Promise<InputList>}
 */
export const getInputs = async (query) => (await request(`/api/inputs?${words(query)}`)).json()

/** @param {string} id @returns {Promise<Input>} what is said of one picture */
export const getInput = async (id) => (await request(`/api/inputs/${encodeURIComponent(id)}`)).json()

/**
 * What a network answers about the folder's pictures, as far as it is known; the first who asks begins the work.
 * @param {number} network
 * @param {number} from the first row that is wanted
 * @returns {Promise<Documents>}
 */
export const getDocuments = async (network, from) => (await request(`/api/documents?${words({ network, from })}`)).json()

/** @param {Record<string, string|number|undefined>} query @returns {string} what stands behind an address's question mark */
const words = (query) => Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')

/**
 * Sends a picture.
 * @param {Blob} file
 * @param {string} name
 * @returns {Promise<Input>}
 */
export const sendInput = async (file, name) =>
  (await request(`/api/inputs?name=${encodeURIComponent(name)}`, {
    method: 'POST', body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' },
  })).json()

/**
 * Where a picture is; with a side, a thumbnail.
 * @param {string} id
 * @param {number} [side]
 * @returns {string}
 */
export const pictureURL = (id, side) =>
  `/api/inputs/${encodeURIComponent(id)}/picture${side ? `?side=${side}` : ''}`

/**
 * What a network answers for a picture.
 * @param {number} network
 * @param {string} input
 * @param {string} region what it is shown of the picture; nothing for what its card says
 * @returns {Promise<Prediction>}
 */
export const predict = (network, input, region) =>
  post('/api/predict', { network, input, top: 50, ...region ? { region } : {} })

/**
 * Asks for an answer.
 * @param {object} body
 * @param {number} [wait] how many milliseconds the server may wait for the answer before it says that it works on it
 * @returns {Promise<{id: string, state: string}|Answer>} the answer, or the number of the one to come
 */
export const askServer = (body, wait = 0) => post(`/api/answers${wait ? `?wait=${wait}` : ''}`, body)

/** @param {string} id @returns {Promise<Answer>} */
export const getAnswer = async (id) => (await request(`/api/answers/${encodeURIComponent(id)}`)).json()

/** @param {string} id @returns {Promise<unknown>} when the work has been told to stop */
export const cancelAnswer = (id) =>
  request(`/api/answers/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true })

/** @param {string} id @returns {Promise<{url: string, folder: string}>} */
export const saveReport = (id) => post(`/api/answers/${encodeURIComponent(id)}/report`, {})

/** @param {string} id @returns {string} where all maps of an answer are, as the command writes them */
export const mapsURL = (id) => `/api/answers/${encodeURIComponent(id)}/maps.npz`

/** @param {{kind: 'question'|'view', fragment: string, title: string, about: string}} record @returns {Promise<Kept>} */
export const addRecord = (record) => post('/api/records', record)

/** @param {string} id @returns {EventSource} */
export const answerEvents = (id) => new EventSource(`/api/answers/${encodeURIComponent(id)}/events`)

/**
 * The maps of an answer that is still worked on, and their number; the number stands in its id.
 * @param {string} id
 * @param {number} number
 * @returns {Promise<Answer>}
 */
export async function getPartial(id, number) {
  const of = `${encodeURIComponent(id)}/partial/${number}`
  const manifest = await (await request(`/api/answers/${of}`)).json()
  return { id: of, state: 'working', stage: null, completed: 0, total: 0, error: null, manifest, command: '' }
}
