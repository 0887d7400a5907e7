// Runs an application command and shows how it ended.
import { changed, currentChannel, isMe, state } from '../store.js';
import { openModal } from '../components/modal.js';
import { Failed, run } from '../components/run.js';
import { toast } from '../overlay/toast.js';

const Silent = 'The application did not respond';

/** Sends the command from the channel you look at. */
export async function runCommand(data, app, files = []) {
  const channel = currentChannel();
  const person = state.me;
  state.sendingCommand = channel.id;
  changed('sending');
  const ended = await run({ type: 2, channel_id: channel.id, data }, files);
  state.sendingCommand = null;
  changed('sending');
  if (!isMe(person)) return;
  if (ended.outcome === 'modal') return openModal(ended.modal, app, { channel_id: channel.id });
  if (ended.outcome === 'failed') toast(ended.message && ended.message !== Failed ? ended.message : Silent);
}

/** A user or message command, on the person or message that it was chosen for. */
export function runContextCommand(command, target) {
  return runCommand({ id: command.id, name: command.name, type: command.type, target_id: target }, applicationOf(command));
}

export const applicationOf = command => state.users.get(command.application_id) ?? [...state.users.values()].find(user => user.bot) ?? null;
