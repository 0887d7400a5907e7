// What is new for you, and telling the box that you have seen it.
import * as api from './api.js';
import { compareIds, readOf, state } from './store.js';

/** `{ unread, mentions }` of a channel; voice channels and categories are never unread. */
export function unread(channel) {
  if (channel.type === 2 || channel.type === 4 || channel.muted) return { unread: false, mentions: 0 };
  const read = readOf(channel.id);
  const last = channel.last_message_id;
  const isNew = !!last && compareIds(last, read.last_read) > 0;
  return { unread: isNew, mentions: isNew ? read.mentions : 0 };
}

/** Marks everything in the channel as seen. */
export function markRead(channel) {
  const last = channel.last_message_id;
  const read = readOf(channel.id);
  if (!last || (compareIds(last, read.last_read) <= 0 && !read.mentions)) return false;
  state.reads.set(channel.id, { last_read: last, mentions: 0 });
  api.markRead(channel.id, last).catch(() => {});
  return true;
}
