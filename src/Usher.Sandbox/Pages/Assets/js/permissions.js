// The bits the page asks about: https://discord.com/developers/docs/topics/permissions
const Bits = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  attachFiles: 1n << 15n,
  mentionEveryone: 1n << 17n,
  connect: 1n << 20n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  sendMessagesInThreads: 1n << 38n,
};

/** Whether you may do this in the channel. The box has worked out the bits; in a DM everything is allowed. */
export function may(channel, permission) {
  if (!channel) return false;
  if (!channel.guild_id) return permission !== 'manageChannels' && permission !== 'manageMessages' && permission !== 'manageThreads';
  const held = BigInt(channel.permissions ?? 0);
  return (held & Bits.administrator) !== 0n || (held & Bits[permission]) !== 0n;
}

export const isThread = channel => channel.type >= 10 && channel.type <= 12;
export const isVoice = channel => channel.type === 2 || channel.type === 13;
export const isDirect = channel => channel.type === 1 || channel.type === 3;
export const isCategory = channel => channel.type === 4;

/** Why you cannot write here, or null if you can. */
export function whySilent(channel) {
  if (isDirect(channel)) return channel.blocked ?? null;
  if (isThread(channel)) {
    const meta = channel.thread_metadata ?? {};
    if (meta.locked && !may(channel, 'manageThreads')) return 'This thread is locked. Only people who manage threads can write here.';
    return may(channel, 'sendMessagesInThreads') ? null : 'You do not have permission to send messages in this thread.';
  }
  return may(channel, 'sendMessages') ? null : 'You do not have permission to send messages in this channel.';
}
