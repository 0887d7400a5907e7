// Who you are. The bar at the top is not Discord's: it is how one person tries a conversation between many.
import { h, renderInto } from '../dom.js';
import { icon } from '../icons.js';
import { openMenu } from '../overlay/menu.js';
import { attempt } from '../overlay/toast.js';
import { avatar, displayName } from '../people.js';
import { currentGuild, on, state } from '../store.js';
import * as api from '../api.js';
import { toggleBox } from './box-drawer.js';

let become = () => {};

export function mountSwitcher(onBecome) {
  become = onBecome;
  on('state view connection box', drawTitlebar);
  on('state view members voice', drawUserPanel);
}

function drawTitlebar() {
  const title = currentGuild()?.name ?? 'Direct Messages';
  renderInto(document.getElementById('titlebar'),
    h('div', { class: 'titlebar-left' }, state.front && h('a', { class: 'front-link', href: state.front.path }, state.front.name)),
    h('div', { class: 'titlebar-people', role: 'group', 'aria-label': 'You are' },
      h('span', { class: 'titlebar-caption', 'aria-hidden': 'true' }, 'You are'),
      state.people.map(personChip)),
    h('div', { class: 'titlebar-right' },
      state.connection === 'lost' && h('span', { class: 'connection', role: 'status' }, 'Reconnecting…'),
      h('button', {
        type: 'button', class: ['box-button', state.boxOpen && 'on'], 'aria-expanded': String(!!state.boxOpen), 'aria-controls': 'box', dataset: { focus: 'box' }, onClick: toggleBox,
      }, icon('box', 18), h('span', { class: 'box-button-label' }, 'Box'))));
  document.title = state.view.channel ? `${title} | Discord in a box` : 'Discord in a box';
}

function personChip({ user, label }) {
  const current = user.id === state.me?.id;
  return h('button', {
    type: 'button', class: ['person-chip', current && 'current'], 'aria-pressed': String(current),
    title: `${user.global_name || user.username} · ${label}`, dataset: { focus: `person-${user.id}` }, onClick: () => become(user.username),
  }, avatar(user, 22), h('span', { class: 'person-name' }, user.global_name || user.username, ' ', h('small', null, label)));
}

function drawUserPanel() {
  if (!state.me) return;
  const guild = currentGuild();
  const label = state.people.find(person => person.user.id === state.me.id)?.label ?? '';
  const voice = guild?.voice.get(state.me.id);
  const channel = voice && guild.channels.get(voice.channel_id);
  renderInto(document.getElementById('user'),
    channel && h('div', { class: 'voice-panel' },
      h('div', null, h('strong', null, 'Voice Connected'), h('span', null, `${channel.name} / ${guild.name}`)),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Disconnect', dataset: { focus: 'hang-up' }, onClick: () => attempt(() => api.joinVoice(null)) }, icon('phoneDown'))),
    h('div', { class: 'user-row' },
      h('button', { type: 'button', class: 'user-card', 'aria-haspopup': 'menu', dataset: { focus: 'you' }, onClick: event => openYou(event.currentTarget) },
        avatar(state.me, 32, 'online'),
        h('span', { class: 'user-names' }, h('strong', null, displayName(state.me, guild)), h('span', null, label)),
        icon('chevron', 16)),
      guild && h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Your settings', 'aria-haspopup': 'menu', dataset: { focus: 'settings' }, onClick: event => openSettings(event.currentTarget) }, icon('settings'))));
}

function openYou(anchor) {
  openMenu(anchor, [
    { heading: 'You are' },
    ...state.people.map(({ user, label }) => ({ label: user.global_name || user.username, hint: label, leading: avatar(user, 28), checked: user.id === state.me.id, run: () => become(user.username) })),
    null,
    { label: 'Open a second window as…', hint: 'Two windows can be two people', icon: 'external', run: () => window.open(`${location.pathname}?as=${encodeURIComponent(other())}`, '_blank', 'noopener') },
  ], { label: 'You are', placement: 'above' });
}

const other = () => (state.people.find(person => person.user.id !== state.me.id) ?? state.people[0]).user.username;

function openSettings(anchor) {
  const guild = currentGuild();
  openMenu(anchor, [
    { heading: guild.name },
    { label: 'Allow direct messages', hint: 'from members and apps of this guild', checked: guild.direct_messages !== false, run: () => attempt(() => api.allowDirect(guild.id, guild.direct_messages === false)) },
    null,
    guild.joined
      ? { label: 'Leave guild', danger: true, icon: 'leave', run: () => attempt(() => api.leaveGuild(guild.id)) }
      : { label: 'Join guild', icon: 'plus', run: () => attempt(() => api.joinGuild(guild.id)) },
  ], { label: 'Your settings', placement: 'above' });
}
