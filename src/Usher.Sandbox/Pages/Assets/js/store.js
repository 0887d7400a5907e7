// What the page knows, and who is told when it changes. Views read it; only `api.js` and `events.js` write it.

/** Whether the window has no room for everything side by side, as the style sheet sees it. */
export const Narrow = matchMedia('(max-width: 960px)');

export const state = {
  me: null,
  people: [],
  guilds: new Map(),
  dms: [],
  users: new Map(),
  /** channel id → { list: messages oldest first, complete: whether the beginning is reached, loaded, loading, meanwhile: what happened to them while they are read } */
  messages: new Map(),
  /** channel id → Map of user id → moment the typing ends */
  typing: new Map(),
  /** channel id → { last_read, mentions, counted: the last message that the mentions are counted up to } */
  reads: new Map(),
  /** message id → { custom_id } while its interaction runs, or { failed: text } */
  interactions: new Map(),
  /** channel id → { text, files, replyTo } */
  drafts: new Map(),
  view: { guild: null, channel: null },
  connection: 'connecting',
  showMembers: !Narrow.matches,
};

const listeners = new Map();
const waiting = new Set();

/** Calls `listener` after any of the topics changed, once for all changes of the same turn. */
export function on(topics, listener) {
  for (const topic of topics.split(' ')) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(listener);
  }
}

export function changed(...topics) {
  if (waiting.size === 0) queueMicrotask(tell);
  for (const topic of topics) waiting.add(topic);
}

function tell() {
  const due = new Set();
  for (const topic of waiting) for (const listener of listeners.get(topic) ?? []) due.add(listener);
  waiting.clear();
  for (const listener of due) {
    // What one of them cannot draw is no reason for the others not to.
    try {
      listener();
    } catch (mistake) {
      console.error(mistake);
    }
  }
}

/** Whether you are still that person: what was under way for one is nothing to the next. */
export const isMe = person => state.me?.id === person?.id;

export const currentGuild = () => state.guilds.get(state.view.guild) ?? null;
export const currentChannel = () => findChannel(state.view.channel);

export function findChannel(id) {
  if (!id) return null;
  for (const guild of state.guilds.values()) {
    const channel = guild.channels.get(id);
    if (channel) return channel;
  }
  return state.dms.find(dm => dm.id === id) ?? null;
}

export const guildOf = channel => (channel?.guild_id ? state.guilds.get(channel.guild_id) ?? null : null);

/** Someone by id as known here: a member of the guild if there is one, else only the user. */
export function findMember(guild, userId) {
  return guild?.members.get(userId) ?? null;
}

export function findUser(userId) {
  return state.users.get(userId) ?? null;
}

export function messagesOf(channelId) {
  let entry = state.messages.get(channelId);
  if (!entry) {
    entry = { list: [], complete: false, loaded: false, loading: false, meanwhile: [] };
    state.messages.set(channelId, entry);
  }
  return entry;
}

/** Changes the messages of a channel; those that are under way change too once they are here, for they may be older than what happened. */
export function changeMessages(channelId, change) {
  const entry = messagesOf(channelId);
  if (entry.loading) entry.meanwhile.push(change);
  if (entry.loaded) entry.list = change(entry.list);
  changed('messages');
}

/** What was read of a channel's messages, with all that happened to them while it was under way. */
export function putMessages(entry, read) {
  entry.list = entry.meanwhile.reduce((list, change) => change(list), read);
  entry.meanwhile = [];
}

export function draftOf(channelId) {
  let draft = state.drafts.get(channelId);
  if (!draft) {
    draft = { text: '', files: [], replyTo: null, mentions: new Map() };
    state.drafts.set(channelId, draft);
  }
  return draft;
}

/** How far you have read a channel; nothing of one that was empty, or not there, when everything was read. */
export const readOf = channelId => state.reads.get(channelId) ?? { last_read: '0', mentions: 0 };

/** Snowflakes order by time; they outgrow a double, so they are compared by length and then as text. */
export function compareIds(left, right) {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
