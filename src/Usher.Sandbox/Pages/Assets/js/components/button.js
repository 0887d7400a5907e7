// Buttons: https://discord.com/developers/docs/components/reference#button
import { h, safeUrl } from '../dom.js';
import { icon } from '../icons.js';
import { emoji } from '../markdown/render.js';
import { state } from '../store.js';
import { use } from './interaction.js';

const Styles = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link', 6: 'premium' };

export function renderButton(button, { message }) {
  const face = [button.emoji && emoji(button.emoji), button.label && h('span', { class: 'button-label' }, button.label)];
  const name = button.label ? null : button.emoji?.name;
  if (button.style === 5) {
    return h('a', {
      class: ['button', 'secondary', 'link-button', button.disabled && 'disabled'], href: button.disabled ? null : safeUrl(button.url), 'aria-label': name, role: button.disabled ? 'link' : null,
      'aria-disabled': button.disabled ? 'true' : null, target: '_blank', rel: 'noreferrer noopener',
    }, face, icon('external', 16));
  }
  const running = state.interactions.get(message.id);
  const pending = running?.custom_id === button.custom_id;
  return h('button', {
    type: 'button', class: ['button', Styles[button.style] ?? 'secondary', pending && 'pending'], disabled: !!button.disabled, 'aria-busy': pending ? 'true' : null,
    'aria-label': name, dataset: { focus: `${message.id}-${button.custom_id}` },
    onClick: () => use(message, { component_type: 2, custom_id: button.custom_id }),
  }, h('span', { class: 'button-face' }, face), pending && h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')));
}
