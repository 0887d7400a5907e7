// A menu as the operating system would do it: arrows move, letters jump, Escape closes.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { closePopover, openPopover } from './popover.js';

/** Entries: `{ label, hint, icon, danger, checked, run }`, `{ heading }`, or null for a line. */
export function openMenu(anchor, entries, { label = 'Menu', ...options } = {}) {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, onKeydown: move }, entries.filter(entry => entry !== undefined).map(renderEntry));
  return openPopover(anchor, menu, options);
}

function renderEntry(entry) {
  if (entry === null) return h('div', { class: 'menu-line', role: 'separator' });
  if (entry.heading) return h('div', { class: 'menu-heading', role: 'presentation' }, entry.heading);
  const choosable = entry.checked !== undefined;
  return h('button', {
    type: 'button',
    class: ['menu-item', entry.danger && 'danger'],
    role: choosable ? 'menuitemcheckbox' : 'menuitem',
    'aria-checked': choosable ? String(entry.checked) : null,
    onClick() {
      closePopover();
      entry.run();
    },
  }, entry.leading, h('span', { class: 'menu-label' }, entry.label, entry.hint && h('small', null, entry.hint)),
  choosable ? h('span', { class: ['tick', entry.checked && 'on'] }, entry.checked && icon('check', 14)) : entry.icon && icon(entry.icon, 18));
}

function move(event) {
  const items = [...event.currentTarget.querySelectorAll('.menu-item')];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  let next = steps[event.key];
  if (next === undefined && event.key.length === 1 && /\S/.test(event.key)) {
    next = items.findIndex((item, index) => index > at && item.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
    if (next < 0) return;
  }
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
