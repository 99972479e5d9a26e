/** Evaluation runs: tables of how well methods do over many pictures, and the curves that the numbers are read off. */

import { post, request } from './api.js'
import { chart } from './chart.js'
import { fill, make, say, showProblem } from './dom.js'
import { keepReport } from './keep.js'
import { counted, sentence } from './numbers.js'
import { change, changeOwn, state } from './state.js'

/** @typedef {{title: string, meaning: string, omissions?: string, rows: string[], columns: {run: string, name: string, better?: 'lower'|'higher'}[],
 *   cells: ({value: number, mean: string, interval: string, difference: string, best: boolean, pictures: number}|null)[][]}} RunTable */
/** @typedef {{runs: {title: string, standing: string[], methods: string[]}[], tables: RunTable[], notes: string[], command: string}} Runs */
/** @typedef {{contrast: (number|null)[], deletion: (number|null)[], insertion: (number|null)[], count: number}} MethodCurves */
/** @typedef {{parts: number[], deleted: number[], inserted: number[], means: (MethodCurves|null)[],
 *   pictures: {place: number, name: string, pairs: string[]}[]}} RunCurves */
/** @typedef {{name: string, input?: string, pairs: {question: string, curves: (MethodCurves|null)[]}[]}} RunPicture */

/** @returns {Promise<Runs>} the tables of the evaluation runs */
const getRuns = async () => (await request('/api/runs')).json()

/** @param {number} run @returns {Promise<RunCurves>} */
const getRunCurves = async (run) => (await request(`/api/runs/${run}/curves`)).json()

/** @param {number} run @param {number} picture @returns {Promise<RunPicture>} */
const getRunPicture = async (run, picture) => (await request(`/api/runs/${run}/pictures/${picture}`)).json()

/** @returns {Promise<{url: string, folder: string}>} */
const saveRunsReport = () => post('/api/runs/report', {})

/** @type {['contrast'|'deletion'|'insertion', string, string, string][]} what is drawn of a map */
const kinds = [
  ['contrast', 'Contrastive score ↓', 'P(class) × (1 − P(foil)) while the salient pixels go. CAUC is the area under it, CDROP how far it falls.', 'part of the salient pixels that is deleted'],
  ['deletion', 'Deletion ↓', 'P(class) while all pixels go, the most salient first: the sooner it falls, the better.', 'part of all pixels that is deleted'],
  ['insertion', 'Insertion ↑', 'P(class) while all pixels come back, the most salient first: the sooner it rises, the better.', 'part of all pixels that is back'],
]
const most = 300

/** @type {Record<string, any>|null} */
let made = null
/** @type {Runs|null} */
let runs = null
/** @type {RunCurves|null} */
let curves = null
let curvesOf = -1
let turn = 0
/** @type {Map<number, {column: number, isDown: boolean}>} how tables are sorted, by their place */
const orders = new Map()
/** @type {Set<number>} methods whose curves are left out */
let off = new Set()

/** @param {HTMLElement} place */
export function show(place) {
  made ??= build(place)
  load().catch(showProblem)
}

/** What is still being read is not shown. */
export function leave() {
  turn++
}

/**
 * Turns to another run or picture; pictures are counted by the run, and pairs by the picture.
 * @param {{run: string, picture?: string}} to
 */
const changeRun = ({ run, picture = '' }) =>
  change({ own: { ...state.own, 'runs.run': run, 'runs.picture': picture, 'runs.pair': '' } })

/** @param {HTMLElement} place @returns {Record<string, any>} */
function build(place) {
  const waiting = make('p', { className: 'calm' }, 'The runs are being read.')
  const tables = make('section', { className: 'run-tables', 'aria-label': 'Tables' })
  const run = make('select', { id: 'runs-run', onchange: () => changeRun({ run: run.value === '0' ? '' : run.value }) })
  const runField = make('div', { className: 'field' }, make('label', { for: 'runs-run' }, 'Run'), run)
  const find = make('input', { type: 'search', id: 'runs-find', placeholder: 'Find by name or class', oninput: showList, autocomplete: 'off' })
  const list = make('ul', { className: 'run-pictures', 'aria-label': 'Pictures of the run' })
  const listNote = make('p', { className: 'help' })
  const subject = make('div', { className: 'run-subject', 'aria-live': 'polite' })
  const charts = make('div', { className: 'run-charts' })
  const methods = make('fieldset', { className: 'run-methods' })
  const link = make('p', { className: 'report-link', 'aria-live': 'polite' })
  const command = make('code')
  const save = make('button', { type: 'button', onclick: () => keepReport(save, link, saveRunsReport) }, 'Save report')
  place.append(waiting, make('div', { className: 'runs', hidden: true },
    tables,
    make('section', { className: 'run-curves', 'aria-label': 'Curves' }, make('h2', {}, 'Curves'), runField,
      make('div', { className: 'run-bench' },
        make('div', { className: 'run-side' }, make('label', { for: 'runs-find' }, 'Pictures'), find, list, listNote),
        make('div', { className: 'run-main' }, subject, charts, methods))),
    make('div', { className: 'keep' }, save, link, make('details', {}, make('summary', {}, 'The same on the command line'), make('pre', {}, command)))))
  return { waiting, all: place.lastChild, tables, run, runField, find, list, listNote, subject, charts, methods, command }
}

