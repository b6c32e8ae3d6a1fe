// A fleet's samples, and how their values become lines and areas.
const AT = 0, DESIRED = 1, HEALTHY = 2, EXTRAS = 3, SHARE = 4, REGISTERED = 5, WRONG = 6, BY_CONFIG = 7, MISSING = 8;
const TASKS = 156;
const PANEL = 52;
const COLUMN = 4;

/** The place of the last sample at or before a time; the first where there is none. */
function sampleAt(samples, time) {
  let low = 0;
  let high = samples.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (samples[middle][AT] <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What stands for several samples in too little room: tasks on the average, trouble at its worst. */
function condensed(group, hashes, end) {
  if (group.length === 1) return group[0];
  const whole = end - group[0][AT];
  const mean = value => group.reduce((sum, sample, i) =>
    sum + value(sample) * ((i + 1 < group.length ? group[i + 1][AT] : end) - sample[AT]) / whole, 0);
  const worst = place => Math.max(...group.map(sample => sample[place]));
  const byConfig = Object.fromEntries(hashes.map(hash => [hash, mean(sample => sample[BY_CONFIG][hash] || 0)]));
  return [group[0][AT], mean(sample => sample[DESIRED]), mean(sample => sample[HEALTHY]), worst(EXTRAS), worst(SHARE),
    worst(REGISTERED), worst(WRONG), byConfig, worst(MISSING)];
}

/**
 * The samples of the time that is shown, no more than two for each column of pixels: what stands for all
 * that began in it, and from its end on the last of them alone, where that one lasts.
 */
function fitting(axes, samples, hashes) {
  const groups = new Map();
  for (let i = sampleAt(samples, shown.from); i < samples.length && samples[i][AT] <= shown.to; i++) {
    const column = Math.floor(axes.x(samples[i][AT]) / COLUMN);
    if (!groups.has(column)) groups.set(column, { members: [], end: length });
    groups.get(column).members.push(samples[i]);
    groups.get(column).end = i + 1 < samples.length ? samples[i + 1][AT] : length;
  }
  return [...groups].flatMap(([column, { members, end }]) => {
    const edge = Math.max(members.at(-1)[AT], axes.time((column + 1) * COLUMN));
    return members.length === 1 || end <= edge ? [condensed(members, hashes, end)]
      : [condensed(members, hashes, edge), members.at(-1).with(AT, edge)];
  });
}

/** The steps of a value over the time that is shown, as points x,y from left to right. */
function stairs(axes, samples, y) {
  const points = [];
  const first = sampleAt(samples, shown.from);
  for (let i = first; i < samples.length && samples[i][AT] <= shown.to; i++) {
    const begin = axes.x(Math.max(shown.from, samples[i][AT]));
    const next = i + 1 < samples.length ? samples[i + 1][AT] : length;
    const end = axes.x(Math.min(shown.to, next));
    points.push(begin.toFixed(1) + ',' + y(samples[i]).toFixed(1), end.toFixed(1) + ',' + y(samples[i]).toFixed(1));
  }
  return points;
}

function line(axes, samples, kind, y) {
  axes.svg.append(draw('polyline', { class: kind, points: stairs(axes, samples, y).join(' ') }));
}

function area(axes, samples, colour, low, high) {
  const points = stairs(axes, samples, high).concat(stairs(axes, samples, low).reverse());
  axes.svg.append(draw('polygon', { fill: colour, points: points.join(' ') }));
}
