// What the box tells as it happens. Each dispatch has Discord's name and shape and is already cut to what you may see.
import * as api from './api.js';
import { announce } from './dom.js';
import { displayName } from './people.js';
import { changed, changeMessages, compareIds, findChannel, guildOf, messagesOf, readOf, state } from './store.js';
import { followAddress, openGuild, openHome } from './url.js';

const OpenWithin = 3000;
const OpenAgainAfter = 2000;

let source = null;
let held = null;
let openingAgain = 0;

/**
 * Opens the stream of the person you are and resolves once it flows, or when that takes long.
 * Whenever it flows after that, everything is read anew.
 */
export function listen(reload) {
  held = [];
  return new Promise(resolve => {
    let waited = false;
    const go = () => {
      waited = true;
      resolve();
    };
    setTimeout(go, OpenWithin);
    open(reload, () => (waited ? reload() : go()));
  });
}

function open(reload, flows) {
  clearTimeout(openingAgain);
  source?.close();
  const opening = new EventSource(api.eventsAddress());
  source = opening;
  opening.addEventListener('open', () => {
    tellConnection();
    flows();
  });
  opening.addEventListener('error', () => {
    tellConnection('lost');
    // After a break the browser comes back by itself, after a refusal it does not.
    if (opening.readyState === EventSource.CLOSED) openingAgain = setTimeout(() => open(reload, flows), OpenAgainAfter);
  });
  opening.addEventListener('message', event => hear(JSON.parse(event.data), reload));
}

function hear(dispatch, reload) {
  if (dispatch.t === 'BOX_RESYNC') reload();
  else if (held) held.push(dispatch);
  else apply(dispatch);
}

const apply = ({ t: name, d: data }) => Handlers[name]?.(data);

/** Keeps what happens while a snapshot is under way, so that nothing falls between the two. */
export function hold() {
  held ??= [];
}

function release() {
  const waiting = held ?? [];
  held = null;
  waiting.forEach(apply);
}

/** Shows how the stream is, or that something else does not reach the box. */
export function tellConnection(value = source.readyState === EventSource.OPEN ? 'open' : 'lost') {
  if (state.connection === value) return;
  state.connection = value;
  changed('connection');
}

const Handlers = {
  MESSAGE_CREATE: addMessage,
  MESSAGE_UPDATE(message) {
    changeMessages(message.channel_id, list => list.map(known => (known.id === message.id ? { ...known, ...message } : known)));
  },
  MESSAGE_DELETE: ({ channel_id, id }) => forget(channel_id, [id]),
  MESSAGE_DELETE_BULK: ({ channel_id, ids }) => forget(channel_id, ids),
  CHANNEL_CREATE: putChannel,
  CHANNEL_UPDATE: putChannel,
  CHANNEL_DELETE: dropChannel,
  THREAD_CREATE: putChannel,
  THREAD_UPDATE: putChannel,
  THREAD_DELETE: dropChannel,
  CHANNEL_PINS_UPDATE: () => changed('pins'),
  TYPING_START({ channel_id, user_id }) {
    if (user_id === state.me.id) return;
    const typing = state.typing.get(channel_id) ?? new Map();
    typing.set(user_id, Date.now() + 10_000);
    state.typing.set(channel_id, typing);
    changed('typing');
    setTimeout(() => changed('typing'), 10_100);
  },
  GUILD_MEMBER_ADD: putMember,
  GUILD_MEMBER_UPDATE: putMember,
  GUILD_MEMBER_REMOVE({ guild_id, user }) {
    state.guilds.get(guild_id)?.members.delete(user.id);
    changed('members', 'messages');
  },
  GUILD_ROLE_CREATE: putRole,
  GUILD_ROLE_UPDATE: putRole,
  GUILD_ROLE_DELETE({ guild_id, role_id }) {
    state.guilds.get(guild_id)?.roles.delete(role_id);
    changed('members', 'messages');
  },
  VOICE_STATE_UPDATE(voice) {
    const states = state.guilds.get(voice.guild_id)?.voice;
    if (!states) return;
    if (voice.channel_id) states.set(voice.user_id, voice);
    else states.delete(voice.user_id);
    changed('channels', 'voice');
  },
};

function addMessage(message) {
  if (message.author) state.users.set(message.author.id, message.author);
  if (messagesOf(message.channel_id).list.some(known => known.id === message.id)) return;
  changeMessages(message.channel_id, list => withMessage(list, message));
  state.typing.get(message.channel_id)?.delete(message.author?.id);
  const channel = findChannel(message.channel_id);
  if (channel && !(message.flags & 64)) countUnread(message, channel);
  if (message.channel_id === state.view.channel && message.author?.id !== state.me.id) {
    announce(`${displayName(message.author, guildOf(channel))}: ${message.content || 'a new message'}`);
  }
  changed('typing', 'channels');
}

