// The channels of a guild by category, threads beneath their channel, people beneath their voice channel.
import * as api from '../api.js';
import { h, renderInto } from '../dom.js';
import { icon } from '../icons.js';
import { confirm } from '../overlay/dialog.js';
import { openMenu } from '../overlay/menu.js';
import { attempt } from '../overlay/toast.js';
import { avatar, displayName } from '../people.js';
import { isThread, isVoice, may } from '../permissions.js';
import { changed, compareIds, currentGuild, on, state } from '../store.js';
import { unread } from '../unread.js';
import { openChannel } from '../url.js';
import { drawDirects } from './dms.js';

const collapsed = new Set();

export function mountChannels() {
  on('state view channels voice members', draw);
}

function draw() {
  const container = document.getElementById('channels');
  const guild = currentGuild();
  container.setAttribute('aria-label', guild ? 'Channels' : 'Direct Messages');
  if (!guild) return drawDirects(container);
  renderInto(container,
    h('div', { class: 'guild-header' },
      h('button', { type: 'button', class: 'guild-name', 'aria-haspopup': 'menu', dataset: { focus: 'guild' }, onClick: event => openGuildMenu(event.currentTarget, guild) },
        h('span', null, guild.name), icon('chevron', 18))),
    h('div', { class: 'channel-scroll', dataset: { scroll: '' }, role: 'presentation' },
      guild.joined ? sections(guild).map(section => renderSection(section, guild)) : notJoined(guild)));
}

function notJoined(guild) {
  return h('div', { class: 'not-joined' },
    h('p', null, `You left ${guild.name}.`),
    h('button', { type: 'button', class: 'button primary', onClick: () => attempt(() => api.joinGuild(guild.id)) }, 'Join again'));
}

/** Channels without a category first, then each category that holds something you can see. */
function sections(guild) {
  const channels = [...guild.channels.values()].filter(channel => !isThread(channel));
  const categories = channels.filter(channel => channel.type === 4).sort(byPosition);
  const inside = id => channels.filter(channel => channel.type !== 4 && (channel.parent_id ?? null) === id).sort(textBeforeVoice);
  const known = new Set(categories.map(category => category.id));
  const loose = channels.filter(channel => channel.type !== 4 && !known.has(channel.parent_id)).sort(textBeforeVoice);
  return [{ category: null, channels: loose }, ...categories.map(category => ({ category, channels: inside(category.id) }))]
    .filter(section => section.channels.length || (section.category && may(section.category, 'manageChannels')));
}

const byPosition = (left, right) => left.position - right.position || compareIds(left.id, right.id);
const textBeforeVoice = (left, right) => isVoice(left) - isVoice(right) || byPosition(left, right);

function renderSection({ category, channels }, guild) {
  const closed = category && collapsed.has(category.id);
  const shown = closed ? channels.filter(channel => channel.id === state.view.channel || unread(channel).unread) : channels;
  return h('section', { class: 'category', 'aria-label': category?.name ?? 'Channels' },
    category && h('button', {
      type: 'button', class: ['category-name', closed && 'closed'], 'aria-expanded': String(!closed), dataset: { focus: `category-${category.id}` },
      onClick: () => toggle(category.id), onContextmenu: event => openChannelMenu(event, category),
    }, h('span', null, category.name), icon('chevron', 12)),
    h('ul', { class: 'channel-items' }, shown.map(channel => renderChannel(channel, guild))));
}

function toggle(id) {
  if (!collapsed.delete(id)) collapsed.add(id);
  changed('channels');
}

function renderChannel(channel, guild) {
  const threads = [...guild.channels.values()].filter(thread => isThread(thread) && thread.parent_id === channel.id && isShown(thread)).sort((left, right) => compareIds(left.id, right.id));
  return h('li', null,
    channelButton(channel),
    isVoice(channel) && voicePeople(channel, guild),
    threads.length > 0 && h('ul', { class: 'thread-items', 'aria-label': `Threads in ${channel.name}` }, threads.map(thread => h('li', null, channelButton(thread)))));
}

// Discord lists the active threads; an archived one stays only as long as you look at it.
const isShown = thread => !thread.thread_metadata?.archived || thread.id === state.view.channel;

export function channelIcon(channel) {
  if (isThread(channel)) return channel.type === 12 ? 'threadLock' : 'thread';
  if (isVoice(channel)) return 'volume';
  if (channel.type === 5) return 'megaphone';
  if (channel.type === 15 || channel.type === 16) return 'forum';
  return channel.private ? 'hashLock' : 'hash';
}

const Kinds = { volume: 'voice channel', thread: 'thread', threadLock: 'private thread', megaphone: 'announcement channel', forum: 'forum', hash: 'text channel', hashLock: 'private text channel' };

