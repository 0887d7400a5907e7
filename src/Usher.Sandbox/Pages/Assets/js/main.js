// The page begins here: who you are comes from the address, what you may see from the box.
import * as api from './api.js';
import { mountConversation } from './chat/conversation.js';
import { announce } from './dom.js';
import { hold, listen, take, tellConnection } from './events.js';
import { closeDialogs } from './overlay/dialog.js';
import { closePopover } from './overlay/popover.js';
import { toast } from './overlay/toast.js';
import { mountChannels } from './shell/channel-list.js';
import { mountRail } from './shell/guild-rail.js';
import { mountMembers } from './shell/member-list.js';
import { mountSwitcher } from './shell/switcher.js';
import { state } from './store.js';
import { keepRelativeTimesFresh } from './time.js';
import { followAddress, followLink, readAddress, writeAddress } from './url.js';

const RetryAfter = 2000;

let reading = null;
let onceMore = false;
let stopWaiting = () => {};

/** Reads everything you may see and shows it. What is under way may be older than the wish, or another person's: then it is read once more. */
function reload() {
  if (reading) {
    onceMore = true;
    stopWaiting();
  }
  reading ??= readUntilFresh();
  return reading;
}

async function readUntilFresh() {
  try {
    do {
      onceMore = false;
      await read();
    } while (onceMore);
  } finally {
    reading = null;
  }
}

async function read() {
  hold();
  const person = state.wantedPerson;
  const snapshot = await api.readState().catch(complain);
  if (!snapshot) {
    onceMore = true;
    await new Promise(resolve => {
      stopWaiting = resolve;
      setTimeout(resolve, RetryAfter);
    });
  } else if (person === state.wantedPerson) {
    take(snapshot);
    tellConnection();
    document.body.dataset.ready = state.me.username;
  }
}

/** Says once what is wrong, however often it is tried. */
function complain(refusal) {
  if (state.connection !== 'lost') toast(refusal.message);
  tellConnection('lost');
}

/** Becomes another person, in the same place if they can see it. */
async function become(person) {
  if (person === state.me?.username) return;
  closePopover();
  closeDialogs();
  state.me = null;
  state.editing = null;
  state.edited = null;
  state.wantedPerson = person;
  for (const known of [state.messages, state.typing, state.reads, state.interactions, state.drafts]) known.clear();
  await start();
  if (person !== state.wantedPerson) return;
  writeAddress();
  announce(`You are ${state.me.global_name ?? state.me.username}`);
}

async function start() {
  const person = state.wantedPerson;
  await listen(reload);
  if (person === state.wantedPerson) await reload();
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
  if (state.me) followAddress();
});
// What lies over the conversation on a narrow window goes away with a touch beside it.
document.addEventListener('pointerdown', event => {
  if (document.body.classList.contains('sidebar-open') && event.target.closest('#main')) document.body.classList.remove('sidebar-open');
});

state.wantedPerson = readAddress().as;
await start();
writeAddress({ replace: true });
