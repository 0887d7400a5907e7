// Editing a message of yours in its place: Enter saves, Escape leaves it as it was.
import * as api from '../api.js';
import { h } from '../dom.js';
import { attempt } from '../overlay/toast.js';
import { changed, state } from '../store.js';
import { readable, wire } from '../compose/mentions.js';
import { fit } from '../compose/textarea.js';

export function renderEditor(message, { guild, channel }) {
  const { text, tokens } = readable(message.content, guild);
  const area = h('textarea', { class: 'editor-text', 'aria-label': 'Edit message', rows: 1, maxlength: 2000, value: state.edited ?? text, dataset: { focus: 'editor' }, onInput() {
    state.edited = area.value;
    fit(area);
  } });
  const done = () => {
    if (state.editing !== message.id) return;
    state.editing = null;
    state.edited = null;
    changed('messages');
    document.querySelector('.composer-text')?.focus();
  };
  const save = async () => {
    const content = wire(area.value, tokens, guild).trim();
    if (!content && !message.attachments?.length) return;
    if (content === message.content || await attempt(() => api.editMessage(channel.id, message.id, content))) done();
  };
  area.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'Escape') done();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    } else return;
    event.stopPropagation();
  });
  requestAnimationFrame(() => {
    fit(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
  return h('div', { class: 'editor' }, area, h('p', { class: 'editor-help' },
    'escape to ', h('button', { type: 'button', class: 'link', onClick: done }, 'cancel'), ' • enter to ', h('button', { type: 'button', class: 'link', onClick: save }, 'save')));
}