const withMessage = (list, message) => (list.some(known => known.id === message.id) ? list : [...list, message].sort((left, right) => compareIds(left.id, right.id)));

function countUnread(message, channel) {
  channel.last_message_id = later(channel.last_message_id, message.id);
  const read = readOf(channel.id);
  const counted = read.counted ?? read.last_read;
  // What came while a snapshot was under way may be in it.
  if (compareIds(message.id, counted) <= 0) return;
  if (message.author?.id === state.me.id) state.reads.set(channel.id, { last_read: message.id, mentions: 0 });
  else if (mentionsMe(message, channel)) state.reads.set(channel.id, { ...read, mentions: read.mentions + 1, counted: message.id });
}

const later = (left, right) => (left && compareIds(left, right) > 0 ? left : right);

/** Whether a message pings you: by name, by role, by everyone, or because it is a direct message. */
export function mentionsMe(message, channel) {
  if (channel && !channel.guild_id) return message.author?.id !== state.me.id;
  if (message.mention_everyone) return true;
  if (message.mentions?.some(user => user.id === state.me.id)) return true;
  const mine = guildOf(channel)?.members.get(state.me.id)?.roles ?? [];
  return message.mention_roles?.some(role => mine.includes(role)) ?? false;
}

function forget(channelId, ids) {
  changeMessages(channelId, list => list.filter(message => !ids.includes(message.id)));
}

function putChannel(channel) {
  if (!channel.guild_id) {
    state.dms = [channel, ...state.dms.filter(dm => dm.id !== channel.id)];
    for (const user of channel.recipients ?? []) state.users.set(user.id, user);
  } else {
    const known = state.guilds.get(channel.guild_id)?.channels;
    known?.set(channel.id, { ...known.get(channel.id), ...channel });
  }
  changed('channels');
  if (channel.id === state.view.channel) changed('view-channel');
}

function dropChannel({ id, guild_id }) {
  const guild = state.guilds.get(guild_id);
  guild?.channels.delete(id);
  for (const thread of [...(guild?.channels.values() ?? [])].filter(channel => channel.parent_id === id && channel.type >= 10)) guild.channels.delete(thread.id);
  state.dms = state.dms.filter(dm => dm.id !== id);
  state.messages.delete(id);
  changed('channels');
  if (state.view.channel && !findChannel(state.view.channel)) guild ? openGuild(guild_id, { replace: true }) : openHome();
}

function putMember({ guild_id, ...member }) {
  const members = state.guilds.get(guild_id)?.members;
  if (!members) return;
  state.users.set(member.user.id, member.user);
  members.set(member.user.id, { ...members.get(member.user.id), ...member });
  changed('members', 'messages');
}

function putRole({ guild_id, role }) {
  state.guilds.get(guild_id)?.roles.set(role.id, role);
  changed('members', 'messages');
}

/** Takes a snapshot of what you may see and keeps what is still true of the view. */
export function take(snapshot) {
  state.world = snapshot.world;
  state.me = snapshot.me;
  state.people = snapshot.people;
  state.canReset = snapshot.can_reset;
  state.front = snapshot.front ?? null;
  state.dms = snapshot.dms;
  state.users = new Map([...snapshot.users, ...snapshot.people.map(person => person.user)].map(user => [user.id, user]));
  state.guilds = new Map(snapshot.guilds.map(guild => [guild.id, {
    ...guild,
    roles: new Map(guild.roles.map(role => [role.id, role])),
    members: new Map(guild.members.map(member => [member.user.id, member])),
    channels: new Map([...guild.channels, ...guild.threads].map(channel => [channel.id, channel])),
    voice: new Map(guild.voice_states.map(voice => [voice.user_id, voice])),
  }]));
  state.reads = new Map(Object.entries(snapshot.reads ?? {}).map(([id, read]) => [id, { ...read, counted: findChannel(id)?.last_message_id ?? read.last_read }]));
  // An answer that is still under way may be older than a break of the stream: whoever waits for it finds another entry here.
  for (const [id, { list, complete }] of [...state.messages]) {
    state.messages.delete(id);
    if (findChannel(id)) Object.assign(messagesOf(id), { list, complete });
  }
  settle();
  release();
  changed('state', 'view', 'channels', 'members', 'messages', 'typing', 'voice');
}

/** Stays where one was if that can still be seen; else goes to the same guild, else where the address says. */
function settle() {
  const { guild, channel } = state.view;
  if (!state.arrived) followAddress();
  else if (channel && !findChannel(channel)) guild ? openGuild(guild, { replace: true }) : followAddress();
  state.arrived = true;
}

/** Puts an ephemeral message away. */
export async function dismiss({ channel_id, id }) {
  await api.dismissMessage(channel_id, id);
  forget(channel_id, [id]);
}
