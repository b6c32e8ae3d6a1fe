// The run, the time that is shown, and how things are written.
const run = JSON.parse(document.getElementById('run').textContent);
const length = Math.max(1, run.length);
const shown = { from: 0, to: length };
const redraws = [];
const LEAST = Math.min(length, 60);

function byId(id) {
  return document.getElementById(id);
}

function make(tag, kind, ...content) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...content.map(each => typeof each === 'number' ? String(each) : each));
  return element;
}

function draw(tag, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function clock(seconds) {
  const two = value => String(value).padStart(2, '0');
  const whole = Math.round(seconds);
  return two(Math.floor(whole / 3600)) + ':' + two(Math.floor(whole / 60) % 60) + ':' + two(whole % 60);
}

function count(number, one, many) {
  return number.toLocaleString('en') + ' ' + (number === 1 ? one : many);
}

function percent(share) {
  return (100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0) + ' %';
}

/** Shows this time, cut to the run and no shorter than a minute. */
function show(from, to) {
  const span = Math.min(length, Math.max(LEAST, to - from));
  shown.from = Math.min(Math.max(0, from + (to - from - span) / 2), length - span);
  shown.to = shown.from + span;
  redraw();
}

const zooms = {
  in: (from, to) => show(from + (to - from) / 4, to - (to - from) / 4),
  out: (from, to) => show(from - (to - from) / 2, to + (to - from) / 2),
  back: (from, to) => show(from - (to - from) / 2, to - (to - from) / 2),
  on: (from, to) => show(from + (to - from) / 2, to + (to - from) / 2),
  all: () => show(0, length),
};

function zoom(how) {
  zooms[how](shown.from, shown.to);
}

function redraw() {
  const whole = shown.to - shown.from >= length;
  byId('range').textContent = clock(shown.from) + ' – ' + clock(shown.to) + (whole ? ', the whole run' : '');
  for (const button of document.querySelectorAll('[data-zoom]')) {
    const how = button.dataset.zoom;
    button.disabled = (whole && how !== 'in') || (how === 'in' && shown.to - shown.from <= LEAST)
      || (how === 'back' && shown.from <= 0) || (how === 'on' && shown.to >= length);
  }
  hideTip();
  redraws.forEach(each => each());
}

for (const button of document.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => zoom(button.dataset.zoom));
}

/** Shows a note beside a point of the page, and tells it to those who listen when keys asked for it. */
function tip(lines, pageX, pageY, aloud) {
  const box = byId('tip');
  box.replaceChildren(...lines);
  box.hidden = false;
  const edge = document.documentElement.clientWidth;
  const left = pageX + 14 + box.offsetWidth > edge - 8 ? pageX - 14 - box.offsetWidth : pageX + 14;
  box.style.left = Math.max(8, Math.min(left, edge - 8 - box.offsetWidth)) + 'px';
  const below = pageY + 18 + box.offsetHeight < scrollY + innerHeight;
  box.style.top = Math.max(scrollY + 4, below ? pageY + 18 : pageY - 14 - box.offsetHeight) + 'px';
  if (aloud) byId('said').textContent = lines.map(line => line.textContent).join('. ');
}

function hideTip() {
  byId('tip').hidden = true;
}
