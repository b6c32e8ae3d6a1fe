// Each fleet: what its tasks run over time, how many are well, the candidate's share, registrations.
const FEW_SERVICES = 8;

function hashesOf(fleet) {
  const seen = new Set();
  fleet.samples.forEach(sample => Object.keys(sample[BY_CONFIG]).forEach(hash => seen.add(hash)));
  return [...seen];
}

function paints(fleet, hashes) {
  const live = fleet.live || Object.keys(fleet.samples.at(-1)[BY_CONFIG])[0];
  const colours = {};
  let next = 0;
  for (const hash of hashes) {
    colours[hash] = hash === 'unknown' ? 'var(--c-none)' : fleet.bad.includes(hash) ? 'var(--c-bad)'
      : hash === live ? 'var(--c-live)' : `var(--c${next++ % 6})`;
  }
  return colours;
}

/** A small chart of one value below the tasks: its name and its peak stand above it. */
function panel(axes, samples, top, name, colour, value, most, peak) {
  const bottom = top + 47;
  const scale = sample => bottom - 26 * Math.min(1, value(sample) / Math.max(most, 1e-9));
  axes.svg.append(draw('line', { class: 'grid', x1: LEFT, x2: axes.width - RIGHT, y1: bottom, y2: bottom }));
  area(axes, samples, colour, () => bottom, scale);
  const text = draw('text', { x: LEFT, y: top + 16 }, '');
  text.append(draw('tspan', { class: 'panel' }, name), draw('tspan', {}, ', at most ' + peak));
  axes.svg.append(text);
}

