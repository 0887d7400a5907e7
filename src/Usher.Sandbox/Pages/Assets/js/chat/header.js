// The bar above the conversation: where you are, what it is about.
import { h, renderInto } from '../dom.js';
import * as api from '../api.js';
import { icon } from '../icons.js';
import { inlineMarkdown } from '../markdown/render.js';
import { openPopover } from '../overlay/popover.js';
import { attempt } from '../overlay/toast.js';
import { appBadge, avatar, displayName } from '../people.js';
import { isDirect, isThread } from '../permissions.js';
import { changed, currentChannel, currentGuild, guildOf, isMe, state } from '../store.js';
import { openChannel } from '../url.js';
import { channelIcon } from '../shell/channel-list.js';
import { otherOf } from '../shell/dms.js';
import { renderPreview } from './preview.js';

export function drawHeader(container) {
  const channel = currentChannel();
  const guild = currentGuild();
  renderInto(container,
    h('button', { type: 'button', class: 'icon-button only-narrow', 'aria-label': 'Show channels', dataset: { focus: 'show-channels' }, onClick: () => document.body.classList.toggle('sidebar-open') }, icon('menu')),
    channel ? title(channel, guild) : h('h1', null, guild?.name ?? 'Direct Messages'),
    channel && h('div', { class: 'header-tools' },
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Pinned messages', 'aria-haspopup': 'dialog', dataset: { focus: 'pins' }, onClick: event => openPins(event.currentTarget, channel) }, icon('pin')),
      guild && h('button', {
        type: 'button', class: ['icon-button', state.showMembers && 'on'], 'aria-label': 'Member list', 'aria-pressed': String(state.showMembers), dataset: { focus: 'members' },
        onClick() {
          state.showMembers = !state.showMembers;
          changed('members', 'view-channel');
        },
      }, icon('people'))));
}

function title(channel, guild) {
  if (isDirect(channel)) {
    const user = otherOf(channel);
    return h('div', { class: 'header-title' }, avatar(user, 24, 'online'), h('h1', null, displayName(user, null)), appBadge(user));
  }
  const parent = isThread(channel) ? guild.channels.get(channel.parent_id) : null;
  return h('div', { class: 'header-title' },
    parent && [
      h('button', { type: 'button', class: 'header-parent', dataset: { focus: 'parent' }, onClick: () => openChannel(parent.id) }, icon(channelIcon(parent), 22), h('span', null, parent.name)),
      h('span', { class: 'header-between', 'aria-hidden': 'true' }, icon('chevronRight', 16)),
    ],
    icon(channelIcon(channel), 22),
    h('h1', null, channel.name),
    channel.topic && [h('span', { class: 'header-line', 'aria-hidden': 'true' }), h('p', { class: 'topic', title: channel.topic }, inlineMarkdown(channel.topic.split('\n')[0], guild))]);
}

async function openPins(anchor, channel) {
  const person = state.me;
  const pins = await attempt(() => api.readPins(channel.id));
  if (!pins || !isMe(person) || state.view.channel !== channel.id) return;
  openPopover(anchor, h('div', { class: 'pins', role: 'dialog', 'aria-label': 'Pinned messages' },
    h('h2', null, 'Pinned Messages'),
    pins.length ? h('ul', null, pins.map(message => h('li', null, renderPreview(message, guildOf(channel))))) : h('p', { class: 'pins-none' }, 'This channel has no pinned messages… yet.')),
  { placement: 'end' });
}
