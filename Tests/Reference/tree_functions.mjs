// What the page does with the latent tree, as functions of values: known answers, and what holds of every tree.
//
//     node tree_functions.mjs tree.js

import { readFileSync } from 'node:fs'
import { deepStrictEqual as same, ok } from 'node:assert'

const source = readFileSync(process.argv[2], 'utf8')
const { all, byHand, clustersOf, cut, levelOf, likely, move, press, restrict, treeOf } =
  await import('data:text/javascript,' + encodeURIComponent(source))

/** As latents hang: r of level 3 on none, p and q of level 2 on r, a and b of level 1 on p, and s on none. Class 4 hangs on q, 5 on r itself. */
const tree = treeOf({
  height: 3,
  latents: { names: ['r', 'p', 'a', 'b', 'q', 's'], levels: [3, 2, 1, 1, 2, 1], parents: [null, 0, 1, 1, 0, null] },
  classes: { indices: [0, 1, 2, 3, 4, 5, 6], labels: [], parents: [2, 2, 3, 3, 4, 0, 5] },
})

// Worked out by the rule: a class lies below the last latent on its way up that is not above the level.
same(cut(tree, 1, [0, 1, 2, 3, 4, 5, 6]), [[0, 1], [2, 3], [4], [5], [6]])
same(cut(tree, 2, [6, 3, 0, 4, 2]), [[6], [3, 0, 2], [4]])
same(cut(tree, 3, [0, 6, 4, 5, 9]), [[0, 4, 5], [6], [9]])

// Only what parts the classes is left, with its level.
const [root, alone] = restrict(tree, [4, 2, 0, 3, 9])
same([root.level, root.classes, root.children.map(({ level }) => level)], [3, [4, 2, 3, 0], [0, 2]])
same(root.children[1].children.map(({ classes }) => classes), [[2, 3], [0]])
same([alone.classes, alone.latent], [[9], null])

// A higher branch merges, a lower one undoes that, its own splits it.
const classes = [0, 1, 2, 3]
const [top] = restrict(tree, classes)
const merged = press(tree, cut(tree, 1, classes), top, classes)
same(merged, [[0, 1, 2, 3]])
same(levelOf(tree, merged, 1), 2)
same(press(tree, merged, top.children[0], classes), [[0, 1], [2, 3]])
same(press(tree, [[0, 1], [2, 3]], top.children[1], classes), [[0, 1], [2], [3]])
same(levelOf(tree, [[0, 1], [2], [3]], 1), null)
same(move([[0, 1], [2, 3]], 1, 1, classes), [[0], [1, 2, 3]])
same(move([[0, 1], [2, 3]], 1, 2, classes), [[0], [1], [2, 3]])
same(byHand([[3, 0], [1]], classes), [[0, 3], [1], [2]])

const labels = ['cello', 'violin', 'viola', '17', 'stage, empty']
same(clustersOf('cello, viol;@3', labels), null)
same(clustersOf('Cello,violin;@3,4', labels), [[0, 1], [3, 4]])
same(clustersOf('cell;viola', labels), [[0], [2]])
same(clustersOf('fiddle', labels), null)
same(likely([.9, .7, .2].map((probability) => ({ probability })), 5, .95, .5).length, 2)
same(likely([.5, .3, .15, .05].map((probability) => ({ probability })), 5, .8).length, 3)
same(likely([.5, .3, .2].map((probability) => ({ probability })), 2, 1).length, 2)

// Whatever the tree: cuts are nested divisions, and what a branch merges it splits again.
let seed = 1
const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below }
for (let round = 0; round < 300; round++) {
  const levels = [4], parents = [null]
  for (let i = 1; i < 3 + random(12); i++) {
    const parent = random(i)
    parents.push(levels[parent] > 1 && random(6) ? parent : null)
    levels.push(parents[i] === null ? 1 + random(4) : 1 + random(levels[parent] - 1))
  }
  const indices = Array.from({ length: 2 + random(20) }, (_, i) => i)
  const one = treeOf({
    height: Math.max(...levels), latents: { names: [], levels, parents },
    classes: { indices, labels: [], parents: indices.map(() => random(levels.length)) },
  })
  for (let level = 1; level <= one.height; level++) {
    const groups = cut(one, level, indices)
    same(groups.flat().sort((a, b) => a - b), indices)
    same(cut(one, levelOf(one, groups, level), indices), groups)
    const finer = level > 1 ? cut(one, level - 1, indices) : indices.map((index) => [index])
    ok(finer.every((group) => groups.some((coarser) => group.every((index) => coarser.includes(index)))))
  }
  const forest = restrict(one, indices)
  same(forest.flatMap((branch) => branch.classes).sort((a, b) => a - b), indices)
  for (const branch of all(forest).filter(({ children }) => children.length)) {
    ok(branch.children.length > 1)
    const joined = press(one, indices.map((index) => [index]), branch, indices)
    ok(joined.some((group) => group.length === branch.classes.length))
    const parted = press(one, joined, branch, indices)
    ok(parted.length === joined.length + branch.children.length - 1)
  }
}
console.log('ok')
