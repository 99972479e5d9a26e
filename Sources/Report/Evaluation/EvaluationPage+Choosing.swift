extension EvaluationPage {
  /// Lists pictures, and shows the curves and numbers of the one that is chosen.
  static let chooserScript = #"""
    const element = id => document.getElementById(id), list = element('pictures'), shownBox = element('shown');
    const state = { run: 0, picture: 0, pair: 0, off: new Set() };
    const nameOf = (run, index) => run.classes[index] || `class ${index}`;
    const foilOf = (run, pair) => pair.foil.map(index => nameOf(run, index)).join(' or ');
    const small = picture => picture.small ? `<img alt="" src="data:image/jpeg;base64,${picture.small}">` : '';
    function gain(run, picture) {
      const last = run.schemes.length - 1, gains = [];
      for (const pair of picture.pairs) run.methods.forEach(([explainer, scheme], m) => {
        const first = run.methods.findIndex(([e, s]) => e === explainer && s === 0);
        if (scheme === last && first >= 0 && pair.numbers[m] && pair.numbers[first])
          gains.push((pair.numbers[first][1] ?? 0) - (pair.numbers[m][1] ?? 0));
      });
      return gains.length ? gains.reduce((a, b) => a + b) / gains.length : 0;
    }
    function orders() {
      const run = data.runs[state.run], [first, last] = [run.schemes[0], run.schemes.at(-1)];
      element('order').innerHTML = '<option value="name">By name</option>' + (run.schemes.length < 2 ? ''
        : `<option value="gain">Where ${last} gains most on ${first} (CAUC)</option><option value="loss">Where ${last} loses most to ${first}</option>`);
    }
    function fillList() {
      const run = data.runs[state.run], wanted = element('find').value.toLowerCase(), order = element('order').value;
      const text = picture => (picture.name + ' ' + picture.pairs.map(pair => nameOf(run, pair.fact)).join(' ')).toLowerCase();
      const places = run.pictures.map((_, i) => i).filter(i => text(run.pictures[i]).includes(wanted));
      const sign = order === 'gain' ? -1 : 1, gains = order === 'name' ? null : run.pictures.map(picture => gain(run, picture));
      if (gains) places.sort((a, b) => sign * (gains[a] - gains[b]) || a - b);
      list.innerHTML = places.map(i => {
        const picture = run.pictures[i], classes = picture.pairs.map(pair => nameOf(run, pair.fact)).join(', ');
        return `<li id="p${i}" role="option" data-i="${i}" aria-selected="${i === state.picture}">${small(picture)}<span>${escaped(classes)}<br><small>${escaped(picture.name)}</small></span></li>`;
      }).join('') || '<li>No picture is called so.</li>';
    }
    const n = '<i>n</i><sub>δ</sub>', columns = [
      [n, 'salient pixels', null], ['CAUC ↓', 'over the fewest n_δ of the schemes with this explainer', 0],
      ['CAUC ↓ᵉ', 'over the fewest n_δ of the explainers in this scheme', 1], ['CDROP ↑', 'over all n_δ', 2],
      ['deletion ↓', 'over the whole picture', 3], ['insertion ↑', 'over the whole picture', 3], ['log-odds ↓', 'mean while all pixels go', 3],
    ];
    function bestOf(run, pair, m, column) {
      const kind = columns[column][2], better = columns[column][0].includes('↓') ? Math.min : Math.max;
      if (kind == null) return false;
      const mates = run.methods.map((_, i) => i).filter(i => pair.numbers[i]?.[column] != null
        && (kind > 1 || run.methods[i][kind] === run.methods[m][kind]));
      return mates.length > 1 && pair.numbers[m][column] === better(...mates.map(i => pair.numbers[i][column]));
    }
    function methodTable(run, pair) {
      const used = columns.map((_, c) => c).filter(c => pair.numbers.some(numbers => numbers && numbers[c] != null));
      const rows = run.methods.map(([explainer, scheme], m) => {
        const numbers = pair.numbers[m];
        if (!numbers) return '';
        const cells = used.map(c => `<td class="${bestOf(run, pair, m, c) ? 'best' : ''}">${c ? short(numbers[c]) : counted(numbers[0])}</td>`);
        const key = `<span class="chart"><svg viewBox="0 0 30 8"><path class="curve ${inkOf(run, m)}" style="--dash:${dashOf(run, m)}" d="M0 4H30"/></svg></span>`;
        return `<tr data-m="${m}" class="${state.off.has(m) ? 'off' : ''}"><td><label><input type="checkbox" ${state.off.has(m) ? '' : 'checked'}> ${key} ${escaped(run.explainers[explainer])}, ${escaped(run.schemes[scheme])}</label></td>${cells.join('')}</tr>`;
      });
      return `<div class="wide"><table id="methods"><thead><tr><th>method</th>${used.map(c => `<th title="${columns[c][1]}">${columns[c][0]}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
        + '<p><small>CAUC over the fewest ' + n + ' of the schemes with the same explainer; CAUC ↓ᵉ over the fewest of the explainers in the same scheme. Bold: the best of those that may be compared. Point at a row to find its curves.</small></p>';
    }
    function show() {
      const run = data.runs[state.run], picture = run?.pictures[state.picture], pair = picture?.pairs[state.pair];
      if (!pair) { shownBox.innerHTML = '<p>No picture has a pair of classes that are told apart.</p>'; return; }
      const curves = curvesOf(run, pair).map((curves, m) => state.off.has(m) ? null : curves);
      const [fact, foil] = [escaped(nameOf(run, pair.fact)), escaped(foilOf(run, pair))];
      const pairs = picture.pairs.map((pair, i) =>
        `<button data-pair="${i}" aria-pressed="${i === state.pair}">${escaped(nameOf(run, pair.fact))} (${(100 * pair.p[0]).toFixed(1)} %)<br><small style="color:inherit">rather than ${escaped(foilOf(run, pair))}</small></button>`);
      const figure = (kind, title, about, label) => `<figure><figcaption><b>${title}</b>${about}</figcaption>${chart(run, curves, kind, label)}</figure>`;
      const whole = run.deletion.length ? figure('deletion', 'Deletion ↓', `P(${fact}) while all pixels go; the dot is at ${n}.`, 'pixels deleted')
        + figure('insertion', 'Insertion ↑', `P(${fact}) while all pixels come back.`, 'pixels put back')
        + figure('odds', 'Log-odds ↓', `log P(${fact}) / P(${foil}) while all pixels go; below 0 the foil is likelier.`, 'pixels deleted') : '';
      shownBox.innerHTML = `<div class="top">${small(picture)}<div><h3>${escaped(picture.name)}</h3><div class="pairs" role="group" aria-label="Pairs">${pairs.join('')}</div></div></div>`
        + `<div class="charts">${figure('contrast', 'Contrastive score ↓', `P(${fact}) × (1 − P(${foil})) while the salient pixels go, each map’s to its own ${n}.`, 'pixels deleted')}${whole}</div>${methodTable(run, pair)}`;
      history.replaceState(null, '', `#${state.run}.${state.picture}.${state.pair}`);
    }
    function choose(picture, pair) {
      list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
      Object.assign(state, { picture, pair });
      const item = element('p' + picture);
      item?.setAttribute('aria-selected', 'true');
      if (item && (item.offsetTop < list.offsetTop + list.scrollTop || item.offsetTop + item.offsetHeight > list.offsetTop + list.scrollTop + list.clientHeight))
        list.scrollTop = item.offsetTop - list.offsetTop;
      show();
    }
    function highlight(m) {
      for (const svg of shownBox.querySelectorAll('.charts svg')) {
        svg.classList.toggle('dimmed', m != null);
        for (const part of svg.querySelectorAll('[data-m]')) part.classList.toggle('raised', part.dataset.m === m);
      }
      for (const row of shownBox.querySelectorAll('#methods [data-m]')) row.classList.toggle('raised', row.dataset.m === m);
    }
    list.addEventListener('click', event => { const item = event.target.closest('[data-i]'); if (item) choose(+item.dataset.i, 0); });
    list.addEventListener('keydown', event => {
      const items = [...list.querySelectorAll('[data-i]')], at = items.findIndex(item => +item.dataset.i === state.picture);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      if (to == null || !items[to]) return;
      event.preventDefault();
      choose(+items[to].dataset.i, 0);
    });
    shownBox.addEventListener('click', event => { const button = event.target.closest('[data-pair]'); if (button) choose(state.picture, +button.dataset.pair); });
    shownBox.addEventListener('change', event => {
      const m = +event.target.closest('[data-m]').dataset.m;
      if (!state.off.delete(m)) state.off.add(m);
      show();
    });
    shownBox.addEventListener('pointerover', event => highlight(event.target.closest('[data-m]')?.dataset.m ?? null));
    shownBox.addEventListener('pointerleave', () => highlight(null));
    element('find').addEventListener('input', fillList);
    element('order').addEventListener('change', () => { fillList(); const first = list.querySelector('[data-i]'); if (first) choose(+first.dataset.i, 0); });
    element('run').innerHTML = data.runs.map((run, i) => `<option value="${i}">${escaped(run.title)}</option>`).join('');
    element('run').hidden = data.runs.length < 2;
    element('run').addEventListener('change', event => { Object.assign(state, { run: +event.target.value, picture: 0, pair: 0, off: new Set() }); orders(); fillList(); show(); });
    const asked = location.hash.slice(1).split('.').map(Number), isAsked = data.runs[asked[0]]?.pictures[asked[1]]?.pairs[asked[2]];
    if (isAsked) [state.run, state.picture, state.pair] = asked;
    element('run').value = state.run;
    element('app').hidden = false;
    orders(); fillList(); choose(state.picture, state.pair);
    """#
}
