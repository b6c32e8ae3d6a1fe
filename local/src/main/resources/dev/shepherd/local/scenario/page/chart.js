// An SVG over the time that is shown: its axis, and what pointer, touch and keys do on it.
const LEFT = 38;
const RIGHT = 10;

/** A drawing that is made anew whenever its width or the time that is shown changes. */
function chart(parent, height, label, paint) {
  const svg = draw('svg', { height, tabindex: 0, role: 'group', 'aria-label': label });
  parent.append(svg);
  const axes = {
    svg, height,
    get width() { return Math.max(200, svg.clientWidth); },
    x(time) { return LEFT + (time - shown.from) / (shown.to - shown.from) * (this.width - LEFT - RIGHT); },
    time(x) { return shown.from + (x - LEFT) / (this.width - LEFT - RIGHT) * (shown.to - shown.from); },
  };
  redraws.push(() => {
    svg.replaceChildren();
    timeAxis(axes);
    paint(axes);
  });
  return axes;
}

const STEPS = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

function timeAxis(axes) {
  const span = shown.to - shown.from;
  const most = Math.max(2, Math.floor(axes.width / 90));
  const step = STEPS.find(each => span / each <= most) || Math.ceil(span / most / 86400) * 86400;
  for (let time = Math.ceil(shown.from / step) * step; time <= shown.to; time += step) {
    const x = axes.x(time);
    axes.svg.append(draw('line', { class: 'grid', x1: x, x2: x, y1: 0, y2: axes.height - 16 }));
    const text = step < 60 ? clock(time) : clock(time).slice(0, 5);
    const anchor = x > axes.width - 24 ? 'end' : 'middle';
    axes.svg.append(draw('text', { x, y: axes.height - 4, 'text-anchor': anchor }, text));
  }
}

/**
 * Pointing calls point(time, x, y, pageX, pageY, chosen); dragging chooses a time to zoom to; keys call
 * step(direction) and choose().
 */
function interact(axes, { point, step, choose, leave }) {
  const svg = axes.svg;
  let start = null;
  const place = event => event.clientX - svg.getBoundingClientRect().left;
  const told = (event, chosen) => point(axes.time(place(event)), place(event),
    event.clientY - svg.getBoundingClientRect().top, event.pageX, event.pageY, chosen);
  svg.addEventListener('pointerdown', event => {
    if (event.button === 0) start = { x: place(event), box: null };
  });
  svg.addEventListener('pointermove', event => {
    if (start && Math.abs(place(event) - start.x) > 8) {
      if (!start.box) {
        start.box = draw('rect', { class: 'picked', y: 0, height: axes.height - 16 });
        svg.append(start.box);
        svg.setPointerCapture(event.pointerId);
        hideTip();
      }
      start.box.setAttribute('x', Math.min(start.x, place(event)));
      start.box.setAttribute('width', Math.abs(place(event) - start.x));
    } else if (!start && event.pointerType !== 'touch') {
      told(event, false);
    }
  });
  svg.addEventListener('pointerup', event => {
    const from = start;
    start = null;
    if (from && from.box) {
      from.box.remove();
      const times = [axes.time(from.x), axes.time(place(event))].sort((one, other) => one - other);
      show(Math.max(0, times[0]), Math.min(length, times[1]));
    } else if (from) {
      told(event, true);
    }
  });
  svg.addEventListener('pointercancel', () => {
    if (start && start.box) start.box.remove();
    start = null;
  });
  svg.addEventListener('pointerleave', event => {
    if (!start && event.pointerType !== 'touch') leave();
  });
  svg.addEventListener('blur', leave);
  const keys = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), Enter: choose, '+': () => zoom('in'), '=': () => zoom('in'),
    '-': () => zoom('out'), '0': () => zoom('all'), Escape: () => { leave(); zoom('all'); },
  };
  svg.addEventListener('keydown', event => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
}

/** Shows a note beside a place of the drawing, for keys. */
function tipAt(axes, lines, x, y) {
  const box = axes.svg.getBoundingClientRect();
  tip(lines, box.left + scrollX + x, box.top + scrollY + y, true);
}

document.addEventListener('pointerdown', event => {
  if (!event.target.closest('svg')) hideTip();
});
