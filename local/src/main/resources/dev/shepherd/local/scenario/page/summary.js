// What the run came to, and what it took; then everything is drawn for the first time.
document.title = 'Shepherd: ' + run.scenario + (run.controller === 'shepherd' ? '' : ', ' + run.controller);
byId('scenario').textContent = run.scenario;
byId('about').textContent = `A run of ${clock(length)} of virtual time under the controller ${run.controller}, seed ${run.seed}; the fleets were looked at every ${run.every} seconds. Where there is little room a chart shows tasks on the average and trouble at its worst; zoom in to see each change.`;

const converged = run.converged ? make('span', 'good', 'Every fleet converged'
  + (run.convergedAt === null ? '.' : ' at ' + clock(run.convergedAt) + '.')) : make('span', 'bad', 'Not every fleet converged.');
const checks = run.invariants.checked > 0 ? make('span', run.violations > 0 ? 'bad' : 'quiet',
  ` ${count(run.invariants.checked, 'check', 'checks')} of the invariants, ${count(run.violations, 'violation', 'violations')}.`) : '';
byId('verdict').append(converged, checks);

const calls = Object.values(run.calls).reduce((sum, each) => sum + each, 0);
for (const [name, value] of [
  ['task-minutes on a bad config', run.taskMinutes.onBadConfig.toLocaleString('en')],
  ['task-minutes without a collector', run.taskMinutes.withoutCollector.toLocaleString('en')],
  ['task-minutes unavailable by Shepherd', run.taskMinutes.unavailableByShepherd.toLocaleString('en')],
  ['restarts of tasks', run.restarts.toLocaleString('en')],
  ['AWS calls', calls.toLocaleString('en')],
]) {
  byId('figures').append(make('div', '', make('dt', '', name), make('dd', '', value)));
}
byId('effort').textContent = `${count(calls, 'call', 'calls')}, retries included; ${run.throttled.toLocaleString('en')} of them throttled.`;

function counts(table, numbers) {
  const rows = Object.entries(numbers).sort((one, other) => other[1] - one[1]);
  for (const [name, times] of rows) {
    const bar = make('i');
    bar.style.width = 100 * times / rows[0][1] + '%';
    byId(table).tBodies[0].append(make('tr', '', make('td', '', name), make('td', 'number', times.toLocaleString('en')), make('td', 'bar', bar)));
  }
}

counts('calls', run.calls);
counts('runs', run.invocations);

byId('violations').hidden = run.violations === 0;
for (const each of run.invariants.violations) {
  byId('violations').lastElementChild.append(make('li', '', make('time', '', clock(each.at)), 'invariant ' + each.invariant, '', make('p', 'bad', each.detail)));
}
if (run.violations > run.invariants.violations.length) {
  byId('violations').append(make('p', 'quiet', 'and ' + (run.violations - run.invariants.violations.length) + ' more'));
}

redraw();
let width = document.documentElement.clientWidth;
addEventListener('resize', () => {
  if (document.documentElement.clientWidth !== width) {
    width = document.documentElement.clientWidth;
    redraw();
  }
});
