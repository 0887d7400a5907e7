// Pressing and choosing: what Discord shows while the app thinks, and when it does not answer.
import * as api from '../api.js';
import { announce } from '../dom.js';
import { changed, state } from '../store.js';
import { openModal } from './modal.js';

const Failed = 'This interaction failed';

/** Uses a component of a message: one at a time for each message, as in Discord. */
export async function use(message, data) {
  if (state.interactions.get(message.id)?.custom_id) return;
  state.interactions.set(message.id, { custom_id: data.custom_id });
  changed('interactions');
  const ended = await run({ type: 3, channel_id: message.channel_id, message_id: message.id, message_flags: message.flags ?? 0, data });
  if (ended.outcome === 'failed') {
    state.interactions.set(message.id, { failed: ended.message ?? Failed });
    announce(ended.message ?? Failed);
  } else state.interactions.delete(message.id);
  changed('interactions');
  if (ended.outcome === 'modal') openModal(ended.modal, message.author, { channel_id: message.channel_id, message_id: message.id });
}

/** Sends an interaction and tells how it ended; a refusal or a lost box is a failure as well. */
export async function run(interaction, files) {
  try {
    return await api.interact(interaction, files);
  } catch (refusal) {
    return { outcome: 'failed', message: refusal.code ? refusal.message : Failed };
  }
}
