// Filling in a slash command: one small field for each option, required ones at once, the others on demand.
// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
import * as api from '../api.js';
import { h, replaceChildren, uniqueId } from '../dom.js';
import { icon } from '../icons.js';
import { avatar } from '../people.js';
import { guildOf } from '../store.js';
import * as candidates from './candidates.js';
import { OptionType, commandData } from './commands.js';
import { applicationOf, runCommand } from './run-command.js';

export function openCommandForm(container, list, entry, channel, close) {
  const app = applicationOf(entry.command);
  const fields = entry.options.filter(option => option.required).map(make);
  const hint = h('p', { class: 'command-hint', 'aria-live': 'polite' });
  const form = h('form', { class: 'command-form', novalidate: true, onSubmit: send, onKeydown: pressed });
  replaceChildren(container, hint, form);
  draw();
  (fields[0]?.input ?? form.querySelector('[type="submit"]')).focus();

  function make(option) {
    const guild = guildOf(channel);
    const id = uniqueId('option');
    const field = { option, value: null, input: null };
    if (option.type === OptionType.attachment) {
      field.input = h('input', { type: 'file', id, onChange: () => { [field.file] = field.input.files; } });
      return field;
    }
    field.input = h('input', {
      type: 'text', id, autocomplete: 'off', role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-required': String(!!option.required), size: 4,
      onInput() {
        field.value = null;
        field.input.size = Math.max(4, field.input.value.length);
        field.element?.classList.remove('wrong');
        list.reset();
        offer(field, guild);
      },
      onFocus: () => {
        hint.textContent = `${option.name} · ${option.description ?? ''}`;
        offer(field, guild);
      },
      onBlur: () => list.hide(),
    });
    return field;
  }

  function draw() {
    const optional = entry.options.filter(option => !fields.some(field => field.option === option));
    hint.textContent = entry.description ?? '';
    replaceChildren(form,
      h('span', { class: 'command-title' }, avatar(app, 24), `/${entry.name}`),
      fields.map(field => {
        field.element = h('span', { class: 'command-option' }, h('label', { for: field.input.id }, field.option.name), field.input);
        return field.element;
      }),
      optional.map(option => h('button', { type: 'button', class: 'command-more', title: option.description, onClick: () => add(option) }, `+ ${option.name}`)),
      h('span', { class: 'command-end' },
        h('button', { type: 'submit', class: 'icon-button', 'aria-label': 'Run command' }, icon('send')),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Cancel command', onClick: close }, icon('close'))));
  }

  function add(option) {
    const field = make(option);
    fields.push(field);
    draw();
    field.input.focus();
  }

  async function offer(field, guild) {
    const { option } = field;
    const wanted = field.input.value.trim().replace(/^[@#]/, '').toLowerCase();
    const found = option.autocomplete ? await ask(field) : offersFor(option, wanted, guild, channel);
    if (document.activeElement !== field.input) return;
    list.show(option.name, found.map(offered => ({ ...offered, choose: () => take(field, offered) })), field.input);
    if (!found.length) list.hide();
  }

  function take(field, offered) {
    field.value = offered.value;
    field.input.value = offered.name;
    field.input.size = Math.max(4, offered.name.length);
    field.element.classList.remove('wrong');
    list.hide();
    const next = fields[fields.indexOf(field) + 1];
    if (next) next.input.focus();
    else list.hide();
  }

  async function ask(field) {
    const values = fields.map(other => ({ type: other.option.type, name: other.option.name, value: other.value ?? other.input.value, ...(other === field && { focused: true }) }));
    try {
      const answer = await api.autocomplete({ type: 4, channel_id: channel.id, data: commandData(entry, values) });
      return (answer?.choices ?? []).map(choice => ({ value: choice.value, name: choice.name, label: choice.name }));
    } catch {
      return [];
    }
  }

  function pressed(event) {
    if (event.isComposing || list.key(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Backspace' && event.target.value === '' && event.target.tagName === 'INPUT') {
      const at = fields.findIndex(field => field.input === event.target);
      if (at <= 0) return close();
      event.preventDefault();
      if (!fields[at].option.required) {
        fields.splice(at, 1);
        draw();
      }
      fields[at - 1].input.focus();
    }
  }

  async function send(event) {
    event.preventDefault();
    list.hide();
    const files = [];
    const values = [];
    for (const field of fields) {
      const read = readValue(field, guildOf(channel), channel, files);
      if (read.problem) {
        field.element.classList.add('wrong');
        hint.textContent = `${field.option.name}: ${read.problem}`;
        return field.input.focus();
      }
      if (read.value !== null) values.push({ type: field.option.type, name: field.option.name, value: read.value });
    }
    close();
    await runCommand(commandData(entry, values), app, files);
  }
}

function offersFor(option, wanted, guild, channel) {
  const byName = choices => choices.filter(choice => choice.name.toLowerCase().includes(wanted)).slice(0, 25);
  const ids = found => found.map(entry => ({ ...entry, value: entry.id }));
  switch (option.type) {
    case OptionType.boolean: return byName([{ value: true, name: 'True', label: 'True' }, { value: false, name: 'False', label: 'False' }]);
    case OptionType.user: return ids(candidates.people(wanted, guild, channel));
    case OptionType.role: return ids(allRoles(wanted, guild));
    case OptionType.channel: return ids(candidates.channels(wanted, guild).filter(entry => !option.channel_types || option.channel_types.includes(guild.channels.get(entry.id).type)));
    case OptionType.mentionable: return ids([...candidates.people(wanted, guild, channel), ...allRoles(wanted, guild)]);
    default: return byName((option.choices ?? []).map(choice => ({ value: choice.value, name: choice.name, label: choice.name })));
  }
}

const allRoles = (wanted, guild) => [...(guild?.roles.values() ?? [])].filter(role => role.name.toLowerCase().includes(wanted)).slice(0, 10).map(role => ({ id: role.id, name: role.name, label: `@${role.name}` }));

/** The value of a field as Discord takes it, or what is wrong with it. */
function readValue(field, guild, channel, files) {
  const { option } = field;
  if (option.type === OptionType.attachment) {
    if (!field.file) return option.required ? { problem: 'add a file' } : { value: null };
    return { value: String(files.push(field.file) - 1) };
  }
  const text = field.input.value.trim();
  if (!text) return option.required ? { problem: 'this option is required' } : { value: null };
  if (field.value !== null) return { value: field.value };
  if (option.type === OptionType.string && !option.choices?.length) {
    if (option.min_length && text.length < option.min_length) return { problem: `at least ${option.min_length} characters` };
    return option.max_length && text.length > option.max_length ? { problem: `at most ${option.max_length} characters` } : { value: text };
  }
  if ((option.type === OptionType.integer || option.type === OptionType.number) && !option.choices?.length) return readNumber(option, text);
  const offered = offersFor(option, text.replace(/^[@#]/, '').toLowerCase(), guild, channel);
  return offered.length === 1 ? { value: offered[0].value } : { problem: 'choose one from the list' };
}

function readNumber(option, text) {
  const value = Number(text);
  if (Number.isNaN(value) || (option.type === OptionType.integer && !Number.isInteger(value))) return { problem: option.type === OptionType.integer ? 'a whole number' : 'a number' };
  if (option.min_value !== undefined && value < option.min_value) return { problem: `at least ${option.min_value}` };
  return option.max_value !== undefined && value > option.max_value ? { problem: `at most ${option.max_value}` } : { value };
}
