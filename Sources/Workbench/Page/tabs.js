/** What the page can do, as tabs: one question, the whole answer, and the views. */

import { byId, make } from './dom.js'
import { change, state } from './state.js'
import { views } from './views.js'

/** @type {string[]} the tabs that are offered, in their order */
let offered = ['question']

/** Makes the tabs turn, by pointer and by arrow keys; called once. */
export function buildTabs() {
  byId('tabs').append(...Object.entries(views).map(([name, { title }]) => make('button', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'view', hidden: true,
  }, title)))
  for (const tab of ['question', 'whole', ...Object.keys(views)]) {
    byId(`tab-${tab}`).addEventListener('click', () => change({ tab, map: '' }))
    byId(`tab-${tab}`).addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      const other = offered[(offered.indexOf(tab) + step + offered.length) % offered.length]
      change({ tab: other, map: '' })
      byId(`tab-${other}`).focus()
    })
  }
}

/**
 * Whether this server has what a tab shows; a link may come from another one.
 * @param {import('./api.js').Menu} menu @param {string} tab
 */
export const hasTab = (menu, tab) =>
  tab === 'question' || (tab === 'whole' ? menu.tree : Object.hasOwn(views, tab) && views[tab].isOffered(menu))

/**
 * Shows which tab the state is at.
 * @param {import('./api.js').Menu} menu
 */
export function showTabs(menu) {
  offered = ['question', 'whole', ...Object.keys(views)].filter((tab) =>
    hasTab(menu, tab) && (state.input || tab === 'question' || views[tab]?.needsInput === false))
  byId('tabs').hidden = offered.length < 2
  for (const tab of ['question', 'whole', ...Object.keys(views)]) {
    const button = byId(`tab-${tab}`)
    button.hidden = !offered.includes(tab)
    button.setAttribute('aria-selected', String(state.tab === tab))
    button.tabIndex = state.tab === tab ? 0 : -1
  }
  for (const [id, isShown] of /** @type {[string, boolean][]} */ ([['look-panel', !(state.tab in views)], ['view', state.tab in views]])) {
    byId(id).hidden = !isShown
    if (offered.length < 2 || !isShown) continue
    byId(id).setAttribute('role', 'tabpanel')
    byId(id).setAttribute('aria-labelledby', `tab-${state.tab}`)
  }
}
