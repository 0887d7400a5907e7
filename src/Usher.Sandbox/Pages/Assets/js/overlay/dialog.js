// Questions that need an answer before anything else: the browser's own dialog keeps the focus inside.
import { h, uniqueId } from '../dom.js';

/** Opens a modal dialog with the given content; it removes itself once closed. */
export function openDialog(content, { className = '', labelledBy, label, onClose } = {}) {
  const dialog = h('dialog', { class: ['dialog', className], 'aria-labelledby': labelledBy, 'aria-label': label }, content);
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Closes whatever asks: who comes next was not asked. */
export function closeDialogs() {
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
}

/** Asks and resolves to true or false. */
export function confirm({ title, text, yes, danger = true, extra = null }) {
  return new Promise(resolve => {
    const heading = uniqueId('dialog');
    let answer = false;
    const dialog = openDialog(h('form', { method: 'dialog' },
      h('h2', { id: heading }, title),
      h('p', null, text),
      extra,
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button secondary', value: 'no' }, 'Cancel'),
        h('button', { class: ['button', danger ? 'danger' : 'primary'], value: 'yes', autofocus: true, onClick: () => { answer = true; } }, yes))),
    { labelledBy: heading, className: 'confirm', onClose: () => resolve(answer) });
    dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  });
}
