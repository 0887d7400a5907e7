// The messages of the channel you look at: loaded a page at a time, kept at the bottom while you are there.
import * as api from '../api.js';
import { h, reconcile } from '../dom.js';
import { icon } from '../icons.js';
import { attempt } from '../overlay/toast.js';
import { compareIds, currentChannel, guildOf, messagesOf, on, changed, putMessages, readOf, state } from '../store.js';
import { dayName, sameDay, snowflakeTime } from '../time.js';
import { markRead } from '../unread.js';
import { isDirect, isThread } from '../permissions.js';
import { displayName, avatar } from '../people.js';
import { otherOf } from '../shell/dms.js';
import { channelIcon } from '../shell/channel-list.js';
import { isSystem } from './kinds.js';
import { renderMessage } from './message.js';

const PageSize = 50;
const GroupWithin = 7 * 60_000;

let scroller;
let list;
let jump;
/** Whose place is shown: it begins anew with another channel and with another person. */
let shownPlace = null;
let pinned = true;
/** The last message you had read when you came to the channel: the red line stands after it. */
let newFrom = null;

export function mountMessageList(frame) {
  list = h('ol', { class: 'messages', role: 'list' });
  scroller = h('div', { class: 'messages-scroll', tabindex: '0', role: 'log', 'aria-label': 'Messages', 'aria-live': 'off', onScroll: scrolled, onKeydown: walk }, list);
  jump = h('button', { type: 'button', class: 'jump', hidden: true, onClick: toBottom }, h('span', null, 'You are looking at older messages'), h('span', { class: 'jump-action' }, 'Jump To Present ', icon('arrowDown', 14)));
  frame.append(scroller, jump);
  on('view', enter);
  on('state messages members channels interactions', draw);
  new ResizeObserver(() => pinned && toBottom()).observe(list);
  new ResizeObserver(() => pinned && toBottom()).observe(scroller);
  document.addEventListener('visibilitychange', draw);
}

async function enter() {
  const channel = currentChannel();
  if (!channel) return;
  if (shownPlace !== placeOf(channel)) {
    shownPlace = placeOf(channel);
    const read = readOf(channel.id);
    newFrom = channel.last_message_id && compareIds(channel.last_message_id, read.last_read) > 0 ? read.last_read : null;
    pinned = true;
    list.replaceChildren();
    scroller.setAttribute('aria-label', `Messages in ${channel.name ?? displayName(otherOf(channel), null)}`);
  }
  draw();
  await load(channel);
}

const placeOf = channel => `${state.me?.id}-${channel.id}`;

async function load(channel) {
  const entry = messagesOf(channel.id);
  if (entry.loaded || entry.loading) return;
  const page = await readPage(channel, entry);
  if (!page) return;
  putMessages(entry, page);
  entry.loaded = true;
  changed('messages');
}

async function loadOlder() {
  const channel = currentChannel();
  const entry = channel && messagesOf(channel.id);
  if (!entry?.loaded || entry.complete || entry.loading) return;
  const page = await readPage(channel, entry, entry.list[0].id);
  if (!page) return;
  const fromBottom = scroller.scrollHeight - scroller.scrollTop;
  putMessages(entry, [...page, ...entry.list]);
  draw();
  scroller.scrollTop = scroller.scrollHeight - fromBottom;
}

/** A page of messages, oldest first; nothing if the box refuses, or if all was read anew or somebody else came meanwhile. */
async function readPage(channel, entry, before) {
  entry.loading = true;
  entry.meanwhile = [];
  const page = await attempt(() => api.readMessages(channel.id, before));
  entry.loading = false;
  if (!page || state.messages.get(channel.id) !== entry) return undefined;
  entry.complete = page.length < PageSize;
  return page.reverse();
}

function draw() {
  const channel = currentChannel();
  if (!channel || placeOf(channel) !== shownPlace) return;
  const entry = messagesOf(channel.id);
  if (!entry.loaded) return entry.loading ? undefined : void load(channel);
  const guild = guildOf(channel);
  reconcile(list, rows(entry, channel), row => row.key, row => row.version, row => row.render(channel, guild));
  if (pinned) toBottom();
  if (pinned && document.visibilityState === 'visible' && markRead(channel)) changed('channels');
}

