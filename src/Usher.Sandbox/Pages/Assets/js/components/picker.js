// The button and the list that every select is made of. One choice sends at once, several when the list closes.
import { h, replaceChildren, uniqueId } from '../dom.js';
import { icon } from '../icons.js';
import { closePopover, openPopover } from '../overlay/popover.js';
import { choicesOf } from './choices.js';

/** What was chosen last in each select, as long as its message stays as it is: the app need not echo it. */
const Remembered = new WeakMap();

/**
 * `options`: guild, channel, disabled, pending, label, focusKey, and `commit(values)`, which is told what was chosen.
 */
export function picker(select, options) {
  const least = select.min_values ?? 1;
  const most = select.max_values ?? 1;
  const choices = () => choicesOf(select, options.guild, options.channel);
  let chosen = Remembered.get(select) ?? choices().filter(choice => choice.default).map(choice => choice.value);
  let open = false;
  const name = options.labelledBy ? {} : { 'aria-label': options.label };
  const button = h('button', {
    type: 'button', class: ['select-button', options.pending && 'pending'], role: 'combobox', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', ...name, 'aria-labelledby': options.labelledBy,
    'aria-describedby': options.describedBy, disabled: options.disabled, 'aria-busy': options.pending ? 'true' : null, dataset: { focus: options.focusKey ?? '', custom: select.custom_id },
    onClick: toggle,
    onKeydown(event) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      if (!open) toggle();
    },
  });
  drawFace();
  const frame = h('div', { class: 'select' }, button);

  function drawFace() {
    const shown = choices().filter(choice => chosen.includes(choice.value));
    const several = most > 1 && select.type !== 3;
    replaceChildren(button,
      shown.length === 0 ? h('span', { class: 'select-placeholder' }, select.placeholder || 'Make a selection')
        : h('span', { class: 'select-chosen' }, shown.map((choice, index) => [index > 0 && !several && h('span', null, ', '), h('span', { class: several ? 'select-pill' : 'select-value' }, choice.leading?.cloneNode(true), choice.label)])),
      options.pending ? h('span', { class: 'spinner', 'aria-hidden': 'true' }) : icon('chevron', 20));
  }

  function toggle() {
    if (open) return closePopover();
    open = true;
    button.setAttribute('aria-expanded', 'true');
    const before = [...chosen];
    let picked = false;
    const listId = uniqueId('list');
    const searchable = select.type !== 3;
    const list = h('div', { class: 'select-list', role: 'listbox', id: listId, 'aria-label': options.label, 'aria-multiselectable': most > 1 ? 'true' : null, tabindex: '-1' });
    const search = searchable && h('input', { class: 'select-search', type: 'text', placeholder: 'Search', 'aria-label': 'Search', 'aria-controls': listId, autofocus: true, onInput: fill });
    const warning = h('p', { class: 'select-note', hidden: true, role: 'status' });
    button.setAttribute('aria-controls', listId);
    openPopover(button, h('div', { class: 'select-popover', onKeydown: move }, search, list, warning), { match: true, focus: false, keep: true, onClose: closed });
    fill();
    (search || list.querySelector('[aria-selected="true"]') || list.firstElementChild || list).focus({ preventScroll: true });

    function fill() {
      const wanted = (search?.value ?? '').trim().toLowerCase();
      const found = choices().filter(choice => !wanted || choice.label.toLowerCase().includes(wanted) || choice.description?.toLowerCase().includes(wanted));
      replaceChildren(list, found.length ? found.map(renderChoice) : h('p', { class: 'select-none' }, 'No results found'));
    }

    function renderChoice(choice) {
      const isChosen = chosen.includes(choice.value);
      return h('div', { class: 'select-option', role: 'option', 'aria-selected': String(isChosen), tabindex: '-1', dataset: { value: choice.value }, onClick: () => pick(choice.value) },
        choice.leading?.cloneNode(true), h('span', { class: 'select-words' }, h('span', null, choice.label), choice.description && h('small', null, choice.description)),
        most > 1 ? h('span', { class: ['tick', isChosen && 'on'], 'aria-hidden': 'true' }, isChosen && icon('check', 14)) : isChosen && h('span', { class: 'radio-on', 'aria-hidden': 'true' }));
    }

    function pick(value) {
      if (most === 1) {
        chosen = chosen.includes(value) && least === 0 ? [] : [value];
        picked = true;
        return closePopover();
      }
      if (chosen.includes(value)) chosen = chosen.filter(other => other !== value);
      else if (chosen.length < most) chosen = [...chosen, value];
      else return say(`You can choose at most ${most}.`);
      say(chosen.length < least ? `Choose at least ${least}.` : '');
      fill();
      list.querySelector(`[data-value="${CSS.escape(value)}"]`)?.focus();
      drawFace();
    }

    function say(text) {
      warning.hidden = !text;
      warning.textContent = text;
    }

    function move(event) {
      const items = [...list.querySelectorAll('.select-option')];
      const at = items.indexOf(document.activeElement);
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        items.at(event.key === 'ArrowDown' ? (at + 1) % items.length : at < 0 ? -1 : at - 1)?.focus();
      } else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) {
        event.preventDefault();
        pick(items[at].dataset.value);
      } else if (event.key === 'Enter' && items.length) {
        event.preventDefault();
        pick(items[0].dataset.value);
      } else if (event.key === 'Tab') {
        closePopover();
      }
    }

    function closed() {
      open = false;
      button.setAttribute('aria-expanded', 'false');
      button.removeAttribute('aria-controls');
      const same = chosen.length === before.length && chosen.every(value => before.includes(value));
      if (chosen.length > 0 && chosen.length < least) chosen = before;
      else if (picked || !same) {
        Remembered.set(select, chosen);
        options.commit(chosen);
      }
      drawFace();
      button.focus({ preventScroll: true });
    }
  }

  return frame;
}
