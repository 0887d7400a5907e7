// Modals: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
import * as api from '../api.js';
import { h, uniqueId } from '../dom.js';
import { icon } from '../icons.js';
import { openDialog } from '../overlay/dialog.js';
import { avatar, displayName } from '../people.js';
import { currentGuild, state } from '../store.js';
import { field } from './fields.js';
import { Failed, run } from './run.js';
import { markdown } from '../markdown/render.js';

/** Shows a modal until it is sent or put away; what is wrong with it stands beside the question. */
export function openModal(modal, app, origin) {
  const heading = uniqueId('modal');
  const guild = currentGuild();
  const person = state.me.id;
  const fields = [];
  const rows = modal.components.map(component => renderRow(component, guild, fields));
  const problem = h('p', { class: 'modal-problem', role: 'alert', hidden: true });
  const submit = h('button', { type: 'submit', class: 'button primary' }, h('span', { class: 'button-face' }, 'Submit'));
  const form = h('form', { class: 'modal-form', novalidate: true, onSubmit: send },
    h('header', { class: 'modal-header' }, avatar(app, 32), h('h2', { id: heading }, modal.title),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', onClick: () => dialog.close() }, icon('close', 22))),
    h('div', { class: 'modal-body', tabindex: '-1' },
      h('p', { class: 'modal-notice' }, icon('warning', 16), h('span', null, 'This form will be submitted to ', h('strong', null, displayName(app, guild)), '. Do not share passwords or other sensitive information.')),
      rows, problem),
    h('footer', { class: 'modal-footer' }, h('button', { type: 'button', class: 'button secondary', onClick: () => dialog.close() }, 'Cancel'), submit));
  let sent = false;
  const dialog = openDialog(form, { className: 'modal', labelledBy: heading, onClose: () => sent || api.dismissModal(person).catch(() => {}) });
  fields[0]?.focus();

  async function send(event) {
    event.preventDefault();
    const wrong = fields.filter(entry => !entry.check());
    if (wrong.length) return wrong[0].focus();
    problem.hidden = true;
    submit.disabled = true;
    submit.classList.add('pending');
    const files = [];
    const components = rows.map((_, index) => answerOf(modal.components[index], fields, files)).filter(Boolean);
    const ended = await run({ type: 5, ...origin, data: { custom_id: modal.custom_id, components } }, files);
    submit.disabled = false;
    submit.classList.remove('pending');
    if (ended.outcome === 'done') {
      sent = true;
      return dialog.close();
    }
    problem.textContent = ended.message && ended.message !== Failed ? ended.message : 'Something went wrong. Try again.';
    problem.hidden = false;
    problem.scrollIntoView({ block: 'nearest' });
  }
}

function renderRow(component, guild, fields) {
  if (component.type === 10) return h('div', { class: 'modal-text' }, markdown(component.content, guild));
  if (component.type !== 18 && component.type !== 1) return null;
  const control = component.type === 18 ? component.component : component.components[0];
  const entry = field(control, { label: component.label ?? control.label, description: component.description, guild });
  fields.push(entry);
  return entry.element;
}

/** What a row answers: https://discord.com/developers/docs/components/reference#label-label-interaction-response-structure */
function answerOf(component, fields, files) {
  if (component.type === 10) return { type: 10, id: component.id };
  const control = component.type === 18 ? component.component : component.components?.[0];
  const entry = fields.find(candidate => candidate.control === control);
  if (!entry) return null;
  const answer = { type: control.type, id: control.id, custom_id: control.custom_id, ...entry.answer(files) };
  return component.type === 18 ? { type: 18, id: component.id, component: answer } : { type: 1, id: component.id, components: [answer] };
}
