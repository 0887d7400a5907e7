// The rail at the left: direct messages, then the guilds.
import { h, renderInto } from '../dom.js';
import { icon } from '../icons.js';
import { guildIcon } from '../people.js';
import { on, state } from '../store.js';
import { unread } from '../unread.js';
import { openGuild, openHome } from '../url.js';

export function mountRail() {
  on('state view channels', draw);
}

function draw() {
  const direct = sum(state.dms);
  renderInto(document.getElementById('rail'),
    h('ul', { class: 'rail-list' },
      entry({ key: 'home', label: 'Direct Messages', current: state.view.guild === null, count: direct, open: openHome, face: icon('message', 24), className: 'home' }),
      h('li', { class: 'rail-line', 'aria-hidden': 'true' }),
      [...state.guilds.values()].map(guild => {
        const channels = [...guild.channels.values()];
        return entry({
          key: guild.id, label: guild.name, current: state.view.guild === guild.id, count: sum(channels), dot: channels.some(channel => unread(channel).unread),
          open: () => openGuild(guild.id), face: guildIcon(guild),
        });
      })));
}

const sum = channels => channels.reduce((total, channel) => total + unread(channel).mentions, 0);

function entry({ key, label, current, count, dot, open, face, className }) {
  const notes = count ? `, ${count} mention${count > 1 ? 's' : ''}` : dot ? ', unread' : '';
  return h('li', { class: ['rail-entry', current && 'current', (dot || count) && 'unread'] },
    h('span', { class: 'rail-pill', 'aria-hidden': 'true' }),
    h('button', { type: 'button', class: ['rail-button', className], 'aria-label': label + notes, 'aria-current': current ? 'page' : null, title: label, dataset: { focus: key }, onClick: open },
      face),
    count > 0 && h('span', { class: 'badge', 'aria-hidden': 'true' }, count));
}
