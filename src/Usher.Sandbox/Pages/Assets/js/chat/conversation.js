// The middle of the page: header, messages, who is typing, composer.
import { h, replaceChildren } from '../dom.js';
import { icon } from '../icons.js';
import { displayName } from '../people.js';
import { whySilent, isThread, isVoice } from '../permissions.js';
import { currentChannel, currentGuild, guildOf, on, state } from '../store.js';
import { mountComposer } from '../compose/composer.js';
import { drawHeader } from './header.js';
import { mountMessageList } from './message-list.js';

let parts = null;

export function mountConversation() {
  const main = document.getElementById('main');
  parts = {
    header: h('div', { class: 'chat-header' }),
    empty: h('div', { class: 'chat-empty', hidden: true }),
    list: h('div', { class: 'messages-frame' }),
    banner: h('div', { class: 'thread-banner', hidden: true }),
    composer: h('div', { class: 'composer-frame' }),
    typing: h('div', { class: 'typing', 'aria-live': 'polite' }),
  };
  replaceChildren(main, Object.values(parts));
  mountMessageList(parts.list);
  mountComposer(parts.composer);
  on('state view view-channel members channels', draw);
  on('view typing', drawTyping);
}

function draw() {
  drawHeader(parts.header);
  const channel = currentChannel();
  const readable = channel && !isVoice(channel) && channel.type !== 4;
  parts.list.hidden = !readable;
  parts.empty.hidden = !!readable;
  if (!readable) replaceChildren(parts.empty, ...emptiness());
  drawBanner(channel);
  parts.composer.hidden = !readable || (!!whySilent(channel) && isThread(channel) && channel.thread_metadata?.locked);
}

function emptiness() {
  const guild = currentGuild();
  if (guild && !guild.joined) return [icon('leave', 48), h('h2', null, `You are not in ${guild.name}`), h('p', null, 'Join again at the left to see its channels.')];
  if (guild) return [icon('hash', 48), h('h2', null, 'Nothing to see here'), h('p', null, 'You find yourself in a strange place: there is no text channel that you may read.')];
  return [icon('message', 48), h('h2', null, 'Direct Messages'), h('p', null, 'Choose a conversation at the left.')];
}

function drawBanner(channel) {
  const meta = channel?.thread_metadata;
  parts.banner.hidden = !meta?.archived && !meta?.locked;
  if (parts.banner.hidden) return;
  const text = meta.locked
    ? 'This thread has been locked. Only people who manage threads can unlock it.'
    : 'This thread is archived. Sending a message will unarchive it.';
  replaceChildren(parts.banner, icon(meta.locked ? 'lock' : 'archive', 18), h('span', null, text));
}

function drawTyping() {
  const channel = currentChannel();
  const now = Date.now();
  const people = [...(state.typing.get(channel?.id) ?? [])].filter(([, until]) => until > now).map(([id]) => displayName(state.users.get(id), guildOf(channel)));
  const sentence = people.length === 0 ? null
    : people.length > 3 ? 'Several people are typing…'
      : [...people.flatMap((name, index) => [index === 0 ? '' : index === people.length - 1 ? ' and ' : ', ', h('strong', null, name)]), people.length > 1 ? ' are typing…' : ' is typing…'];
  replaceChildren(parts.typing, sentence && [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', null, sentence)]);
}
