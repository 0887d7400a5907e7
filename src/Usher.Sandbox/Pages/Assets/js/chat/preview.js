// A message outside its channel, as in the list of pins: who, when, what, and nothing to press.
import { h } from '../dom.js';
import { markdown } from '../markdown/render.js';
import { appBadge, avatar, displayName, nameColour } from '../people.js';
import { messageTime, snowflakeTime } from '../time.js';
import { closePopover } from '../overlay/popover.js';
import { toast } from '../overlay/toast.js';
import { showMessage } from './reveal.js';

export function renderPreview(message, guild) {
  const sentAt = new Date(message.timestamp ?? snowflakeTime(message.id));
  return h('div', { class: 'preview' }, avatar(message.author, 32),
    h('div', null,
      h('div', { class: 'byline' }, h('strong', { style: { color: nameColour(message.author, guild) } }, displayName(message.author, guild)), appBadge(message.author),
        h('time', { datetime: sentAt.toISOString() }, messageTime(sentAt))),
      message.content ? markdown(message.content, guild) : h('p', { class: 'preview-other' }, textOf(message.components) || 'A message without text')),
    h('button', { type: 'button', class: 'button secondary small', onClick: () => jump(message) }, 'Jump'));
}

/** The first words of a message made of components. */
export function textOf(components = []) {
  for (const component of components) {
    const found = component.content ?? textOf(component.components);
    if (found) return found.replace(/[#*_`]/g, '').slice(0, 160);
  }
  return '';
}

function jump(message) {
  closePopover();
  if (!showMessage(message.id)) toast('That message is further up than what is loaded.');
}
