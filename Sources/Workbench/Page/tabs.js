/** The two kinds of asking as tabs: one question, or the whole answer. */

import { byId } from './dom.js'
import { change, state } from './state.js'

const tabs = /** @type {const} */ (['question', 'whole'])

/** Makes the tabs turn, by pointer and by arrow keys; called once. */
export function buildTabs() {
  tabs.forEach((tab, i) => {
    byId(`tab-${tab}`).addEventListener('click', () => change({ tab, map: '' }))
    byId(`tab-${tab}`).addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
      const other = tabs[1 - i]
      change({ tab: other, map: '' })
      byId(`tab-${other}`).focus()
    })
  })
}

/**
 * Shows which tab the state is at.
 * @param {boolean} hasTree whether there is a tree, without which nothing but one question can be asked
 */
export function showTabs(hasTree) {
  byId('tabs').hidden = !hasTree
  for (const tab of tabs) {
    byId(`tab-${tab}`).setAttribute('aria-selected', String(state.tab === tab))
    byId(`tab-${tab}`).tabIndex = state.tab === tab ? 0 : -1
  }
  if (!hasTree) return
  byId('look-panel').setAttribute('role', 'tabpanel')
  byId('look-panel').setAttribute('aria-labelledby', `tab-${state.tab}`)
}
