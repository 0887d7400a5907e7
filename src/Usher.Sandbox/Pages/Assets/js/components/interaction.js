// Pressing and choosing: what Discord shows while the app thinks, and when it does not answer.
import { announce } from '../dom.js';
import { changed, isMe, state } from '../store.js';
import { openModal } from './modal.js';
import { Failed, run } from './run.js';

/** Uses a component of a message: one at a time for each message, as in Discord. */
export async function use(message, data) {
  if (state.interactions.get(message.id)?.custom_id) return;
  const person = state.me;
  state.interactions.set(message.id, { custom_id: data.custom_id });
  changed('interactions');
  const ended = await run({ type: 3, channel_id: message.channel_id, message_id: message.id, message_flags: message.flags ?? 0, data });
  if (!isMe(person)) return;
  if (ended.outcome === 'failed') {
    state.interactions.set(message.id, { failed: ended.message ?? Failed });
    announce(ended.message ?? Failed);
  } else state.interactions.delete(message.id);
  changed('interactions');
  if (ended.outcome === 'modal') openModal(ended.modal, message.author, { channel_id: message.channel_id, message_id: message.id });
}
