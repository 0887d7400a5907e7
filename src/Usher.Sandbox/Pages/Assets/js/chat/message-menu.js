// What can be done with a message: the little bar on hover, and the menu.
import * as api from '../api.js';
import { h } from '../dom.js';
import { dismiss } from '../events.js';
import { icon } from '../icons.js';
import { confirm } from '../overlay/dialog.js';
import { openMenu } from '../overlay/menu.js';
import { attempt } from '../overlay/toast.js';
import { may } from '../permissions.js';
import { changed, draftOf, state } from '../store.js';
import { messageCommands } from '../compose/commands.js';
import { runContextCommand } from '../compose/run-command.js';
import { plainText } from '../markdown/render.js';
import { Flags, isSystem } from './kinds.js';

const mine = message => message.author?.id === state.me.id;
const hidden = message => !!(message.flags & Flags.ephemeral);
const canEdit = message => mine(message) && (message.type === 0 || message.type === 19) && !hidden(message);
const canDelete = (message, channel) => !hidden(message) && (mine(message) || may(channel, 'manageMessages'));
const canReply = message => !isSystem(message) && !hidden(message);

export function messageToolbar(message, context) {
  const { channel } = context;
  const tool = (name, label, run) => h('button', { type: 'button', tabindex: '-1', 'aria-label': label, title: label, dataset: { focus: `${name}-${message.id}` }, onClick: run }, icon(name, 18));
  return h('div', { class: 'toolbar', role: 'group', 'aria-label': 'Message actions' },
    canReply(message) && tool('reply', 'Reply', () => reply(message)),
    canEdit(message) && tool('pencil', 'Edit', () => edit(message)),
    canDelete(message, channel) && tool('trash', 'Delete', event => remove(message, context, event.shiftKey)),
    tool('more', 'More', event => openMessageMenu(event.currentTarget, message, context)));
}

export function openMessageMenu(anchor, message, context) {
  const { channel, guild } = context;
  const commands = isSystem(message) || hidden(message) ? [] : messageCommands(guild);
  openMenu(anchor, [
    canReply(message) ? { label: 'Reply', icon: 'reply', run: () => reply(message) } : undefined,
    canEdit(message) ? { label: 'Edit Message', icon: 'pencil', run: () => edit(message) } : undefined,
    message.content ? { label: 'Copy Text', icon: 'copy', run: () => navigator.clipboard?.writeText(message.content) } : undefined,
    { label: 'Copy Message ID', icon: 'copy', run: () => navigator.clipboard?.writeText(message.id) },
    ...(commands.length ? [null, { heading: 'Apps' }, ...commands.map(command => ({ label: command.name, hint: command.applicationName, icon: 'apps', run: () => runContextCommand(command, message.id) }))] : []),
    ...(hidden(message) ? [{ label: 'Dismiss Message', icon: 'eyeOff', run: () => attempt(() => dismiss(message)) }] : []),
    ...(canDelete(message, channel) ? [null, { label: 'Delete Message', icon: 'trash', danger: true, run: () => remove(message, context) }] : []),
  ], { label: 'Message', placement: anchor instanceof Element ? 'end' : 'below' });
}

/** Keys of a message that has the focus, as in Discord: R replies, E edits, Backspace deletes, Enter opens the menu. */
export function messageKey(event, message, context) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const deeds = {
    r: canReply(message) && (() => reply(message)),
    e: canEdit(message) && (() => edit(message)),
    Backspace: canDelete(message, context.channel) && (() => remove(message, context)),
    Delete: canDelete(message, context.channel) && (() => remove(message, context)),
    Enter: () => openMessageMenu(event.currentTarget.querySelector('.toolbar'), message, context),
  };
  const deed = deeds[event.key];
  if (!deed) return;
  event.preventDefault();
  event.stopPropagation();
  deed();
}

function reply(message) {
  draftOf(message.channel_id).replyTo = message;
  changed('draft');
}

export function edit(message) {
  state.editing = message.id;
  state.edited = null;
  changed('messages');
}

async function remove(message, { channel, guild }, atOnce = false) {
  const sure = atOnce || await confirm({
    title: 'Delete Message', text: 'Are you sure you want to delete this message?', yes: 'Delete',
    extra: message.content && h('blockquote', { class: 'dialog-quote' }, plainText(message.content, guild).slice(0, 300)),
  });
  if (sure) await attempt(() => api.deleteMessage(channel.id, message.id));
}

/** The newest message of yours here that can be edited, for the arrow up in an empty composer. */
export const lastOwn = list => list.findLast(message => canEdit(message));
