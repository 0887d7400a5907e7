// Where you write: text, files, a reply, or the beginning of a command.
import * as api from '../api.js';
import { h, renderInto, replaceChildren } from '../dom.js';
import { icon } from '../icons.js';
import { attempt } from '../overlay/toast.js';
import { avatar, displayName } from '../people.js';
import { isDirect, whySilent } from '../permissions.js';
import { changed, currentChannel, draftOf, guildOf, isMe, messagesOf, on, state } from '../store.js';
import { otherOf } from '../shell/dms.js';
import { toBottom } from '../chat/message-list.js';
import { edit, lastOwn } from '../chat/message-menu.js';
import * as candidates from './candidates.js';
import { chatCommands } from './commands.js';
import { openCommandForm } from './command-form.js';
import { wire } from './mentions.js';
import { applicationOf } from './run-command.js';
import { suggestions } from './suggestions.js';
import { fit, insert } from './textarea.js';
import { addFiles, mountDropping, releasePreviews, renderUploads } from './uploads.js';

const MostCharacters = 2000;
const TypingEvery = 8000;

let area;
let list;
let parts;
let shown = null;
let answered = null;
let toldTyping = 0;

export function mountComposer(frame) {
  const file = h('input', { type: 'file', multiple: true, hidden: true, onChange() {
    addFiles([...file.files]);
    file.value = '';
    area.focus();
  } });
  area = h('textarea', {
    class: 'composer-text', rows: 1, 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', spellcheck: 'true', dataset: { focus: 'composer' },
    onInput: typed, onKeydown: pressed, onPaste: pasted, onBlur: () => list.hide(), onClick: suggest,
  });
  list = suggestions(area);
  parts = {
    reply: h('div', { class: 'reply-bar', hidden: true }),
    uploads: h('div', { class: 'uploads-frame', hidden: true }),
    row: h('div', { class: 'composer-row' },
      h('button', { type: 'button', class: 'attach', 'aria-label': 'Attach files', onClick: () => file.click() }, icon('plusCircle', 24)), file, area,
      h('button', { type: 'button', class: 'send', 'aria-label': 'Send message', onClick: send }, icon('send'))),
    command: h('div', { class: 'command-frame', hidden: true }),
    counter: h('span', { class: 'composer-counter', 'aria-live': 'polite' }),
  };
  frame.append(list.element, h('div', { class: 'composer' }, Object.values(parts)));
  mountDropping();
  on('state view view-channel channels draft sending', draw);
  document.addEventListener('keydown', focusOnTyping);
}

function draw() {
  const channel = currentChannel();
  if (!channel) return;
  const draft = draftOf(channel.id);
  const silent = whySilent(channel);
  if (shown !== `${state.me.id}-${channel.id}`) {
    shown = `${state.me.id}-${channel.id}`;
    closeCommand();
    area.value = draft.text;
    list.hide();
    if (matchMedia('(hover: hover)').matches && !document.querySelector('dialog[open]')) area.focus({ preventScroll: true });
  }
  const place = isDirect(channel) ? `@${displayName(otherOf(channel), null)}` : channel.type >= 10 && channel.type <= 12 ? `"${channel.name}"` : `#${channel.name}`;
  area.placeholder = silent ?? `Message ${place}`;
  area.setAttribute('aria-label', silent ?? `Message ${place}`);
  area.disabled = !!silent;
  parts.row.classList.toggle('silent', !!silent);
  drawReply(draft, channel);
  parts.uploads.hidden = draft.files.length === 0;
  replaceChildren(parts.uploads, draft.files.length > 0 && renderUploads(draft));
  fit(area);
  count();
}

function drawReply(draft, channel) {
  const begins = draft.replyTo !== answered;
  answered = draft.replyTo;
  parts.reply.hidden = !draft.replyTo;
  if (!draft.replyTo) return;
  const { author } = draft.replyTo;
  const ping = draft.ping !== false;
  renderInto(parts.reply,
    h('span', null, 'Replying to ', h('strong', null, displayName(author, guildOf(channel)))),
    h('button', { type: 'button', class: ['reply-ping', ping && 'on'], 'aria-pressed': String(ping), dataset: { focus: 'reply-ping' }, onClick() {
      draft.ping = !ping;
      changed('draft');
      area.focus();
    } }, icon('at', 14), ping ? 'ON' : 'OFF'),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Stop replying', dataset: { focus: 'reply-stop' }, onClick() {
      draft.replyTo = null;
      changed('draft');
      area.focus();
    } }, icon('close', 16)));
  if (begins && !document.activeElement?.closest('dialog, .editor')) area.focus();
}

