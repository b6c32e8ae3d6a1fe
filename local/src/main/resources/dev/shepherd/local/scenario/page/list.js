// The entries of the time that is shown as a list, a hundred at a time.
const PAGE = 100;
let first = 0;
let limit = PAGE;

function row(entry) {
  const item = make('li', '', make('time', '', clock(entry.at)), make('span', 'kind ' + entry.kind, entry.kind),
    make('span', 'subject', lastPart(entry.subject)), make('p', BAD.test(entry.text) ? 'bad' : '', entry.text));
  item.id = 'entry' + entry.place;
  if (entry.by) item.title = entry.by;
  if (entry.reason) item.append(make('p', 'why', entry.reason));
  return item;
}

function fill() {
  const all = visible();
  const slice = all.slice(first, first + limit);
  byId('entries').replaceChildren(...slice.map(row));
  const rest = all.length - first - slice.length;
  const cut = run.more > 0 ? ' The run has ' + count(run.more, 'entry', 'entries') + ' more, after '
    + clock(entries.at(-1).at) + ', that this page leaves out; --json has them all.' : '';
  byId('count').textContent = (all.length === 0 ? 'Nothing happened here.' : count(all.length, 'entry', 'entries')
    + (first > 0 ? ', shown from ' + clock(slice[0].at) + ' on' : '') + '.') + cut;
  byId('further').hidden = rest <= 0;
  byId('further').textContent = 'and ' + rest.toLocaleString('en') + ' more';
}

function refill() {
  first = 0;
  limit = PAGE;
  fill();
}

/** Makes sure that the list holds an entry, marks it and returns its row. */
function reveal(entry) {
  if (!byId('entry' + entry.place)) {
    first = Math.max(0, visible().indexOf(entry) - 5);
    limit = PAGE;
    fill();
  }
  document.querySelectorAll('li.at').forEach(each => each.classList.remove('at'));
  const item = byId('entry' + entry.place);
  item.classList.add('at');
  return item;
}

byId('further').addEventListener('click', () => {
  limit += PAGE;
  fill();
});

for (const [i, kind] of KINDS.entries()) {
  const box = make('input');
  box.type = 'checkbox';
  box.checked = true;
  box.addEventListener('change', () => {
    if (box.checked) wanted.kinds.add(kind);
    else wanted.kinds.delete(kind);
    redraw();
  });
  byId('kinds').append(make('label', 'kind ' + kind, box, LANES[i]));
}
byId('find').addEventListener('input', event => {
  wanted.words = event.target.value.trim().toLowerCase();
  redraw();
});
byId('filter').addEventListener('submit', event => event.preventDefault());
redraws.push(refill);
