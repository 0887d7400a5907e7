// Radio groups, checkbox groups and single checkboxes: https://discord.com/developers/docs/components/reference#radio-group
import { h } from '../dom.js';
import { icon } from '../icons.js';

function option(kind, name, { label, description, value, default: on }) {
  return h('label', { class: 'choice' },
    h('input', { type: kind, name, value, checked: !!on }),
    h('span', { class: `choice-mark ${kind}`, 'aria-hidden': 'true' }, kind === 'checkbox' && icon('check', 16)),
    h('span', { class: 'choice-words' }, h('span', null, label), description && h('small', null, description)));
}

const inputs = element => [...element.querySelectorAll('input')];

export function radioField(control, { ids, required }) {
  const element = h('div', { class: 'choices' }, control.options.map(entry => option('radio', ids.input, entry)));
  const chosen = () => inputs(element).find(input => input.checked)?.value ?? null;
  return {
    group: 'radiogroup', element,
    focus: () => (inputs(element).find(input => input.checked) ?? inputs(element)[0]).focus(),
    answer: () => ({ value: chosen() }),
    wrong: () => (required && chosen() === null ? 'Choose one.' : null),
  };
}

export function checkboxGroupField(control, { ids, required }) {
  const element = h('div', { class: 'choices' }, control.options.map(entry => option('checkbox', ids.input, entry)));
  const chosen = () => inputs(element).filter(input => input.checked).map(input => input.value);
  const least = required ? Math.max(1, control.min_values ?? 1) : control.min_values ?? 0;
  const most = control.max_values ?? control.options.length;
  return {
    group: 'group', element,
    focus: () => inputs(element)[0].focus(),
    answer: () => ({ values: chosen() }),
    wrong() {
      const count = chosen().length;
      if (count === 0 && !required) return null;
      if (count < least) return least === 1 ? 'Choose at least one.' : `Choose at least ${least}.`;
      return count > most ? `Choose at most ${most}.` : null;
    },
  };
}

export function checkboxField(control, { ids, label }) {
  const input = h('input', { type: 'checkbox', id: ids.input, checked: !!control.default });
  const element = h('span', { class: 'choice lone', onClick: event => event.target !== input && input.click() }, input, h('span', { class: 'choice-mark checkbox', 'aria-hidden': 'true' }, icon('check', 16)), h('span', { class: 'choice-words', 'aria-hidden': 'true' }, label));
  return { element, focus: () => input.focus(), answer: () => ({ value: input.checked }), wrong: () => null };
}
