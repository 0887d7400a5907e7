// The box's page endpoints: one function a deed, each done as the person you are.
import { state } from './store.js';

/** A refusal by the box, in the words and with the code that Discord uses. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message ?? `The box answered ${status}.`);
    this.status = status;
    this.code = body?.code ?? 0;
  }
}

const asMe = (path, query = {}) => {
  const search = new URLSearchParams({ as: state.me?.id ?? state.wantedPerson ?? '', ...query });
  return `/box/${path}?${search}`;
};

async function call(method, path, { body, query, form } = {}) {
  const response = await fetch(asMe(path, query), {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: form ?? (body ? JSON.stringify(body) : undefined),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** As Discord takes files: the JSON in `payload_json`, the bytes in `files[n]`. */
function multipart(payload, files) {
  const form = new FormData();
  form.append('payload_json', JSON.stringify(payload));
  files.forEach((file, index) => form.append(`files[${index}]`, file, file.name));
  return form;
}

export const readState = () => call('GET', 'state');
export const eventsAddress = () => asMe('events');
export const journalAddress = () => asMe('journal');

export const readMessages = (channel, before) => call('GET', `channels/${channel}/messages`, { query: before ? { before } : {} });
export const readPins = channel => call('GET', `channels/${channel}/pins`);

export function sendMessage(channel, { content, files = [], replyTo = null, ping = true }) {
  const payload = { content };
  if (replyTo) {
    payload.message_reference = { message_id: replyTo };
    payload.allowed_mentions = { parse: ['users', 'roles', 'everyone'], replied_user: ping };
  }
  return call('POST', `channels/${channel}/messages`, { form: multipart(payload, files) });
}

export const editMessage = (channel, message, content) => call('PATCH', `channels/${channel}/messages/${message}`, { body: { content } });
export const deleteMessage = (channel, message) => call('DELETE', `channels/${channel}/messages/${message}`);
export const dismissMessage = (channel, message) => call('POST', `channels/${channel}/messages/${message}/dismiss`);
export const markRead = (channel, message) => call('POST', `channels/${channel}/messages/${message}/ack`);
export const startTyping = channel => call('POST', `channels/${channel}/typing`);
export const deleteChannel = channel => call('DELETE', `channels/${channel}`);
export const editThread = (channel, changes) => call('PATCH', `channels/${channel}`, { body: changes });
export const leaveThread = channel => call('DELETE', `channels/${channel}/thread-members/@me`);
export const openDirect = recipient => call('POST', 'dms', { body: { recipient_id: recipient } });
export const leaveGuild = guild => call('POST', `guilds/${guild}/leave`);
export const joinGuild = guild => call('POST', `guilds/${guild}/join`);

/** Allows or forbids direct messages; the box keeps one wish for all guilds. */
export async function allowDirect(guild, allowed) {
  await call('PUT', `guilds/${guild}/direct-messages`, { body: { allowed } });
  for (const known of state.guilds.values()) known.direct_messages = allowed;
}

export const joinVoice = channel => call('PUT', 'voice', { body: { channel_id: channel } });

/**
 * An interaction as Discord's own client sends it. The answer tells how it ended:
 * `{ outcome: "done" }`, `{ outcome: "modal", modal }` or `{ outcome: "failed", message }`.
 */
export const interact = (interaction, files = []) => call('POST', 'interactions', { form: multipart(interaction, files) });

/** A form is put away in the name of whom it was shown to: it may close because you became somebody else. */
export const dismissModal = person => call('POST', 'modal/dismiss', { query: { as: person } });
export const autocomplete = interaction => call('POST', 'autocomplete', { body: interaction });

export const readWeather = () => call('GET', 'weather');
export const changeWeather = weather => call('PATCH', 'weather', { body: weather });
export const clearWeather = () => call('DELETE', 'weather');
export const troubleSockets = how => call('POST', 'weather/sockets', { body: { how } });
export const resetWorld = () => call('POST', 'reset');
