extension TreePage {
  /// What a reader does with the view: moves, zooms, folds, selects, searches.
  static let useScript = #"""
    function fit() {
      const { width, height: tall } = view.getBoundingClientRect();
      state.column = Math.max(110, Math.min(190, (width - 240) / (height + 1)));
      layOut();
      state.row = Math.min((tall - head - 24) / Math.max(state.rows, 1), 24);
      state.x = -20;
      state.y = head + 8 + state.row / 2;
      draw();
    }
    function clamp() {
      const { height: tall } = view.getBoundingClientRect(), span = state.rows * state.row;
      state.y = Math.max(Math.min(state.y, tall - 60), 60 - span);
    }
    function zoom(factor, y) {
      const least = Math.min((view.getBoundingClientRect().height - 60) / state.rows, 16);
      const row = Math.max(Math.min(state.row * factor, 40), least);
      state.y = y - (y - state.y) * row / state.row;
      state.row = row;
      clamp();
      draw();
    }
    function unfold(lowest) {
      for (const node of all) node.open = node.level > lowest;
      press(lowest);
      fit();
    }
    function press(level) {
      for (const button of document.querySelectorAll('.levels button'))
        button.setAttribute('aria-pressed', +button.dataset.level === level);
    }
    function fold(node, open) {
      if (!node.children.length) return;
      const before = down(node);
      node.open = open;
      press(null);
      layOut();
      state.y += before - down(node);
      clamp();
      draw();
    }
    function reveal(node) {
      const { width, height: tall } = view.getBoundingClientRect();
      for (let up = node.parent; up; up = up.parent) {
        if (!up.open) press(null);
        up.open = true;
      }
      layOut();
      if (state.row < 14) state.row = 18;
      state.y = tall / 2 - node.row * state.row;
      const x = node.x + state.x;
      if (x > width - 160) state.x -= x - (width - 220);
      if (x < 120) state.x += 200 - x;
      clamp();
    }
    function choose(node, jump) {
      state.chosen = node;
      if (jump) reveal(node);
      else if (down(node) < head + 12 || down(node) > view.getBoundingClientRect().height - 12) reveal(node);
      history.replaceState(null, '', '#' + encodeURIComponent(node.id || node.name));
      tell(node);
      draw();
    }
    function tell(node) {
      const link = other => `<a href="#" data-to="${other.n}">${escaped(other.name)}</a>`;
      const lines = [];
      if (node.level) {
        lines.push(`<h2>${escaped(node.id)}</h2><p><small>level ${node.level}, ${node.classes.length} classes${node.p ? ', P ' + node.p : ''}</small></p>`);
        lines.push('<h3>Classes</h3><p>' + node.classes.map(link).join(', ') + '</p>');
      } else {
        lines.push(`<h2>${escaped(node.name)}</h2><p><small>class ${node.index}</small></p>`);
      }
      let inside = node.level ? node : null;
      for (let up = node.parent; up; up = up.parent) {
        const others = up.classes.filter(other => other !== node && !(inside && inside.classes.includes(other)));
        const list = others.slice(0, 24).map(link).join(', ') + (others.length > 24 ? `, … <small>${others.length - 24} more</small>` : '');
        lines.push(`<h3>${node.level || inside ? 'joined at' : 'in one cluster at'} level ${up.level}: `
          + `<a href="#" data-to="${up.n}">${escaped(up.id)}</a></h3><p>${list || '<small>nothing more</small>'}</p>`);
        inside = up;
      }
      side.innerHTML = lines.join('');
    }
    const find = document.getElementById('find'), found = document.getElementById('found');
    let picked = 0, matches = [];
    function search() {
      const word = find.value.trim().toLowerCase();
      const rank = node => node.name.toLowerCase().startsWith(word) ? 0 : node.name.toLowerCase().includes(word) ? 1 : node.index === word ? 0 : 9;
      matches = word ? all.filter(node => !node.level && rank(node) < 9)
        .sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || a.n - b.n).slice(0, 9) : [];
      picked = 0;
      offer();
    }
    function offer() {
      found.hidden = !find.value.trim();
      find.setAttribute('aria-expanded', !found.hidden);
      found.innerHTML = matches.map((node, i) => `<li role="option" data-to="${node.n}" aria-selected="${i === picked}">`
        + `${escaped(node.name)} <small>${node.index}</small></li>`).join('') || '<li><small>no class of that name</small></li>';
    }
    function take(node) { found.hidden = true; find.setAttribute('aria-expanded', false); if (node) { choose(node, true); view.focus(); } }
    find.addEventListener('input', search);
    find.addEventListener('keydown', event => {
      if (event.key === 'ArrowDown') picked = Math.min(picked + 1, matches.length - 1);
      else if (event.key === 'ArrowUp') picked = Math.max(picked - 1, 0);
      else if (event.key === 'Enter') return take(matches[picked]);
      else if (event.key === 'Escape') { find.value = ''; return take(null); } else return;
      event.preventDefault();
      offer();
    });
    document.addEventListener('click', event => {
      const to = event.target.closest('[data-to]');
      if (to) { event.preventDefault(); take(all[to.dataset.to]); }
      else if (!event.target.closest('.search')) found.hidden = true;
    });
    let held = null;
    view.addEventListener('pointerdown', event => {
      held = { x: event.clientX, y: event.clientY, startX: state.x, startY: state.y, moved: false, target: event.target };
      view.setPointerCapture(event.pointerId);
    });
    view.addEventListener('pointermove', event => {
      if (!held) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      held.moved = true;
      view.classList.add('moving');
      [state.x, state.y] = [held.startX + dx, held.startY + dy];
      clamp();
      draw();
    });
    view.addEventListener('pointerup', () => {
      const group = held && !held.moved && held.target.closest('[data-n]');
      if (group) {
        const node = all[group.dataset.n];
        if (held.target.dataset.fold && node.children.length) fold(node, !node.open); else choose(node, false);
      }
      held = null;
      view.classList.remove('moving');
    });
    view.addEventListener('pointercancel', () => { held = null; view.classList.remove('moving'); });
    view.addEventListener('dblclick', event => {
      const group = event.target.closest('[data-n]');
      if (group) fold(all[group.dataset.n], !all[group.dataset.n].open);
    });
    view.addEventListener('wheel', event => {
      event.preventDefault();
      if (event.shiftKey) { state.x -= event.deltaY || event.deltaX; return draw(); }
      zoom(Math.exp(-event.deltaY * 0.0016), event.clientY - view.getBoundingClientRect().top);
    }, { passive: false });
    view.addEventListener('keydown', event => {
      const list = shown(), node = state.chosen || roots[0], at = list.indexOf(node);
      const moves = {
        ArrowDown: () => choose(list[Math.min(at + 1, list.length - 1)], false),
        ArrowUp: () => choose(list[Math.max(at - 1, 0)], false),
        ArrowRight: () => node.children.length && (node.open ? choose(node.children[0], false) : fold(node, true)),
        ArrowLeft: () => node.open && node.children.length ? fold(node, false) : node.parent && choose(node.parent, false),
        Home: () => choose(roots[0], false), End: () => choose(list.at(-1), false),
        Enter: () => fold(node, !node.open), ' ': () => fold(node, !node.open),
        '+': () => zoom(1.4, view.clientHeight / 2), '-': () => zoom(0.7, view.clientHeight / 2), '0': fit,
      };
      if (!moves[event.key] || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      moves[event.key]();
    });
    document.addEventListener('keydown', event => {
      if (event.key === '/' && event.target !== find) { event.preventDefault(); find.focus(); find.select(); }
    });
    document.documentElement.classList.add('scripted');
    document.getElementById('app').hidden = false;
    const levels = document.querySelector('.levels');
    levels.innerHTML = '<span>Unfold to</span>' + Array.from({ length: height + 1 }, (_, i) =>
      `<button data-level="${height - i}" aria-pressed="false">${i < height ? 'level ' + (height - i) : 'classes'}</button>`).join('');
    levels.addEventListener('click', event => { if (event.target.dataset.level) unfold(+event.target.dataset.level); });
    for (const button of document.querySelectorAll('[data-zoom]'))
      button.addEventListener('click', () => zoom(+button.dataset.zoom, view.clientHeight / 2));
    document.getElementById('fit').addEventListener('click', fit);
    addEventListener('resize', () => { clamp(); draw(); });
    side.innerHTML = '<p><small>Select a class or a cluster to see what it is confused with.</small></p>';
    unfold(+document.getElementById('list').dataset.open);
    const asked = decodeURIComponent(location.hash.slice(1));
    const target = asked && all.find(node => node.id === asked || node.name === asked || node.index === asked);
    if (target) choose(target, true);
    """#
}
