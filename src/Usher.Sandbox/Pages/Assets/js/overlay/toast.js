// A short word about something that did not work, which goes away by itself.
import { announce, h } from '../dom.js';
import { icon } from '../icons.js';

export function toast(text, kind = 'problem') {
  announce(text);
  const note = h('div', { class: `toast toast-${kind}` }, icon(kind === 'problem' ? 'warning' : 'check', 18), h('span', null, text));
  document.getElementById('overlays').append(note);
  setTimeout(() => note.remove(), 6000);
}

/** Runs a deed: its answer, true where it has none, or undefined when the box refuses, which is shown in its words. */
export async function attempt(deed) {
  try {
    return (await deed()) ?? true;
  } catch (refusal) {
    toast(refusal.code ? `${refusal.message} (${refusal.code})` : refusal.message);
    return undefined;
  }
}
