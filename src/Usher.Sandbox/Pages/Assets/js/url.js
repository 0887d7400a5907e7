// Who you are and where you look live in the address, so a link works and two windows can be two people.
import { state, changed, findChannel } from './store.js';

export function readAddress() {
  const query = new URLSearchParams(location.search);
  return { as: query.get('as'), channel: query.get('channel') };
}

export function writeAddress({ replace = false } = {}) {
  const query = new URLSearchParams();
  const person = state.me?.username ?? state.wantedPerson;
  if (person) query.set('as', person);
  if (state.view.channel) query.set('channel', state.view.channel);
  else if (state.view.guild === null) query.set('channel', '@me');
  const address = `${location.pathname}?${query}`;
  if (address === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
}

const rememberedKey = guildId => `box.channel.${state.me?.id}.${guildId}`;

/** Looks at a channel and remembers it as the last one looked at in its guild. */
export function openChannel(id, options) {
  const channel = findChannel(id);
  if (!channel) return;
  state.view = { guild: channel.guild_id ?? null, channel: id };
  if (channel.guild_id) sessionStorage.setItem(rememberedKey(channel.guild_id), id);
  writeAddress(options);
  changed('view');
}

/** A link to a place in Discord leads there without leaving the page, as in Discord; false when it is no such link, or nothing that can be seen. */
export function followLink(href) {
  const place = /^https:\/\/discord\.com\/channels\/(?:\d+|@me)\/(\d+)/.exec(href ?? '')?.[1];
  if (!place || !findChannel(place)) return false;
  openChannel(place);
  return true;
}

export function openHome() {
  state.view = { guild: null, channel: null };
  writeAddress();
  changed('view');
}

/** Looks at a guild: the channel last looked at there, else the first that can be read. */
export function openGuild(id, options) {
  const guild = state.guilds.get(id);
  if (!guild) return openHome();
  const remembered = guild.channels.get(sessionStorage.getItem(rememberedKey(id)) ?? '');
  const target = remembered ?? firstReadable(guild);
  if (target) return openChannel(target.id, options);
  state.view = { guild: id, channel: null };
  writeAddress(options);
  changed('view');
}

const firstReadable = guild =>
  [...guild.channels.values()].filter(channel => channel.type === 0 || channel.type === 5).sort((left, right) => order(guild, left) - order(guild, right))[0];

function order(guild, channel) {
  const parent = guild.channels.get(channel.parent_id ?? '');
  return (parent ? (parent.position + 1) * 1000 : 0) + channel.position;
}

/** Goes where the address says, or to the first place that can be seen. */
export function followAddress() {
  const { channel } = readAddress();
  if (channel === '@me') return openHome();
  if (channel && findChannel(channel)) return openChannel(channel, { replace: true });
  const guild = [...state.guilds.values()].find(candidate => candidate.joined);
  return guild ? openGuild(guild.id, { replace: true }) : openHome();
}
