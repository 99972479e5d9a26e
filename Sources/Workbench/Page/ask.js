/** Asks the server one question at a time: turning to another cancels the one before. */

import { askServer, answerEvents, cancelAnswer, getAnswer, getPartial, ServerError } from './api.js'

/**
 * Where the question that is asked stands.
 * @typedef {object} Standing
 * @property {'idle'|'working'|'done'|'failed'|'cancelled'} phase
 * @property {string} id
 * @property {string} stage what is being computed, in a word
 * @property {number} completed
 * @property {number} total 0 where that is not known
 * @property {import('./api.js').Answer|null} answer
 * @property {import('./api.js').Answer|null} partial the maps so far, of a method that draws samples
 * @property {unknown} problem
 */

/** For how many milliseconds the server may hold a request whose answer comes soon. */
const patience = 200
/** @type {Standing} */
const nothing = { phase: 'idle', id: '', stage: '', completed: 0, total: 0, answer: null, partial: null, problem: null }

/** The one who asks. */
export class Asker {
  /** @type {Standing} */
  #standing = nothing
  #turn = 0
  #asked = ''
  /** @type {Promise<unknown>} Requests go one after another, so that none cancels its own successor. */
  #queue = Promise.resolve()
  /** @type {EventSource|null} */
  #events = null
  #timer = 0
  /** When the question last became another one. */
  #changed = -Infinity

  /** @param {(standing: Standing) => void} tell is called whenever something came of it */
  constructor(tell) {
    this.tell = tell
  }

  /**
   * Asks at once what a click wants. Of questions that follow each other as a slider is dragged, the last is asked
   * after a moment without another.
   * @param {object} body
   * @param {number} delay that moment, in milliseconds; longer where the answer takes long
   */
  ask(body, delay) {
    const wait = delay > patience ? 0 : patience
    const asked = JSON.stringify(body)
    if (asked === this.#asked) return
    this.#asked = asked
    const turn = ++this.#turn
    const now = performance.now()
    const isFollowing = now - this.#changed < delay
    this.#changed = now
    clearTimeout(this.#timer)
    const begin = () => { this.#queue = this.#queue.then(() => this.#begin(body, wait, turn)) }
    if (isFollowing) this.#timer = setTimeout(begin, delay)
    else begin()
  }

  /** Stops what is being worked on; the same question can be asked again. */
  cancel() {
    const { id, phase, partial } = this.#standing
    this.drop()
    if (phase === 'working') this.#set({ ...nothing, id, phase: 'cancelled', partial })
  }

  /** Turns to no question at all. */
  drop() {
    this.#turn++
    this.#asked = ''
    clearTimeout(this.#timer)
    this.#stop('')
    this.#set(nothing)
  }

  /** @param {Standing} standing */
  #set(standing) {
    this.#standing = standing
    this.tell(standing)
  }

  /**
   * Leaves what was asked before, unless it is what is wanted.
   * @param {string} wanted
   */
  #stop(wanted) {
    this.#events?.close()
    this.#events = null
    const { id, phase } = this.#standing
    if (id && phase === 'working' && id !== wanted) cancelAnswer(id).catch(() => {})
  }

  /** @param {object} body @param {number} wait @param {number} turn */
  async #begin(body, wait, turn) {
    if (turn !== this.#turn) return
    try {
      const told = await askServer(body, wait)
      const { id, state } = told
      this.#stop(id)
      if (turn !== this.#turn) {
        // The person has turned away meanwhile; whoever asks next cancels this one.
        this.#standing = { ...nothing, id, phase: state === 'working' ? 'working' : 'done' }
        if (!this.#asked) this.#stop('')
        return
      }
      this.#set({ ...nothing, id, phase: 'working' })
      if (state === 'working') this.#listen(id, turn)
      else await this.#finish(id, turn, 'manifest' in told ? told : null)
    } catch (problem) {
      this.#fail(problem, body, turn)
    }
  }

  /** @param {string} id @param {number} turn */
  #listen(id, turn) {
    const events = answerEvents(id)
    this.#events = events
    events.addEventListener('progress', ({ data }) => {
      const { stage, completed, total } = JSON.parse(data)
      if (turn === this.#turn) this.#set({ ...this.#standing, stage, completed, total })
    })
    let isFetching = false
    events.addEventListener('partial', async ({ data }) => {
      if (isFetching || turn !== this.#turn) return
      isFetching = true
      try {
        const partial = await getPartial(id, JSON.parse(data).number)
        const { id: now, phase } = this.#standing
        if (turn === this.#turn && now === id && phase === 'working') this.#set({ ...this.#standing, partial })
      } catch { /* What is not there any more is followed by what is. */ }
      isFetching = false
    })
    const end = () => {
      events.close()
      if (turn === this.#turn) this.#finish(id, turn).catch((problem) => this.#fail(problem, null, turn))
    }
    for (const name of ['done', 'failed', 'cancelled']) events.addEventListener(name, end)
    events.addEventListener('error', () => {
      events.close()
      if (turn === this.#turn) setTimeout(end, 1000)
    })
  }

  /** @param {string} id @param {number} turn @param {import('./api.js').Answer|null} [told] */
  async #finish(id, turn, told) {
    const answer = told ?? await getAnswer(id)
    if (turn !== this.#turn) return
    if (answer.state === 'working') {
      this.#set({ ...this.#standing, stage: answer.stage ?? '', completed: answer.completed, total: answer.total })
      this.#listen(id, turn)
      return
    }
    if (answer.state !== 'done') this.#asked = ''
    const phase = answer.state === 'done' || answer.state === 'cancelled' ? answer.state : 'failed'
    this.#set({ ...this.#standing, phase, answer, partial: null, problem: answer.error })
  }

  /** @param {unknown} problem @param {object|null} body @param {number} turn */
  #fail(problem, body, turn) {
    if (turn !== this.#turn) return
    if (body && problem instanceof ServerError && problem.retryAfter > 0) {
      this.#stop('')
      this.#set({ ...nothing, phase: 'working', stage: 'Waiting for the server, which is busy' })
      this.#timer = setTimeout(() => {
        this.#queue = this.#queue.then(() => this.#begin(body, 0, turn))
      }, problem.retryAfter * 1000)
      return
    }
    this.#stop('')
    this.#asked = ''
    this.#set({ ...nothing, phase: 'failed', problem })
  }
}