/** A line where the scenario did something to the fleet, and what it was where there is room to say so. */
function stepLines(axes, steps) {
  let end = 0;
  for (const [at, text] of steps.filter(([at]) => at >= shown.from && at <= shown.to)) {
    const x = axes.x(at);
    axes.svg.append(draw('line', { class: 'edit', x1: x, x2: x, y1: 2, y2: TASKS }));
    const words = text.replace(/^(an operator|someone) /, '').replace(/\S*\//g, '');
    const width = 6 * words.length + 8;
    if (x > end && x + width < axes.width) {
      axes.svg.append(draw('text', { x: x + 4, y: 11 }, words));
      end = x + width;
    }
  }
}

function fleetChart(card, fleet, hashes, colours, steps) {
  const samples = fleet.samples;
  samples.forEach(sample => sample.push(Math.max(0, sample[DESIRED] - sample[HEALTHY])));
  const peak = value => samples.reduce((most, sample) => Math.max(most, value(sample)), 0);
  const tasks = sample => Object.values(sample[BY_CONFIG]).reduce((sum, each) => sum + each, 0);
  const missing = sample => sample[MISSING];
  const most = Math.max(1, peak(tasks), peak(sample => sample[DESIRED]));
  const registered = peak(sample => sample[REGISTERED] + sample[WRONG]) > 0;
  const height = TASKS + (registered ? 3 : 2) * PANEL + 20;
  let cursor = null;
  let at = -1;
  const axes = chart(card, height, 'Tasks of ' + fleet.config + ' over time; arrow keys go from change to change', axes => {
    const y = value => TASKS - (TASKS - 18) * value / most;
    for (const value of new Set([0, Math.round(most / 2), most])) {
      axes.svg.append(draw('line', { class: 'grid', x1: LEFT, x2: axes.width - RIGHT, y1: y(value), y2: y(value) }),
        draw('text', { x: LEFT - 5, y: y(value) + 4, 'text-anchor': 'end' }, value.toLocaleString('en')));
    }
    const seen = fitting(axes, samples, hashes);
    const below = (sample, end) => hashes.slice(0, end).reduce((sum, hash) => sum + (sample[BY_CONFIG][hash] || 0), 0);
    hashes.forEach((hash, i) => area(axes, seen, colours[hash], s => y(below(s, i)), s => y(below(s, i + 1))));
    line(axes, seen, 'desired', s => y(s[DESIRED]));
    line(axes, seen, 'well', s => y(s[HEALTHY]));
    panel(axes, seen, TASKS, 'Unavailable', 'var(--c-bad)', missing, peak(missing), count(peak(missing), 'task', 'tasks'));
    panel(axes, seen, TASKS + PANEL, 'Share on an unproven config', 'var(--c2)', s => s[SHARE], peak(s => s[SHARE]),
      percent(peak(s => s[SHARE])));
    if (registered) {
      panel(axes, seen, TASKS + 2 * PANEL, 'Registrations missing or stale', 'var(--c-bad)', s => s[WRONG],
        peak(s => s[WRONG]), peak(s => s[WRONG]) + ' of ' + peak(s => s[REGISTERED]));
    }
    stepLines(axes, steps);
    cursor = draw('line', { class: 'cursor', y1: 0, y2: height - 16, visibility: 'hidden' });
    axes.svg.append(cursor);
  });
  const lines = (sample, time) => {
    const parts = hashes.filter(hash => sample[BY_CONFIG][hash])
      .map(hash => make('p', '', sample[BY_CONFIG][hash] + ' on ', make('code', '', hash), ' ' + (fleet.names[hash] || '')));
    const state = make('p', '', `${sample[HEALTHY]} of ${sample[DESIRED]} well`
      + (sample[EXTRAS] ? ', ' + count(sample[EXTRAS], 'probe or canary', 'probes and canaries') : '')
      + (sample[SHARE] ? ', ' + percent(sample[SHARE]) + ' unproven' : ''));
    const found = registered ? [make('p', '', `${sample[REGISTERED]} registered, ${sample[WRONG]} wrong`)] : [];
    return [make('p', 'kind', clock(time)), ...parts, state, ...found];
  };
  const mark = time => {
    cursor.setAttribute('visibility', 'visible');
    cursor.setAttribute('x1', axes.x(time));
    cursor.setAttribute('x2', axes.x(time));
  };
  const within = time => Math.min(shown.to, Math.max(shown.from, time));
  interact(axes, {
    point(time, x, y, pageX, pageY, chosen) {
      at = sampleAt(samples, within(time));
      mark(within(time));
      tip(lines(samples[at], within(time)), pageX, pageY, chosen);
    },
    step(direction) {
      const first = sampleAt(samples, shown.from);
      at = Math.min(sampleAt(samples, shown.to), Math.max(first, at < 0 ? first : at + direction));
      const time = within(samples[at][AT]);
      mark(time);
      tipAt(axes, lines(samples[at], time), axes.x(time), 40);
    },
    choose() {},
    leave() {
      hideTip();
      cursor.setAttribute('visibility', 'hidden');
    },
  });
}

function swatch(colour) {
  const box = make('i');
  box.style.background = colour;
  return box;
}

function legend(fleet, hashes, colours) {
  const key = make('div', 'key');
  for (const hash of hashes) {
    const name = hash === 'unknown' ? 'not read yet' : fleet.names[hash] || '';
    const mark = fleet.bad.includes(hash) ? make('span', 'bad', ' misbehaves')
      : hash === fleet.live ? make('span', 'good', ' live') : '';
    key.append(make('span', '', swatch(colours[hash]), hash === 'unknown' ? '' : make('code', '', hash), ' ' + name, mark));
  }
  key.append(make('span', '', make('i', 'line'), 'healthy'), make('span', '', make('i', 'line dashed'), 'desired'));
  return key;
}

function serviceTable(fleet) {
  const body = make('tbody');
  for (const service of fleet.services) {
    const runs = Object.entries(service.byConfig).map(([hash, tasks]) => tasks + ' on ' + hash).join(', ');
    const state = service.healthy < service.desired ? 'number bad' : 'number';
    body.append(make('tr', '', make('td', '', service.name), make('td', 'number', service.desired),
      make('td', 'number', service.running), make('td', state, service.healthy), make('td', '', runs)));
  }
  const heads = ['Service at the end', 'Desired', 'Running', 'Healthy', 'Tasks by config'];
  const head = make('tr', '', ...heads.map((text, i) => make('th', i > 0 && i < 4 ? 'number' : '', text)));
  const table = make('div', 'scroll', make('table', '', make('thead', '', head), body));
  if (fleet.services.length <= FEW_SERVICES) return table;
  const sick = fleet.services.filter(service => service.healthy < service.desired).length;
  return make('details', '', make('summary', sick ? 'bad' : 'quiet',
    `${fleet.services.length} services at the end, ${sick || 'none'} with too few healthy tasks`), table);
}

for (const fleet of run.fleets) {
  const card = make('section', 'fleet', make('h2', '', fleet.config));
  const live = run.controller === 'shepherd' ? [fleet.phase + ', live ', make('code', '', fleet.live || 'not seen')] : ['nobody keeps a live config'];
  card.append(make('p', 'quiet', ...live));
  if (fleet.held) card.append(make('p', 'note', 'Held: ' + fleet.held));
  if (fleet.rejected) card.append(make('p', 'note', 'Refused: ' + fleet.rejected));
  fleet.quarantined.forEach(each => card.append(make('p', 'note', 'Quarantined: ', make('code', '', each.hash), ' ' + each.reason)));
  const hashes = hashesOf(fleet);
  const colours = paints(fleet, hashes);
  const subjects = [fleet.config, ...fleet.services.map(service => service.name)];
  const steps = run.timeline.map(([at, kind, by, subject, text]) => [at, run.texts[text], run.texts[kind] + run.texts[by], run.texts[subject]])
    .filter(([, , world, subject]) => world === 'world' && subjects.includes(subject));
  card.append(legend(fleet, hashes, colours));
  byId('fleets').append(card);
  fleetChart(card, fleet, hashes, colours, steps);
  card.append(serviceTable(fleet));
}
