// The box itself, for those who build bots: its weather, its journal, and a world made anew. Nothing here is Discord's.
import * as api from '../api.js';
import { h, replaceChildren } from '../dom.js';
import { icon } from '../icons.js';
import { confirm } from '../overlay/dialog.js';
import { attempt } from '../overlay/toast.js';
import { changed, state } from '../store.js';

const MostLines = 400;
const Tabs = { journal: 'Journal', weather: 'Weather' };

let tab = 'journal';
let source = null;
let lines = [];
let filter = '';

export function toggleBox() {
  state.boxOpen = !state.boxOpen;
  const drawer = document.getElementById('box');
  drawer.hidden = !state.boxOpen;
  document.body.classList.toggle('box-open', state.boxOpen);
  if (state.boxOpen) {
    listen();
    draw();
    drawer.querySelector('[role="tab"][aria-selected="true"]').focus();
  } else source?.close();
  changed('box');
}

function draw() {
  const panel = h('div', { class: 'box-panel', role: 'tabpanel', id: 'box-panel', 'aria-labelledby': `box-tab-${tab}` });
  replaceChildren(document.getElementById('box'),
    h('header', { class: 'box-header' }, icon('box'), h('h2', null, 'The box'), h('small', null, 'not part of Discord'),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close the box', onClick: toggleBox }, icon('close'))),
    h('div', { class: 'box-tabs', role: 'tablist', onKeydown: moveTab }, Object.entries(Tabs).map(([key, label]) => h('button', {
      type: 'button', role: 'tab', id: `box-tab-${key}`, 'aria-selected': String(key === tab), 'aria-controls': 'box-panel', tabindex: key === tab ? '0' : '-1', onClick: () => choose(key),
    }, label))),
    panel,
    state.canReset && h('footer', { class: 'box-footer' }, state.front && h('a', { class: 'button secondary small', href: state.front.path }, state.front.name), h('button', { type: 'button', class: 'button danger small', onClick: reset }, icon('refresh', 16), 'Reset the world')));
  if (tab === 'journal') drawJournal(panel);
  else drawWeather(panel);
}

function choose(key) {
  tab = key;
  draw();
  document.getElementById(`box-tab-${key}`).focus();
}

function moveTab(event) {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const keys = Object.keys(Tabs);
  choose(keys[(keys.indexOf(tab) + 1) % keys.length]);
}

function listen() {
  source?.close();
  lines = [];
  source = new EventSource(api.journalAddress());
  source.addEventListener('message', event => {
    lines.push(JSON.parse(event.data));
    if (lines.length > MostLines) lines.shift();
    const list = document.querySelector('.journal-list');
    if (!list || !shown(lines.at(-1))) return;
    list.prepend(renderLine(lines.at(-1)));
    while (list.children.length > MostLines) list.lastElementChild.remove();
  });
}

const shown = line => !filter || `${line.kind} ${line.title} ${line.detail ?? ''}`.toLowerCase().includes(filter);

function drawJournal(panel) {
  const list = h('ol', { class: 'journal-list', 'aria-label': 'Calls and dispatches, newest first' });
  const fill = () => replaceChildren(list, lines.filter(shown).reverse().map(renderLine));
  replaceChildren(panel,
    h('div', { class: 'journal-tools' }, h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter the journal', value: filter, onInput(event) {
      filter = event.target.value.toLowerCase();
      fill();
    } }), h('button', { type: 'button', class: 'button secondary small', onClick() {
      lines = [];
      fill();
    } }, 'Clear')),
    list);
  fill();
}

function renderLine(line) {
  const summary = [h('span', { class: `journal-kind journal-${line.kind}` }, line.kind), h('span', { class: 'journal-title' }, line.title),
    line.status && h('span', { class: ['journal-status', line.status >= 400 && 'bad'] }, line.status)];
  const time = h('time', null, new Date(line.at).toLocaleTimeString('en-GB'));
  return h('li', null, line.detail ? h('details', null, h('summary', null, time, summary), h('pre', { tabindex: '0' }, line.detail)) : h('div', { class: 'journal-row' }, time, summary));
}

const Chances = { slow: 'Slow answers', rate_limited: 'Rate limits (429)', server_error: 'Server errors (500)', answer_lost: 'Answers lost on the way' };
const Switches = {
  gateway_silent: ['The gateway falls silent', 'heartbeats go unanswered'],
  gateway_refuses: ['The gateway refuses connections', 'nobody can log in'],
  resumes_refused: ['Sessions cannot be resumed', 'every RESUME is invalid'],
};

async function drawWeather(panel) {
  const weather = await attempt(api.readWeather);
  if (!weather || tab !== 'weather') return;
  const change = changes => attempt(() => api.changeWeather(changes));
  replaceChildren(panel,
    h('p', { class: 'box-note' }, icon('cloud', 18), 'Faults that Discord has on a bad day. They hit the bot, never this page.'),
    Object.entries(Chances).map(([key, label]) => chance(key, label, weather[key], change)),
    Object.entries(Switches).map(([key, [label, hint]]) => h('label', { class: 'weather-switch' },
      h('input', { type: 'checkbox', checked: weather[key], onChange: event => change({ [key]: event.target.checked }) }), h('span', null, label, h('small', null, ` ${hint}`)))),
    h('div', { class: 'weather-buttons', role: 'group', 'aria-label': 'Discord is down' }, h('span', null, weather.down ? 'Discord is down. Again for' : 'Discord is down for'),
      [[10, '10 s'], [60, '1 min'], [600, '10 min']].map(([seconds, label]) => h('button', { type: 'button', class: 'button secondary small', onClick: async () => {
        await change({ down_seconds: seconds });
        drawWeather(panel);
      } }, label))),
    h('div', { class: 'weather-buttons', role: 'group', 'aria-label': 'Sockets' },
      [['cut', 'Cut the sockets'], ['reconnect', 'Ask to reconnect'], ['invalid', 'Invalidate the sessions']].map(([how, label]) =>
        h('button', { type: 'button', class: 'button secondary small', onClick: () => attempt(() => api.troubleSockets(how)) }, label))),
    h('button', { type: 'button', class: 'button secondary small', onClick: async () => {
      await attempt(api.clearWeather);
      drawWeather(panel);
    } }, 'Fair weather'));
}

function chance(key, label, percent, change) {
  const id = `weather-${key}`;
  const shownValue = h('output', { for: id }, `${percent} %`);
  return h('div', { class: 'weather-row' }, h('label', { for: id }, label), h('input', {
    id, type: 'range', min: 0, max: 100, step: 5, value: percent,
    onInput: event => { shownValue.textContent = `${event.target.value} %`; },
    onChange: event => change({ [key]: Number(event.target.value) }),
  }), shownValue);
}

async function reset() {
  const sure = await confirm({ title: 'Reset the world', text: 'Every message, channel and thread goes back to the beginning. The bot stays as it is.', yes: 'Reset the world' });
  if (!sure) return;
  if ((await attempt(api.resetWorld)) === undefined) return;
  await back();
  location.assign(`${location.pathname}?as=${state.me.username}`);
}

/** Waits until another world is there. */
async function back() {
  for (let tries = 0; tries < 60; tries++) {
    await new Promise(resolve => setTimeout(resolve, 500));
    const snapshot = await api.readState().catch(() => null);
    if (snapshot && snapshot.world !== state.world) return;
  }
}
