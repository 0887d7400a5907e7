// Names, colours and faces of people and guilds.
import { h } from './dom.js';
import { findMember } from './store.js';

const Palette = ['#5865f2', '#3a7d5d', '#a3541f', '#9b3f8f', '#2f6fb0', '#b0413e', '#6a5bb5', '#1f7a80', '#8a6a12', '#b03a68'];

const hash = text => [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) >>> 0, 7);
const colourOf = id => Palette[hash(id) % Palette.length];

export function initials(name) {
  const words = name.trim().split(/[\s_.-]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map(word => [...word][0]) : [...(words[0] ?? '?')].slice(0, 1);
  return letters.join('').toUpperCase();
}

/** The name a guild shows for someone: nickname, then display name, then user name. */
export function displayName(user, guild) {
  if (!user) return 'Unknown User';
  return findMember(guild, user.id)?.nick || user.global_name || user.username;
}

const byPositionDown = (left, right) => right.position - left.position;

export function rolesOf(member, guild) {
  return (member?.roles ?? []).map(id => guild.roles.get(id)).filter(Boolean).sort(byPositionDown);
}

/** The colour of the highest coloured role, as CSS, or null. */
export function nameColour(user, guild) {
  const member = user && findMember(guild, user.id);
  if (!member) return null;
  const role = rolesOf(member, guild).find(candidate => candidate.color);
  return role ? legible(role.color) : null;
}

// Gives 4.5 : 1 on the lightest of our grounds.
const LeastLuminance = 0.25;

/** A role's colour as text on dark ground: as bright as it must be to be read, and otherwise untouched. */
export function legible(colour) {
  let channels = [16, 8, 0].map(shift => (Number(colour) >> shift) & 255);
  while (luminance(channels) < LeastLuminance) channels = channels.map(channel => Math.min(255, Math.round(channel + (255 - channel) * 0.12) + 1));
  return `rgb(${channels.join(' ')})`;
}

function luminance(channels) {
  const [red, green, blue] = channels.map(channel => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const colourText = colour => `#${Number(colour).toString(16).padStart(6, '0')}`;

/** The role whose group shows someone in the member list, or null for the unhoisted. */
export function hoistedRole(member, guild) {
  return rolesOf(member, guild).find(role => role.hoist) ?? null;
}

/** A round face of initials: pictures would need a network or someone else's art. */
export function avatar(user, size = 40, status = null) {
  const name = user ? user.global_name || user.username : '?';
  const face = h('span', { class: 'avatar', 'aria-hidden': 'true', style: { '--size': `${size}px`, '--face': colourOf(user?.id ?? '0') } }, initials(name));
  if (status) face.append(h('span', { class: `status status-${status}` }));
  return face;
}

export function guildIcon(guild) {
  return h('span', { class: 'guild-initials', 'aria-hidden': 'true', dataset: { initials: initials(guild.name) } });
}

export function appBadge(user) {
  return user?.bot ? h('span', { class: 'app-badge' }, 'APP') : null;
}