async function load() {
  const now = ++turn
  runs ??= await getRuns()
  if (now !== turn || !made) return
  made.waiting.hidden = true
  made.all.hidden = false
  made.command.textContent = runs.command
  fill(made.run, runs.runs.map(({ title }, i) => ({ value: String(i), text: title })), state.own['runs.run'] ?? '0')
  made.runField.hidden = runs.runs.length < 2
  showTables()
  const run = Number(made.run.value)
  if (curvesOf !== run) {
    const found = await getRunCurves(run)
    if (now !== turn) return
    ;[curves, curvesOf, off] = [found, run, new Set()]
    showList()
  }
  await showCurves(now)
}

function showTables() {
  if (!made || !runs || made.tables.firstChild) return
  made.tables.append(
    ...runs.runs.map(({ title, standing }) => make('p', {}, make('strong', {}, `${title}: `), standing.map(sentence).join(' '))),
    ...runs.tables.map((_, i) => tableOf(i)),
    make('details', {}, make('summary', {}, 'How to read the cells'), make('ul', { className: 'run-notes' }, ...runs.notes.map((note) => make('li', {}, note)))))
}

/** @param {number} place @returns {HTMLElement} */
function tableOf(place) {
  const table = /** @type {RunTable} */ (runs?.tables[place])
  const order = orders.get(place)
  const rows = table.rows.map((_, row) => row)
  if (order) rows.sort((a, b) => {
    const [one, other] = [a, b].map((row) => table.cells[row][order.column]?.value)
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
    return (order.isDown ? other - one : one - other) || a - b
  })
  const hasRuns = new Set(table.columns.map(({ run }) => run)).size > 1
  const section = make('section', { className: 'run-table' },
    make('h2', {}, table.title), make('p', { className: 'help' }, table.meaning),
    make('div', { className: 'wide', tabIndex: 0, role: 'region', 'aria-label': table.title }, make('table', {},
      make('thead', {}, make('tr', {}, make('td'), ...table.columns.map(({ run, name, better }, column) => {
        const isBy = order?.column === column
        return make('th', { scope: 'col', 'aria-sort': isBy ? order.isDown ? 'descending' : 'ascending' : 'none' },
          hasRuns ? make('span', { className: 'soft' }, `${run} `) : null,
          make('button', { type: 'button', className: 'plain sort', title: 'Sort by this column', onclick: () => {
            const isDown = isBy ? !order.isDown : better === 'higher'
            orders.set(place, { column, isDown })
            const next = tableOf(place)
            section.replaceWith(next)
            const sorter = /** @type {HTMLElement|undefined} */ (next.querySelectorAll('.sort')[column])
            sorter?.focus()
            say(`Sorted by ${name}, ${isDown ? 'largest' : 'smallest'} first.`)
          } }, name, make('span', { 'aria-hidden': 'true' }, isBy ? order.isDown ? ' ▾' : ' ▴' : ' ▵')))
      }))),
      make('tbody', {}, ...rows.map((row) => make('tr', {}, make('th', { scope: 'row' }, table.rows[row]),
        ...table.cells[row].map((cell) => cell ? make('td', { title: counted(cell.pictures, 'picture') },
          cell.best ? make('strong', {}, cell.mean, make('span', { className: 'best' }, ' best')) : cell.mean,
          make('span', { className: 'soft' }, ` ${cell.interval}`),
          cell.difference ? make('span', { className: 'soft difference' }, cell.difference) : null) : make('td', {}, '–'))))))),
    table.omissions ? make('p', { className: 'help' }, table.omissions) : null)
  return section
}

