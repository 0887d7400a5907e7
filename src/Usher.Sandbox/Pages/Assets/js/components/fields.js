// The questions of a modal. Each is `{ control, element, check(), answer(files), focus() }`.
import { h, uniqueId } from '../dom.js';
import { checkboxField, checkboxGroupField, radioField } from './choice-fields.js';
import { fileField } from './file-field.js';
import { picker } from './picker.js';

const Makers = { 3: selectField, 4: textField, 5: selectField, 6: selectField, 7: selectField, 8: selectField, 19: fileField, 21: radioField, 22: checkboxGroupField, 23: checkboxField };

export function field(control, { label, description, guild }) {
  const ids = { label: uniqueId('label'), input: uniqueId('input'), help: uniqueId('help'), problem: uniqueId('problem') };
  const required = control.type !== 23 && control.required !== false;
  const problem = h('span', { class: 'field-problem', id: ids.problem, role: 'alert' });
  let told = false;
  // What was told is taken back as soon as it is mended; before it was told, nobody is disturbed while they write.
  const changed = () => told && check();
  const made = Makers[control.type]?.(control, { ids, required, guild, label, changed }) ?? unknown(control);
  const labelled = made.group ? { id: ids.label } : { id: ids.label, for: ids.input };
  const element = h('div', { class: ['field', made.group && 'group'], role: made.group ?? null, 'aria-labelledby': made.group ? ids.label : null },
    h(made.group ? 'span' : 'label', { class: 'field-label', ...labelled }, label, required && h('span', { class: 'required', 'aria-hidden': 'true' }, ' *')),
    description && h('p', { class: 'field-help', id: ids.help }, description),
    made.element, problem);
  for (const event of ['input', 'change', 'click', 'drop']) element.addEventListener(event, changed);
  return { control, element, focus: made.focus, answer: made.answer, check };

  function check() {
    const wrong = made.wrong();
    told = !!wrong;
    problem.textContent = wrong ?? '';
    element.classList.toggle('invalid', told);
    made.mark?.(told, ids.problem);
    return !wrong;
  }
}

const unknown = control => ({ element: h('p', null, `A question of type ${control.type}`), wrong: () => null, answer: () => ({}), focus() {} });

function textField(control, { ids, required }) {
  const long = control.style === 2;
  const input = h(long ? 'textarea' : 'input', {
    id: ids.input, class: 'text-input', type: long ? null : 'text', rows: long ? 5 : null, placeholder: control.placeholder, value: control.value ?? '', maxlength: control.max_length ?? 4000,
    'aria-describedby': ids.help, 'aria-required': String(required), autocomplete: 'off',
    onInput: () => { counter.textContent = counted(); },
  });
  const most = control.max_length ?? 4000;
  const counted = () => (long || control.max_length ? `${input.value.length}/${most}` : '');
  const counter = h('span', { class: 'counter', 'aria-hidden': 'true' }, counted());
  return {
    element: h('div', { class: 'text-frame' }, input, counter),
    focus: () => input.focus(),
    answer: () => ({ value: input.value }),
    wrong() {
      if (required && !input.value.trim()) return 'This field is required.';
      if (input.value && control.min_length && input.value.length < control.min_length) return `Must be at least ${control.min_length} characters.`;
      return null;
    },
    mark(isWrong, problemId) {
      input.setAttribute('aria-invalid', String(isWrong));
      input.setAttribute('aria-describedby', isWrong ? problemId : ids.help);
    },
  };
}

function selectField(control, { ids, required, guild, label, changed }) {
  let values = (control.options ?? []).filter(option => option.default).map(option => option.value).concat((control.default_values ?? []).map(value => value.id));
  const least = required ? Math.max(1, control.min_values ?? 1) : control.min_values ?? 0;
  const element = picker({ ...control, min_values: required ? control.min_values : 0 }, { guild, label, labelledBy: ids.label, commit(chosen) { values = chosen; changed(); } });
  element.querySelector('button').id = ids.input;
  return {
    element,
    focus: () => element.querySelector('button').focus(),
    answer: () => ({ values }),
    wrong: () => (values.length === 0 && !required ? null : values.length < least ? (least === 1 ? 'Make a selection.' : `Choose at least ${least}.`) : null),
    mark: isWrong => element.querySelector('button').setAttribute('aria-invalid', String(isWrong)),
  };
}