function channelButton(channel) {
  const current = channel.id === state.view.channel;
  const news = unread(channel);
  const drawing = channelIcon(channel);
  const said = [channel.name, Kinds[drawing], news.mentions ? `${news.mentions} mention${news.mentions > 1 ? 's' : ''}` : news.unread && !current ? 'unread' : null].filter(Boolean).join(', ');
  return h('div', { class: ['channel', current && 'current', news.unread && !current && 'unread', isThread(channel) && 'thread'] },
    h('button', {
      type: 'button', class: 'channel-link', 'aria-label': said, 'aria-current': current ? 'page' : null, dataset: { focus: `channel-${channel.id}`, channel: channel.id },
      onClick: () => activate(channel), onContextmenu: event => openChannelMenu(event, channel),
    }, icon(drawing, isThread(channel) ? 16 : 20), h('span', { class: 'channel-title' }, channel.name), news.mentions > 0 && h('span', { class: 'badge' }, news.mentions)),
    canChange(channel) && h('button', {
      type: 'button', class: 'channel-action', 'aria-label': `Options of ${channel.name}`, 'aria-haspopup': 'menu', dataset: { focus: `options-${channel.id}` },
      onClick: event => openChannelMenu(event, channel, event.currentTarget),
    }, icon('more', 16)));
}

const canChange = channel => (isThread(channel) ? may(channel, 'manageThreads') : may(channel, 'manageChannels'));

function activate(channel) {
  document.body.classList.remove('sidebar-open');
  if (isVoice(channel)) {
    if (!may(channel, 'connect')) return;
    const here = currentGuild().voice.get(state.me.id)?.channel_id === channel.id;
    if (!here) attempt(() => api.joinVoice(channel.id));
    return;
  }
  openChannel(channel.id);
}

function voicePeople(channel, guild) {
  const here = [...guild.voice.values()].filter(voice => voice.channel_id === channel.id);
  return here.length > 0 && h('ul', { class: 'voice-people', 'aria-label': `In ${channel.name}` }, here.map(voice => {
    const user = state.users.get(voice.user_id);
    return h('li', null, avatar(user, 24), h('span', null, displayName(user, guild)));
  }));
}

function openChannelMenu(event, channel, anchor = null) {
  event.preventDefault();
  const last = channel.last_message_id;
  const meta = channel.thread_metadata;
  openMenu(anchor ?? { x: event.clientX, y: event.clientY }, [
    last ? { label: 'Mark As Read', run: () => state.reads.set(channel.id, { last_read: last, mentions: 0 }) && changed('channels') && api.markRead(channel.id, last) } : undefined,
    { label: 'Copy Link', icon: 'link', run: () => navigator.clipboard?.writeText(`${location.origin}${location.pathname}?as=${state.me.username}&channel=${channel.id}`) },
    { label: 'Copy Channel ID', icon: 'copy', run: () => navigator.clipboard?.writeText(channel.id) },
    isThread(channel) ? { label: 'Leave Thread', icon: 'leave', run: () => attempt(() => api.leaveThread(channel.id)) } : undefined,
    ...(meta && canChange(channel) ? [
      { label: meta.archived ? 'Unarchive Thread' : 'Archive Thread', icon: 'archive', run: () => attempt(() => api.editThread(channel.id, { archived: !meta.archived })) },
      { label: meta.locked ? 'Unlock Thread' : 'Lock Thread', icon: 'lock', run: () => attempt(() => api.editThread(channel.id, { locked: !meta.locked })) },
    ] : []),
    ...(canChange(channel) ? [null, { label: deletion(channel), danger: true, icon: 'trash', run: () => removeChannel(channel) }] : []),
  ], { label: `Options of ${channel.name}`, placement: 'below' });
}

const deletion = channel => (channel.type === 4 ? 'Delete Category' : isThread(channel) ? 'Delete Thread' : 'Delete Channel');

async function removeChannel(channel) {
  const sure = await confirm({ title: deletion(channel), text: `Are you sure you want to delete ${channel.name}? This cannot be undone.`, yes: deletion(channel) });
  if (sure) await attempt(() => api.deleteChannel(channel.id));
}

function openGuildMenu(anchor, guild) {
  openMenu(anchor, [
    { label: 'Allow Direct Messages', checked: guild.direct_messages !== false, run: () => attempt(() => api.allowDirect(guild.id, guild.direct_messages === false)) },
    { label: 'Copy Guild ID', icon: 'copy', run: () => navigator.clipboard?.writeText(guild.id) },
    null,
    guild.joined
      ? { label: 'Leave Guild', danger: true, icon: 'leave', run: () => attempt(() => api.leaveGuild(guild.id)) }
      : { label: 'Join Guild', icon: 'plus', run: () => attempt(() => api.joinGuild(guild.id)) },
  ], { label: guild.name, match: false });
}
