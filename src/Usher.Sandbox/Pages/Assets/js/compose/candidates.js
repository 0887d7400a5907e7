// What `@`, `#`, `:` and `/` can be completed to.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { appBadge, avatar, colourText, displayName, nameColour } from '../people.js';
import { isThread, may } from '../permissions.js';
import { channelIcon } from '../shell/channel-list.js';
import { Emoji } from './emoji.js';

const Most = 10;
const fits = (wanted, ...names) => names.some(name => name?.toLowerCase().includes(wanted));
const ranked = (wanted, name) => (name.toLowerCase().startsWith(wanted) ? 0 : 1);

export function people(wanted, guild, channel) {
  const users = guild ? [...guild.members.values()].map(member => member.user) : channel.recipients ?? [];
  return users.filter(user => fits(wanted, displayName(user, guild), user.username))
    .map(user => ({ id: user.id, word: `@${displayName(user, guild)}`, token: `<@${user.id}>`, label: h('span', { style: { color: nameColour(user, guild) } }, displayName(user, guild)), name: displayName(user, guild), description: null, aside: [user.username, ' ', appBadge(user)], leading: avatar(user, 24) }))
    .sort((left, right) => ranked(wanted, left.name) - ranked(wanted, right.name) || left.name.localeCompare(right.name)).slice(0, Most);
}

export function roles(wanted, guild, channel) {
  if (!guild) return [];
  const all = may(channel, 'mentionEveryone');
  return [...guild.roles.values()].filter(role => role.id !== guild.id && (role.mentionable || all) && fits(wanted, role.name)).slice(0, 5)
    .map(role => ({ id: role.id, word: `@${role.name}`, token: `<@&${role.id}>`, label: `@${role.name}`, name: role.name, aside: 'Notify users with this role', leading: h('span', { class: 'role-dot', style: { background: role.color ? colourText(role.color) : null } }) }));
}

export function channels(wanted, guild) {
  return [...(guild?.channels.values() ?? [])].filter(channel => channel.type !== 4 && !(isThread(channel) && channel.thread_metadata?.archived) && fits(wanted, channel.name)).slice(0, Most)
    .map(channel => ({ id: channel.id, word: `#${channel.name}`, token: `<#${channel.id}>`, label: channel.name, name: channel.name, aside: guild.channels.get(channel.parent_id ?? '')?.name, leading: icon(channelIcon(channel), 20) }));
}

export function emoji(wanted) {
  return Object.entries(Emoji).filter(([name]) => name.includes(wanted)).sort(([left], [right]) => ranked(wanted, left) - ranked(wanted, right) || left.length - right.length).slice(0, Most)
    .map(([name, face]) => ({ word: face, token: face, label: `:${name}:`, name, leading: h('span', { class: 'emoji' }, face) }));
}
