// One message, whoever wrote it.
import { h } from '../dom.js';
import { dismiss, mentionsMe } from '../events.js';
import { icon } from '../icons.js';
import { renderComponents } from '../components/render.js';
import { markdown, plainText } from '../markdown/render.js';
import { attempt } from '../overlay/toast.js';
import { appBadge, avatar, displayName, nameColour } from '../people.js';
import { state } from '../store.js';
import { clock, full, messageTime } from '../time.js';
import { openChannel } from '../url.js';
import { openProfile } from '../shell/member-list.js';
import { renderAttachments } from './attachments.js';
import { renderEditor } from './editor.js';
import { renderEmbed } from './embed.js';
import { Flags, isSystem } from './kinds.js';
import { messageKey, messageToolbar, openMessageMenu } from './message-menu.js';
import { showMessage } from './reveal.js';
import { renderSystem } from './system-message.js';

export function renderMessage(message, context) {
  if (isSystem(message)) return renderSystem(message, context);
  const { channel, guild, grouped, sentAt } = context;
  const ephemeral = !!(message.flags & Flags.ephemeral);
  const name = displayName(message.author, guild);
  const row = h('li', {
    class: ['message', grouped && 'grouped', mentionsMe(message, channel) && guild && 'mentioned', ephemeral && 'ephemeral', message.pending && 'pending'],
    tabindex: '-1',
    dataset: { message: message.id, focus: `message-${message.id}` },
    onKeydown: event => messageKey(event, message, context),
    onContextmenu(event) {
      if (event.target.closest('a, input, textarea, .select-button') || !window.getSelection().isCollapsed) return;
      event.preventDefault();
      openMessageMenu({ x: event.clientX, y: event.clientY }, message, context);
    },
  }, h('article', { 'aria-label': `${name}, ${clock(sentAt)}` },
    !grouped && provenance(message, guild),
    grouped
      ? h('time', { class: 'time-aside', datetime: sentAt.toISOString(), title: full(sentAt) }, clock(sentAt))
      : h('button', { type: 'button', class: 'face', 'aria-label': `About ${name}`, tabindex: '-1', onClick: event => openProfile(event.currentTarget, message.author, guild) }, avatar(message.author, 40)),
    h('div', { class: 'message-body' },
      !grouped && byline(message, guild, name, sentAt),
      body(message, context),
      ephemeral && dismissal(message))));
  if (!message.pending) row.append(messageToolbar(message, context));
  return row;
}

function byline(message, guild, name, sentAt) {
  return h('div', { class: 'byline' },
    h('button', { type: 'button', class: 'author', style: { color: nameColour(message.author, guild) }, onClick: event => openProfile(event.currentTarget, message.author, guild) }, name),
    appBadge(message.author),
    h('time', { datetime: sentAt.toISOString(), title: full(sentAt) }, messageTime(sentAt)));
}

/** What a message answers: a reply's original, or the command that somebody used. */
function provenance(message, guild) {
  if (message.type === 19) return replyLine(message, guild);
  const metadata = message.interaction_metadata;
  if ((message.type !== 20 && message.type !== 23) || !metadata?.user) return null;
  const used = message.command_name;
  return h('div', { class: 'provenance' }, h('span', { class: 'spine', 'aria-hidden': 'true' }), avatar(metadata.user, 16),
    h('strong', { style: { color: nameColour(metadata.user, guild) } }, displayName(metadata.user, guild)), ' used ',
    h('span', { class: 'command-name' }, used ? `${message.type === 20 ? '/' : ''}${used}` : 'a command'));
}

function replyLine(message, guild) {
  const original = message.referenced_message;
  const spine = h('span', { class: 'spine', 'aria-hidden': 'true' });
  if (!original) return h('div', { class: 'provenance' }, spine, icon('reply', 14), h('em', null, 'Original message was deleted'));
  const text = original.content ? plainText(original.content, guild) : 'Click to see attachment';
  const pinged = message.mentions?.some(user => user.id === original.author.id);
  return h('div', { class: 'provenance' }, spine, avatar(original.author, 16),
    h('strong', { style: { color: nameColour(original.author, guild) } }, pinged && '@', displayName(original.author, guild)), appBadge(original.author),
    h('button', { type: 'button', class: 'replied', onClick: () => showMessage(original.id) }, text));
}

function body(message, context) {
  const { guild } = context;
  if (state.editing === message.id) return renderEditor(message, context);
  if (message.flags & Flags.loading) {
    return h('div', { class: 'thinking' }, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), `${displayName(message.author, guild)} is thinking…`);
  }
  const content = message.content && markdown(message.content, guild);
  if (message.edited_timestamp && content) (content.lastElementChild?.tagName === 'P' ? content.lastElementChild : content).append(editedNote(message));
  const interaction = state.interactions.get(message.id);
  return [
    content,
    renderAttachments(visibleAttachments(message)),
    !(message.flags & Flags.suppressEmbeds) && message.embeds?.map(embed => renderEmbed(embed, guild)),
    message.components?.length > 0 && h('div', { class: 'components' }, renderComponents(message.components, { message, ...context })),
    message.edited_timestamp && !content && !message.components?.length && editedNote(message),
    interaction?.failed && h('p', { class: 'interaction-failed', role: 'alert' }, icon('warning', 16), interaction.failed),
    message.thread && threadCard(message.thread, context),
  ];
}

// With Components V2 a file shows where a component names it, not once more below.
const visibleAttachments = message => (message.flags & Flags.componentsV2 ? [] : message.attachments ?? []);

function editedNote(message) {
  return h('span', { class: 'edited', title: full(new Date(message.edited_timestamp)) }, ' (edited)');
}

function dismissal(message) {
  return h('p', { class: 'only-you' }, icon('eye', 16), 'Only you can see this • ',
    h('button', { type: 'button', class: 'link', dataset: { focus: `dismiss-${message.id}` }, onClick: () => attempt(() => dismiss(message)) }, 'Dismiss message'));
}

function threadCard(thread, { guild }) {
  const known = guild?.channels.get(thread.id) ?? thread;
  return h('button', { type: 'button', class: 'thread-card', onClick: () => openChannel(thread.id) },
    h('strong', null, known.name), h('span', { class: 'thread-card-link' }, 'See Thread ', icon('chevronRight', 12)));
}
