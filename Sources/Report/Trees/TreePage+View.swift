extension TreePage {
  /// Reads the tree from the lists, lays it out and draws it.
  ///
  /// Zooming changes the distance of rows and not the size of letters: names appear where there is
  /// room for them, those of higher clusters first, and only what is in view is drawn.
  static let viewScript = #"""
    'use strict';
    const all = [], view = document.getElementById('view'), side = document.getElementById('side');
    function read(item, parent) {
      const node = { item, parent, n: all.push(null) - 1, children: [], open: false };
      all[node.n] = node;
      if (item.dataset.class) {
        Object.assign(node, { level: 0, index: item.dataset.class, name: item.textContent });
        node.classes = [node];
        return node;
      }
      node.level = +item.dataset.level;
      node.p = item.dataset.p;
      node.id = item.querySelector('b').textContent;
      node.name = item.querySelector('i').textContent;
      node.children = [...item.querySelector('ul').children].map(child => read(child, node));
      node.classes = node.children.flatMap(child => child.classes);
      return node;
    }
    const roots = [...document.querySelectorAll('#list > ul > li')].map(item => read(item, null));
    const height = Math.max(...roots.map(root => root.level));
    const state = { row: 16, x: 0, y: 0, rows: 0, chosen: null, lowest: height, column: 150 };
    const head = 30, fontRoom = 12, ruler = document.createElement('canvas').getContext('2d');
    const widthOf = (text, bold) => {
      ruler.font = `${bold ? 600 : 400} 12px system-ui, sans-serif`;
      return ruler.measureText(text).width;
    };
    function layOut() {
      let row = 0;
      function place(node) {
        const bridged = node.parent && node.parent.level === node.level;
        node.x = bridged ? node.parent.x + 26 : (height - node.level + 1) * state.column;
        if (node.open && node.children.length) {
          node.children.forEach(place);
          node.row = (node.children[0].row + node.children.at(-1).row) / 2;
        } else node.row = row++;
      }
      roots.forEach(place);
      state.rows = row;
    }
    const across = node => node.x + state.x, down = node => node.row * state.row + state.y;
    const escaped = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
    function cut(text, width, bold) {
      if (widthOf(text, bold) <= width) return text;
      let end = text.length - 1;
      while (end > 1 && widthOf(text.slice(0, end) + '…', bold) > width) end--;
      return text.slice(0, end).replace(/[ ,]+$/, '') + '…';
    }
    function relatives() {
      const way = new Set(), mates = new Set();
      for (let node = state.chosen; node; node = node.parent) way.add(node);
      const near = state.chosen && (state.chosen.level ? state.chosen : state.chosen.parent);
      (function add(node) { if (node) { mates.add(node); node.children.forEach(add); } })(near);
      return { way, mates };
    }
    function shown() {
      const list = [];
      (function add(nodes) {
        for (const node of nodes) { list.push(node); if (node.open) add(node.children); }
      })(roots);
      return list;
    }
    function draw() {
      const { width, height: tall } = view.getBoundingClientRect(), { way, mates } = relatives();
      const parts = [[], [], []], names = [], taken = {};
      const list = shown(), inView = node => down(node) > -20 && down(node) < tall + 20;
      for (const node of list) {
        const x = across(node), y = down(node).toFixed(1), left = node.parent ? across(node.parent) : x - state.column + 24;
        const kind = way.has(node) ? 1 : node.children.length ? 0 : 2;
        if (inView(node)) parts[kind].push(`M${left.toFixed(1)} ${y}H${x.toFixed(1)}`);
        if (node.open && node.children.length) {
          const a = down(node.children[0]), b = down(node.children.at(-1));
          if (b > 0 && a < tall) parts[0].push(`M${x.toFixed(1)} ${Math.max(a, -9).toFixed(1)}V${Math.min(b, tall + 9).toFixed(1)}`);
          const next = node.children.find(child => way.has(child));
          if (next) parts[1].push(`M${x.toFixed(1)} ${y}V${down(next).toFixed(1)}`);
        }
      }
      const order = list.filter(inView).sort((a, b) =>
        (way.has(b) - way.has(a)) || (mates.has(b) - mates.has(a)) || b.level - a.level || a.row - b.row);
      for (const node of order) names.push(mark(node, way, mates, taken, width));
      const strength = Math.max(Math.min(state.row / 6, 1), 0.2);
      view.innerHTML = columns(width, tall)
        + `<path d="${parts[0].join('')}"/><path opacity="${strength}" d="${parts[2].join('')}"/><path class="way" d="${parts[1].join('')}"/>`
        + names.join('') + headings(width);
      if (state.chosen) view.setAttribute('aria-activedescendant', 'n' + state.chosen.n);
    }
    function mark(node, way, mates, taken, width) {
      const x = across(node), y = down(node), folded = !node.open && node.children.length;
      const ends = !node.open || !node.children.length;
      const lane = ends ? 'end' : node.level, rows = taken[lane] ||= [];
      const hasRoom = rows.every(other => Math.abs(other - y) >= fontRoom) || node === state.chosen;
      if (!hasRoom && state.row < 5) return '';
      let text = '';
      if (hasRoom) {
        rows.push(y);
        const count = folded && node.classes.length > 4 ? ` <tspan class="soft">${node.classes.length}</tspan>` : '';
        const bold = way.has(node) || mates.has(node), inset = node.parent ? 10 : 30;
        const label = cut(node.name, ends ? Math.max(width - x - 50, 90) : state.column - inset - 10, bold);
        const at = ends ? [x + 10, y + 4] : [x - state.column + inset, y - 4];
        const back = node === state.chosen
          ? `<rect class="back" rx="4" x="${at[0] - 4}" y="${at[1] - 12}" width="${(widthOf(label, bold) + 8).toFixed(1)}" height="16"/>` : '';
        const faint = ends && !bold && state.row < 6 ? ' class="soft"' : '';
        text = `${back}<text x="${at[0]}" y="${at[1]}"${faint}>${escaped(label)}${count}</text>`;
      }
      const size = !node.children.length ? 2 : Math.min(2.6 + Math.sqrt(node.classes.length) / 2.6, state.row < 9 ? 3 : 6);
      const kind = [folded ? 'folded' : '', way.has(node) || mates.has(node) ? 'mate' : '', node === state.chosen ? 'chosen' : ''];
      const open = node.children.length ? ` aria-expanded="${node.open}"` : '';
      return `<g id="n${node.n}" data-n="${node.n}" role="treeitem" aria-level="${height - node.level + 1}"${open}`
        + ` aria-selected="${node === state.chosen}" class="${kind.join(' ')}"><title>${escaped(title(node))}</title>`
        + `${text}<circle data-fold="1" cx="${x}" cy="${y}" r="${size}"/></g>`;
    }
    function title(node) {
      if (!node.children.length) return `${node.name}, class ${node.index}`;
      const p = node.p ? `, P ${node.p}` : '';
      return `${node.id}, level ${node.level}: ${node.classes.length} classes${p}\n${node.name}`;
    }
    function columns(width, tall) {
      return Array.from({ length: height + 1 }, (_, i) => {
        const x = (i + 1) * state.column + state.x;
        return `<line class="column" x1="${x}" x2="${x}" y1="${head}" y2="${tall}"/>`;
      }).join('');
    }
    function headings(width) {
      const texts = Array.from({ length: height + 1 }, (_, i) => {
        const level = height - i, x = (i + 1) * state.column + state.x;
        return `<text class="heading" text-anchor="middle" x="${x}" y="17">${level ? 'level ' + level : 'classes'}</text>`;
      });
      return `<rect class="shade" width="${width}" height="26"/>${texts.join('')}`;
    }
    """#
}
