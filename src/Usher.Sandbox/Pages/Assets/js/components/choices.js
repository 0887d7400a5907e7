// What can be chosen in each kind of select, as `{ value, label, description, leading, default }`.
import { icon } from '../icons.js';
import { h } from '../dom.js';
import { emoji } from '../markdown/render.js';
import { avatar, colourText, displayName } from '../people.js';
import { findUser } from '../store.js';
import { channelIcon } from '../shell/channel-list.js';
import { isThread } from '../permissions.js';

export function choicesOf(select, guild, channel) {
  const defaults = new Set((select.default_values ?? []).map(value => value.id));
  const marked = choice => ({ ...choice, default: choice.default ?? defaults.has(choice.value) });
  switch (select.type) {
    case 3: return (select.options ?? []).map(option => ({ ...option, leading: option.emoji && emoji(option.emoji) }));
    case 5: return people(guild, channel).map(marked);
    case 6: return roles(guild).map(marked);
    case 7: return [...people(guild, channel), ...roles(guild)].map(marked);
    case 8: return channels(guild, select.channel_types).map(marked);
    default: return [];
  }
}

function people(guild, channel) {
  const users = guild ? [...guild.members.values()].map(member => member.user) : channel?.recipients ?? [];
  return users.map(user => ({ value: user.id, label: displayName(user, guild), description: user.username, leading: avatar(findUser(user.id) ?? user, 24) }))
    .sort((left, right) => left.label.localeCompare(right.label));
}

function roles(guild) {
  return [...(guild?.roles.values() ?? [])].filter(role => role.id !== guild.id).sort((left, right) => right.position - left.position)
    .map(role => ({ value: role.id, label: role.name, leading: h('span', { class: 'role-dot', style: { background: role.color ? colourText(role.color) : null } }) }));
}

function channels(guild, types) {
  return [...(guild?.channels.values() ?? [])].filter(channel => (types?.length ? types.includes(channel.type) : !isThread(channel)))
    .map(channel => ({ value: channel.id, label: channel.name, description: guild.channels.get(channel.parent_id ?? '')?.name, leading: channel.type === 4 ? icon('archive', 18) : icon(channelIcon(channel), 18) }));
}
