// The direct messages of the person you are.
import { h, renderInto } from '../dom.js';
import { appBadge, avatar, displayName } from '../people.js';
import { compareIds, state } from '../store.js';
import { unread } from '../unread.js';
import { openChannel } from '../url.js';

export const otherOf = channel => channel.recipients?.find(user => user.id !== state.me.id) ?? channel.recipients?.[0];

export function drawDirects(container) {
  const newestFirst = [...state.dms].sort((left, right) => compareIds(right.last_message_id ?? right.id, left.last_message_id ?? left.id));
  renderInto(container,
    h('div', { class: 'guild-header' }, h('span', { class: 'guild-name plain' }, 'Direct Messages')),
    h('div', { class: 'channel-scroll', dataset: { scroll: '' } },
      newestFirst.length === 0
        ? h('p', { class: 'empty-directs' }, 'Nobody has written to you yet. When an app sends you a direct message, it appears here.')
        : h('ul', { class: 'direct-items' }, newestFirst.map(renderDirect))));
}

function renderDirect(channel) {
  const user = otherOf(channel);
  const current = channel.id === state.view.channel;
  const news = unread(channel);
  return h('li', { class: ['direct', current && 'current', news.unread && !current && 'unread'] },
    h('button', {
      type: 'button', class: 'direct-link', 'aria-current': current ? 'page' : null, dataset: { focus: `channel-${channel.id}`, channel: channel.id },
      onClick() {
        document.body.classList.remove('sidebar-open');
        openChannel(channel.id);
      },
    }, avatar(user, 32, 'online'), h('span', { class: 'direct-name' }, displayName(user, null), ' ', appBadge(user)),
    news.mentions > 0 && h('span', { class: 'badge', 'aria-label': `${news.mentions} new` }, news.mentions)));
}
