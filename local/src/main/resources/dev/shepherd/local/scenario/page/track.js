// The timeline as a track: a lane for each kind, and marks that gather what is too close to tell apart.
const KINDS = ['world', 'event', 'decision', 'action'];
const LANES = ['Steps and changes', 'Events', 'Decisions', 'Actions'];
const LANE = 38;
const BIN = 13;
const TOLD = 6;
const BAD = /^(ReconcileFailed|Hold|Reject|Reconcile Failed|Rollout Held|Config Rejected|Canary Failed|SERVICE_DEPLOYMENT_FAILED|the run failed)/;

const entries = run.timeline.map(([at, kind, by, subject, text, reason], place) => ({
  at, place, kind: run.texts[kind], by: run.texts[by], subject: run.texts[subject],
  text: run.texts[text], reason: run.texts[reason],
}));
const wanted = { kinds: new Set(KINDS), words: '' };

function isWanted(entry) {
  return wanted.kinds.has(entry.kind) && (!wanted.words
    || [entry.by, entry.subject, entry.text, entry.reason].some(text => text.toLowerCase().includes(wanted.words)));
}

/** The wanted entries of the time that is shown; entries are in order of time. */
function visible() {
  return entries.filter(entry => entry.at >= shown.from && entry.at <= shown.to && isWanted(entry));
}

function lastPart(subject) {
  return subject.slice(subject.lastIndexOf('/') + 1);
}

function told(marks) {
  const lines = [];
  for (const entry of marks.slice(0, TOLD)) {
    lines.push(make('p', '', clock(entry.at) + ' ', make('span', 'kind ' + entry.kind, entry.kind),
      ' ' + lastPart(entry.subject) + ' ', make('span', BAD.test(entry.text) ? 'bad' : '', entry.text)));
    if (entry.reason) lines.push(make('p', 'why', entry.reason));
  }
  if (marks.length > TOLD) lines.push(make('p', 'quiet', 'and ' + (marks.length - TOLD) + ' more; zoom in, or read on below'));
  return lines;
}

let marks = [];
let focused = -1;

/** Gathers the entries of a lane that fall into one stretch of BIN pixels. */
function gather(axes) {
  const bins = new Map();
  for (const entry of visible()) {
    const lane = KINDS.indexOf(entry.kind);
    const bin = Math.floor((axes.x(entry.at) - LEFT) / BIN);
    const key = bin * KINDS.length + lane;
    if (!bins.has(key)) bins.set(key, { lane, key, x: LEFT + (bin + 0.5) * BIN, entries: [] });
    bins.get(key).entries.push(entry);
  }
  return [...bins.values()].sort((one, other) => one.key - other.key);
}

const trackAxes = chart(byId('marks'), KINDS.length * LANE + 18,
  'Events, decisions and actions over time; arrow keys go from one to the next, Enter shows it in the list', axes => {
    LANES.forEach((name, i) => {
      axes.svg.append(draw('line', { class: 'grid', x1: LEFT, x2: axes.width - RIGHT, y1: (i + 1) * LANE, y2: (i + 1) * LANE }),
        draw('text', { x: LEFT, y: i * LANE + 12 }, name));
    });
    marks = gather(axes);
    focused = -1;
    for (const mark of marks) {
      mark.y = mark.lane * LANE + 25;
      const bad = mark.entries.some(entry => BAD.test(entry.text));
      mark.dot = draw('circle', { class: 'mark', cx: mark.x, cy: mark.y, r: mark.entries.length > 1 ? 7.5 : 5,
        fill: `var(--${bad ? 'bad' : KINDS[mark.lane]})` });
      axes.svg.append(mark.dot);
      if (mark.entries.length > 1) {
        const many = mark.entries.length > 99 ? '99+' : mark.entries.length;
        axes.svg.append(draw('text', { class: 'many', x: mark.x, y: mark.y + 3 }, many));
      }
    }
  });

function focus(index) {
  if (marks[focused]) marks[focused].dot.classList.remove('at');
  focused = index;
  if (marks[focused]) marks[focused].dot.classList.add('at');
}

/** The mark nearest to a place, if it is near enough to have been meant. */
function nearest(x, y, reach) {
  let best = -1;
  let least = reach;
  marks.forEach((mark, i) => {
    const distance = Math.hypot(mark.x - x, mark.y - y);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}

interact(trackAxes, {
  point(time, x, y, pageX, pageY, chosen) {
    focus(nearest(x, y, chosen ? 24 : 12));
    if (focused < 0) {
      hideTip();
      return;
    }
    tip(told(marks[focused].entries), pageX, pageY, chosen);
    if (chosen) reveal(marks[focused].entries[0]);
  },
  step(direction) {
    if (marks.length === 0) return;
    focus(Math.min(marks.length - 1, Math.max(0, focused < 0 ? 0 : focused + direction)));
    const mark = marks[focused];
    tipAt(trackAxes, told(mark.entries), mark.x, mark.y);
  },
  choose() {
    if (marks[focused]) reveal(marks[focused].entries[0]).scrollIntoView({ block: 'center' });
  },
  leave() {
    hideTip();
    focus(-1);
  },
});
