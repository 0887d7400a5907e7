// The members at the right, by the highest role that is shown apart. A thread shows the people in it.
import * as api from '../api.js';
import { h, renderInto } from '../dom.js';
import { openPopover, closePopover } from '../overlay/popover.js';
import { attempt } from '../overlay/toast.js';
import { appBadge, avatar, colourText, displayName, hoistedRole, nameColour, rolesOf } from '../people.js';
import { icon } from '../icons.js';
import { isThread } from '../permissions.js';
import { changed, currentChannel, currentGuild, findMember, Narrow, on, state } from '../store.js';
import { openChannel } from '../url.js';
import { userCommands } from '../compose/commands.js';
import { runContextCommand } from '../compose/run-command.js';

export function mountMembers() {
  on('state view view-channel members channels', draw);
  // In a narrow window the list would lie over the conversation.
  Narrow.addEventListener('change', () => {
    state.showMembers = !Narrow.matches;
    changed('members', 'view-channel');
  });
}

function draw() {
  const container = document.getElementById('members');
  const guild = currentGuild();
  const hidden = !guild || !guild.joined || !state.showMembers;
  container.hidden = hidden;
  document.body.classList.toggle('without-members', hidden);
  if (hidden) return;
  renderInto(container, h('div', { class: 'member-scroll', dataset: { scroll: '' } }, groups(guild).map(group =>
    h('section', { class: 'member-group' },
      h('h2', null, `${group.name} — ${group.members.length}`),
      h('ul', null, group.members.map(member => renderMember(member, guild)))))));
}

function groups(guild) {
  const channel = currentChannel();
  const present = channel && isThread(channel) && channel.member_ids ? new Set(channel.member_ids) : channel?.viewer_ids ? new Set(channel.viewer_ids) : null;
  const found = new Map();
  for (const member of guild.members.values()) {
    if (present && !present.has(member.user.id)) continue;
    const role = hoistedRole(member, guild);
    const key = role?.id ?? '';
    if (!found.has(key)) found.set(key, { name: role?.name ?? 'Online', position: role?.position ?? -1, members: [] });
    found.get(key).members.push(member);
  }
  const byName = (left, right) => displayName(left.user, guild).localeCompare(displayName(right.user, guild));
  return [...found.values()].sort((left, right) => right.position - left.position).map(group => ({ ...group, members: group.members.sort(byName) }));
}

function renderMember(member, guild) {
  const { user } = member;
  return h('li', null,
    h('button', {
      type: 'button', class: 'member', 'aria-haspopup': 'dialog', dataset: { focus: `member-${user.id}` }, onClick: event => openProfile(event.currentTarget, user, guild),
      onContextmenu(event) {
        event.preventDefault();
        openProfile(event.currentTarget, user, guild);
      },
    }, avatar(user, 32, 'online'),
    h('span', { class: 'member-name', style: { color: nameColour(user, guild) } }, displayName(user, guild)),
    guild.owner_id === user.id && h('span', { class: 'owner', title: 'Guild owner' }, icon('crown', 14)),
    appBadge(user)));
}

/** The card of a person: names, roles, a message, and what apps can do with them. */
export function openProfile(anchor, user, guild) {
  const member = findMember(guild, user.id);
  const commands = guild && member ? userCommands(guild) : [];
  openPopover(anchor, h('div', { class: 'profile', role: 'dialog', 'aria-label': displayName(user, guild) },
    h('div', { class: 'profile-banner' }),
    h('div', { class: 'profile-face' }, avatar(user, 72, 'online')),
    h('div', { class: 'profile-body' },
      h('h2', null, displayName(user, guild), ' ', appBadge(user)),
      h('p', { class: 'profile-user' }, user.username),
      member
        ? h('ul', { class: 'profile-roles', 'aria-label': 'Roles' }, rolesOf(member, guild).map(role =>
          h('li', null, h('span', { class: 'role-dot', style: { background: role.color ? colourText(role.color) : null } }), role.name)))
        : guild && h('p', { class: 'profile-gone' }, 'Not in this guild any more.'),
      h('div', { class: 'profile-actions' },
        user.id !== state.me.id && user.bot && h('button', { type: 'button', class: 'button secondary small', autofocus: true, onClick: () => message(user) }, icon('message', 16), 'Message'),
        commands.map(command => h('button', {
          type: 'button', class: 'button secondary small',
          onClick() {
            closePopover();
            runContextCommand(command, user.id);
          },
        }, icon('apps', 16), command.name))))),
  { placement: 'right' });
}

async function message(user) {
  closePopover();
  const channel = await attempt(() => api.openDirect(user.id));
  if (!channel) return;
  if (!state.dms.some(dm => dm.id === channel.id)) state.dms.unshift(channel);
  openChannel(channel.id);
}