function typed() {
  const channel = currentChannel();
  draftOf(channel.id).text = area.value;
  fit(area);
  count();
  list.reset();
  suggest();
  if (area.value && !area.value.startsWith('/') && Date.now() - toldTyping > TypingEvery) {
    toldTyping = Date.now();
    api.startTyping(channel.id).catch(() => {});
  }
}

function count() {
  const left = MostCharacters - area.value.length;
  parts.counter.textContent = left < 200 ? String(left) : '';
  parts.counter.classList.toggle('over', left < 0);
}

/** Offers what the word before the caret may become. */
function suggest() {
  const channel = currentChannel();
  const guild = guildOf(channel);
  const before = area.value.slice(0, area.selectionStart);
  if (/^\/[^\n]*$/.test(area.value)) return suggestCommands(area.value.slice(1).toLowerCase(), channel);
  const match = /(?:^|\s)([@#]|:(?=\w{2}))([^\s@#:]*)$/.exec(before);
  if (!match) return list.hide();
  const wanted = match[2].toLowerCase();
  const from = before.length - match[2].length - 1;
  const found = match[1] === '@' ? [...candidates.people(wanted, guild, channel), ...candidates.roles(wanted, guild, channel)]
    : match[1] === '#' ? candidates.channels(wanted, guild) : candidates.emoji(wanted);
  const titles = { '@': 'Members', '#': 'Text channels', ':': 'Emoji' };
  list.show(titles[match[1]], found.map(entry => ({ ...entry, choose: () => complete(entry, from, channel) })));
}

function complete(entry, from, channel) {
  if (entry.token !== entry.word) draftOf(channel.id).mentions.set(entry.word, entry.token);
  list.hide();
  insert(area, from, area.selectionStart, `${entry.word} `);
  list.hide();
  area.focus();
}

function suggestCommands(wanted, channel) {
  const found = chatCommands(channel).filter(entry => entry.name.startsWith(wanted.trimEnd()) || (wanted && entry.name.includes(wanted.trimEnd()))).slice(0, 25);
  list.show(wanted ? `Commands matching /${wanted.trim()}` : 'Commands', found.map(entry => ({
    leading: avatar(applicationOf(entry.command), 28),
    label: [h('strong', null, `/${entry.name}`), ...entry.options.filter(option => option.required).map(option => h('span', { class: 'option-hint' }, option.name))],
    description: entry.description, aside: entry.applicationName, choose: () => beginCommand(entry, channel),
  })));
}

function beginCommand(entry, channel) {
  list.hide();
  area.value = '';
  draftOf(channel.id).text = '';
  parts.row.hidden = true;
  parts.command.hidden = false;
  openCommandForm(parts.command, list, entry, channel, () => {
    closeCommand();
    area.focus();
  });
}

function closeCommand() {
  parts.row.hidden = false;
  parts.command.hidden = true;
  parts.command.replaceChildren();
  list.hide();
}

function pressed(event) {
  if (event.isComposing || list.key(event)) return;
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === 'ArrowUp' && !area.value) {
    const own = lastOwn(messagesOf(currentChannel().id).list);
    if (!own) return;
    event.preventDefault();
    edit(own);
  } else if (event.key === 'Escape') {
    const draft = draftOf(currentChannel().id);
    if (draft.replyTo) draft.replyTo = null;
    else toBottom();
    changed('draft');
  }
}

async function send() {
  const person = state.me;
  const channel = currentChannel();
  const draft = draftOf(channel.id);
  const content = wire(area.value, draft.mentions, guildOf(channel)).trim();
  if ((!content && !draft.files.length) || area.disabled) return;
  if (content.length > MostCharacters) return;
  const sent = { content, files: draft.files, replyTo: draft.replyTo?.id, ping: draft.ping !== false };
  const kept = { ...draft, mentions: new Map(draft.mentions) };
  Object.assign(draft, { text: '', files: [], replyTo: null, ping: true, mentions: new Map() });
  area.value = '';
  toldTyping = 0;
  changed('draft');
  toBottom();
  if (await attempt(() => api.sendMessage(channel.id, sent)) || !isMe(person)) {
    releasePreviews(kept.files);
    return;
  }
  // What was refused comes back, unless something else has been begun meanwhile.
  if (draft.text || draft.files.length) return;
  Object.assign(draft, kept);
  if (currentChannel()?.id === channel.id) area.value = kept.text;
  changed('draft');
}

function pasted(event) {
  const files = [...event.clipboardData.files];
  if (!files.length) return;
  event.preventDefault();
  addFiles(files);
}

/** Whoever just types means the composer, as in Discord. */
function focusOnTyping(event) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ') return;
  if (event.target.closest?.('input, textarea, select, dialog, [role="menu"], [role="listbox"], .box, button') || document.querySelector('dialog[open]')) return;
  if (!parts.command.hidden || area.disabled) return;
  area.focus();
}
