// What Discord says by itself: https://discord.com/developers/docs/resources/message#message-object-message-types
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { displayName, nameColour } from '../people.js';
import { clock, full, messageTime } from '../time.js';
import { openChannel } from '../url.js';
import { openProfile } from '../shell/member-list.js';
import { messageKey, messageToolbar } from './message-menu.js';

const Sentences = {
  1: { drawing: 'arrowRight', words: (who, { message, person }) => [who, ' added ', person(message.mentions?.[0]), ' to the thread.'] },
  2: { drawing: 'arrowLeft', words: (who, { message, person }) => (!message.mentions?.[0] || message.mentions[0].id === message.author.id ? [who, ' left the thread.'] : [who, ' removed ', person(message.mentions[0]), ' from the thread.']) },
  4: { drawing: 'pencil', words: (who, { message }) => [who, ' changed the channel name: ', h('strong', null, message.content)] },
  6: { drawing: 'pin', words: who => [who, ' pinned a message to this channel.'] },
  7: { drawing: 'arrowRight', words: who => [who, ' joined the guild. Welcome!'] },
  18: { drawing: 'thread', words: (who, { message }) => [who, ' started a thread: ', threadLink(message)] },
  21: { drawing: 'thread', words: (who, { message }) => [who, ' started this thread', message.referenced_message?.content ? [': ', message.referenced_message.content] : '.'] },
  22: { drawing: 'people', words: () => ['Wondering who to invite? Mention them.'] },
};

function threadLink(message) {
  const id = message.message_reference?.channel_id ?? message.thread?.id;
  return h('button', { type: 'button', class: 'system-link', onClick: () => openChannel(id) }, message.content || 'thread');
}

export function renderSystem(message, context) {
  const { guild, sentAt } = context;
  const person = user => h('button', { type: 'button', class: 'author', style: { color: nameColour(user, guild) }, onClick: event => user && openProfile(event.currentTarget, user, guild) }, displayName(user, guild));
  const known = Sentences[message.type] ?? { drawing: 'message', words: who => [who, ' ', message.content || `sent a system message of type ${message.type}.`] };
  return h('li', { class: 'message system', tabindex: '-1', dataset: { message: message.id, focus: `message-${message.id}` }, onKeydown: event => messageKey(event, message, context) },
    h('article', { 'aria-label': `System message, ${clock(sentAt)}` },
      h('span', { class: `system-icon system-${message.type}`, 'aria-hidden': 'true' }, icon(known.drawing, 18)),
      h('p', null, known.words(person(message.author), { message, person }), ' ',
        h('time', { datetime: sentAt.toISOString(), title: full(sentAt) }, messageTime(sentAt)))),
    messageToolbar(message, context));
}
