// Select menus in a message: choosing sends. https://discord.com/developers/docs/components/reference#string-select
import { state } from '../store.js';
import { use } from './interaction.js';
import { picker } from './picker.js';

export function messageSelect(select, { message, channel, guild }) {
  const pending = state.interactions.get(message.id)?.custom_id === select.custom_id;
  return picker(select, {
    guild, channel, pending,
    disabled: !!select.disabled,
    focusKey: `${message.id}-${select.custom_id}`,
    label: select.placeholder || 'Make a selection',
    commit: values => use(message, { component_type: select.type, custom_id: select.custom_id, values }),
  });
}
