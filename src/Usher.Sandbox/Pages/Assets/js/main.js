// The page begins here: who you are comes from the address, what you may see from the box.
import * as api from './api.js';
import { mountConversation } from './chat/conversation.js';
import { announce } from './dom.js';
import { hold, listen, take } from './events.js';
import { closePopover } from './overlay/popover.js';
import { toast } from './overlay/toast.js';
import { mountChannels } from './shell/channel-list.js';
import { mountRail } from './shell/guild-rail.js';
import { mountMembers } from './shell/member-list.js';
import { mountSwitcher } from './shell/switcher.js';
import { changed, state } from './store.js';
import { keepRelativeTimesFresh } from './time.js';
import { followAddress, followLink, readAddress, writeAddress } from './url.js';

let reloading = null;

/** Reads everything you may see and shows it; several wishes at once are one. */
function reload() {
  reloading ??= read().finally(() => { reloading = null; });
  return reloading;
}

async function read() {
  hold();
  const person = state.wantedPerson;
  try {
    const snapshot = await api.readState();
    if (person === state.wantedPerson) take(snapshot);
  } catch (refusal) {
    state.connection = 'lost';
    changed('connection');
    toast(refusal.message);
  }
}

/** Becomes another person, in the same place if they can see it. */
async function become(person) {
  if (person === state.me?.username) return;
  closePopover();
  state.me = null;
  state.editing = null;
  state.wantedPerson = person;
  for (const known of [state.messages, state.typing, state.reads, state.interactions, state.drafts]) known.clear();
  await start();
  writeAddress();
  if (state.me) announce(`You are ${state.me.global_name ?? state.me.username}`);
}

async function start() {
  await listen(reload);
  await reload();
  document.body.dataset.ready = state.me?.username ?? '';
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');
  if (link && followLink(link.href)) event.preventDefault();
});
mountSwitcher(become);
mountRail();
mountChannels();
mountConversation();
mountMembers();
keepRelativeTimesFresh();
window.addEventListener('popstate', async () => {
  const { as } = readAddress();
  if (as && as !== state.me?.username) await become(as);
  followAddress();
});
// What lies over the conversation on a narrow window goes away with a touch beside it.
document.addEventListener('pointerdown', event => {
  if (document.body.classList.contains('sidebar-open') && event.target.closest('#main')) document.body.classList.remove('sidebar-open');
});

state.wantedPerson = readAddress().as;
await start();
writeAddress({ replace: true });
