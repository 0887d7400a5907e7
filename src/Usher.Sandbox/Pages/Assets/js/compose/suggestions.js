// The list above the composer: people, roles, channels, emoji or commands that fit what is being typed.
import { h, replaceChildren, uniqueId } from '../dom.js';

/** A listbox steered from a text field: `show(title, entries)`, `hide()`, and `key(event)` that says whether it took the key. */
export function suggestions(owner) {
  const id = uniqueId('suggestions');
  const element = h('div', { class: 'suggestions', hidden: true });
  let entries = [];
  let at = 0;
  let field = owner;

  function show(title, found, forField = owner) {
    field = forField;
    if (!found.length) return hide();
    entries = found;
    at = Math.min(at, found.length - 1);
    element.hidden = false;
    field.setAttribute('aria-controls', id);
    expand(true);
    draw(title);
  }

  // A text area is no combobox and may not say that it is expanded.
  function expand(open) {
    if (field.getAttribute('role') === 'combobox') field.setAttribute('aria-expanded', String(open));
  }

  function draw(title) {
    replaceChildren(element, h('p', { class: 'suggestions-title' }, title), h('div', { role: 'listbox', id, 'aria-label': title, class: 'suggestions-list', tabindex: '-1' }, entries.map((entry, index) =>
      h('div', {
        class: ['suggestion', index === at && 'on'], role: 'option', id: `${id}-${index}`, 'aria-selected': String(index === at),
        onPointerdown: event => event.preventDefault(), onClick: () => entry.choose(),
        onPointermove: () => index !== at && select(index),
      }, entry.leading, h('span', { class: 'suggestion-words' }, h('span', { class: 'suggestion-name' }, entry.label), entry.description && h('small', null, entry.description)),
      entry.aside && h('span', { class: 'suggestion-aside' }, entry.aside)))));
    mark();
  }

  function select(index) {
    at = (index + entries.length) % entries.length;
    mark();
  }

  function mark() {
    element.querySelectorAll('.suggestion').forEach((option, index) => {
      option.classList.toggle('on', index === at);
      option.setAttribute('aria-selected', String(index === at));
      if (index === at) option.scrollIntoView({ block: 'nearest' });
    });
    field.setAttribute('aria-activedescendant', `${id}-${at}`);
  }

  function hide() {
    if (element.hidden) return;
    element.hidden = true;
    entries = [];
    at = 0;
    element.replaceChildren();
    field.removeAttribute('aria-activedescendant');
    field.removeAttribute('aria-controls');
    expand(false);
  }

  function key(event) {
    if (element.hidden) return false;
    if (event.key === 'ArrowDown') select(at + 1);
    else if (event.key === 'ArrowUp') select(at - 1);
    else if (event.key === 'Enter' || event.key === 'Tab') entries[at].choose();
    else if (event.key === 'Escape') hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { element, show, hide, key, get open() { return !element.hidden; }, reset() { at = 0; } };
}