/** What stands in the list: the beginning, dates, the line of what is new, messages. */
function rows(entry, channel) {
  const result = [];
  if (entry.complete) result.push({ key: 'beginning', version: channel.name, render: renderBeginning });
  let before = null;
  let lineDrawn = false;
  for (const message of entry.list) {
    const sentAt = new Date(message.timestamp ?? snowflakeTime(message.id));
    const newDay = before && !sameDay(sentAt, before.sentAt);
    const isNew = !lineDrawn && newFrom && compareIds(message.id, newFrom) > 0 && message.author?.id !== state.me.id;
    if (isNew) lineDrawn = true;
    if (newDay || isNew) {
      const key = `line-${message.id}`;
      result.push({ key, version: `${newDay}${isNew}`, render: () => renderLine(newDay ? dayName(sentAt) : null, isNew) });
    }
    const grouped = !newDay && !isNew && continues(before, message, sentAt);
    result.push({ key: message.id, version: versionOf(message, grouped), render: (_, guild) => renderMessage(message, { channel, guild, grouped, sentAt }) });
    before = { message, sentAt };
  }
  return result;
}

function continues(before, message, sentAt) {
  return !!before && before.message.author?.id === message.author?.id && sentAt - before.sentAt < GroupWithin
    && message.type === 0 && !isSystem(before.message) && (before.message.flags & 64) === (message.flags & 64);
}

const objectNumbers = new WeakMap();
let objects = 0;

// A message is replaced, never changed, when news of it comes: its identity tells whether to draw again.
function versionOf(message, grouped) {
  if (!objectNumbers.has(message)) objectNumbers.set(message, ++objects);
  const guild = state.guilds.get(state.view.guild);
  const interaction = state.interactions.get(message.id);
  return [objectNumbers.get(message), grouped, JSON.stringify(interaction), state.editing === message.id, displayName(message.author, guild), message.thread && state.guilds.get(state.view.guild)?.channels.get(message.id)?.name].join('|');
}

function renderLine(date, isNew) {
  return h('li', { class: ['line', isNew && 'new'] }, h('span', null, date ?? ''), isNew && h('span', { class: 'line-new' }, 'New'));
}

function renderBeginning(channel, guild) {
  if (isDirect(channel)) {
    const user = otherOf(channel);
    return h('li', { class: 'beginning' }, avatar(user, 80), h('h2', null, displayName(user, null)),
      h('p', null, 'This is the beginning of your direct message history with ', h('strong', null, displayName(user, null)), '.'));
  }
  const thread = isThread(channel);
  const owner = thread && state.users.get(channel.owner_id);
  return h('li', { class: 'beginning' }, h('span', { class: 'beginning-icon', 'aria-hidden': 'true' }, icon(channelIcon(channel), 40)),
    h('h2', null, thread ? channel.name : `Welcome to #${channel.name}!`),
    h('p', null, thread ? ['Started by ', h('strong', null, displayName(owner, guild))] : `This is the start of the #${channel.name} channel.`));
}

/** The arrows go from message to message. */
function walk(event) {
  const here = event.target.closest('.message');
  if (event.target !== scroller && event.target !== here) return;
  const messages = [...list.querySelectorAll('.message')];
  const at = messages.indexOf(here);
  const steps = { ArrowUp: here ? at - 1 : messages.length - 1, ArrowDown: here ? at + 1 : messages.length - 1, Home: 0, End: messages.length - 1 };
  const next = messages[steps[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function scrolled() {
  const rest = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  pinned = rest < 40;
  jump.hidden = rest < 600;
  if (scroller.scrollTop < 200) loadOlder();
  if (pinned) {
    const channel = currentChannel();
    if (channel && markRead(channel)) changed('channels');
  }
}

export function toBottom() {
  scroller.scrollTop = scroller.scrollHeight;
  pinned = true;
}