/** Lists the pictures, the mean over all of them first. */
function showList() {
  if (!made || !curves) return
  const wanted = made.find.value.trim().toLowerCase()
  const found = curves.pictures.filter(({ name, pairs }) => `${name} ${pairs.join(' ')}`.toLowerCase().includes(wanted))
  const chosen = state.own['runs.picture'] ?? ''
  const item = (/** @type {string} */ value, /** @type {string} */ title, /** @type {string} */ about) => make('li', {}, make('button', {
    type: 'button', className: 'plain', 'data-place': value, 'aria-pressed': String(value === chosen),
    onclick: () => {
      changeRun({ run: state.own['runs.run'] ?? '', picture: value })
      showList()
      made?.list.querySelector(`[data-place="${value}"]`)?.focus()
    },
  }, title, make('span', { className: 'soft' }, about)))
  made.list.replaceChildren(item('', 'Mean over all pictures', counted(curves.pictures.length, 'picture')),
    ...found.slice(0, most).map(({ place, name, pairs }) => item(String(place), name, pairs[0] + (pairs.length > 1 ? `, and ${pairs.length - 1} more` : ''))))
  made.listNote.textContent = found.length > most ? `${found.length - most} more can be found by their names.` : ''
}

/** @param {number} now */
async function showCurves(now) {
  if (!made || !curves || !runs) return
  const all = curves
  const run = curvesOf
  const chosen = all.pictures.find(({ place }) => String(place) === state.own['runs.picture'])
  for (const button of made.list.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.place === (chosen ? String(chosen.place) : '')))
  const picture = chosen ? await getRunPicture(run, chosen.place) : null
  if (now !== turn || !made) return
  const pair = picture ? picture.pairs[Number(state.own['runs.pair'] ?? 0)] ?? picture.pairs[0] : null
  const shown = pair ? pair.curves : all.means
  made.subject.replaceChildren(...picture ? [
    make('h3', {}, picture.name),
    picture.pairs.length > 1 ? pairs(picture.pairs.map(({ question }) => question), picture.pairs.indexOf(/** @type {any} */ (pair))) : make('p', {}, `Why ${pair?.question}?`),
    picture.input ? make('button', { type: 'button', className: 'small', onclick: () => change({ input: picture.input ?? '', tab: 'question', map: '', auto: true, why: [], rather: [] }) }, 'Open this picture') : null,
  ].filter((one) => one !== null) : [make('h3', {}, 'Mean over all pictures'), make('p', { className: 'help' },
    'Each picture counts once, by the mean over its pairs of a class and its foil.')])
  const titles = runs.runs[run].methods
  const xs = { contrast: all.parts, deletion: all.deleted, insertion: all.inserted }
  made.charts.replaceChildren(...kinds.flatMap(([kind, title, help, xLabel]) => {
    const series = shown.flatMap((one, method) => one && one[kind].length && !off.has(method) ? [{
      name: '', ink: method, points: /** @type {[number, number][]} */ (one[kind].map((value, i) => [xs[kind][i], value ?? NaN])),
    }] : [])
    if (!series.length) return []
    const ends = series.map(({ ink, points }) => `${titles[ink]} from ${points[0][1].toFixed(2)} to ${points.at(-1)?.[1].toFixed(2)}`)
    return [make('figure', {}, make('figcaption', {}, make('strong', {}, title), make('p', { className: 'help' }, help)),
      chart({ label: `${title} ${ends.join('; ')}.`, series, xLabel, xRange: [0, 1] }).box)]
  }))
  showMethods(titles, shown)
}

/** @param {string[]} questions @param {number} chosen @returns {HTMLElement} */
function pairs(questions, chosen) {
  const select = make('select', { 'aria-label': 'The pair of a class and its foil', onchange: () => changeOwn('runs.pair', select.value === '0' ? '' : select.value) })
  fill(select, questions.map((text, i) => ({ value: String(i), text: `Why ${text}?` })), String(Math.max(chosen, 0)))
  return select
}

/** @param {string[]} titles @param {(MethodCurves|null)[]} shown */
function showMethods(titles, shown) {
  if (!made) return
  made.methods.replaceChildren(make('legend', {}, 'Methods'), ...titles.map((title, method) => {
    const key = chart({ label: title, series: [{ name: title, points: [], ink: method }], xLabel: '' }).box.querySelector('.keys')
    return make('label', { className: 'chart' }, make('input', { type: 'checkbox', checked: !off.has(method), disabled: !shown[method], onchange: () => {
      if (!off.delete(method)) off.add(method)
      showCurves(turn).then(() => made?.methods.querySelectorAll('input')[method]?.focus()).catch(showProblem)
    } }), key)
  }))
}
