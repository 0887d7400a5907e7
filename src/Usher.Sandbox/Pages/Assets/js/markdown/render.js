// Parsed markdown to elements. Names are looked up when drawn, so a renamed channel shows its new name.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { colourText, displayName } from '../people.js';
import { findChannel, findUser, state } from '../store.js';
import { full, styled } from '../time.js';
import { openChannel } from '../url.js';
import { parseBlocks } from './blocks.js';
import { parseInline } from './inline.js';

// The gap stands on one side of an emoji only: with two ways to part a line, a long one is tried in all of them.
const OnlyEmoji = /^\s*(?:(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*|\p{Regional_Indicator}{2})\s*){1,27}$/u;

/** A whole message or text display. `guild` is where names are looked up; null in a direct message. */
export function markdown(text, guild) {
  const big = OnlyEmoji.test(text);
  return h('div', { class: ['markdown', big && 'jumbo'] }, parseBlocks(text).map(block => renderBlock(block, guild)));
}

/** One line without blocks: a topic, a field's name, a placeholder. */
export function inlineMarkdown(text, guild) {
  return parseInline(text).map(span => renderSpan(span, guild));
}

/** What a message says without its markup, for previews and for listeners. */
export function plainText(text, guild) {
  const holder = h('div', null, parseInline(text.replace(/```[\w+#.-]*\n?|^>{1,3} |^#{1,3} |^-# /gm, '')).map(span => renderSpan(span, guild)));
  return holder.textContent.replace(/\s+/g, ' ').trim();
}

function renderBlock(block, guild) {
  const children = () => block.children.map(child => (child.type && Blocks.has(child.type) ? renderBlock(child, guild) : renderSpan(child, guild)));
  switch (block.type) {
    case 'codeblock': return h('pre', { tabindex: '0' }, h('code', { class: block.language ? `language-${block.language.replace(/\W/g, '')}` : null }, block.text));
    case 'quote': return h('blockquote', null, children());
    case 'heading': return h('div', { class: `heading heading-${block.level}`, role: 'heading', 'aria-level': 3 }, children());
    case 'subtext': return h('small', { class: 'subtext' }, children());
    case 'list': return renderList(block, guild);
    default: return h('p', null, children());
  }
}

const Blocks = new Set(['codeblock', 'quote', 'heading', 'subtext', 'list', 'paragraph']);

function renderList(list, guild) {
  return h(list.ordered ? 'ol' : 'ul', list.ordered && list.start !== 1 ? { start: list.start } : null, list.items.map(item =>
    h('li', null, item.children.map(span => renderSpan(span, guild)), item.nested && renderList(item.nested, guild))));
}

function renderSpan(span, guild) {
  const children = () => span.children.map(child => renderSpan(child, guild));
  switch (span.type) {
    case 'text': return withBreaks(span.text);
    case 'bold': return h('strong', null, children());
    case 'italic': return h('em', null, children());
    case 'underline': return h('u', null, children());
    case 'strike': return h('s', null, children());
    case 'code': return h('code', { class: 'inline' }, span.text);
    case 'spoiler': return spoiler(children());
    case 'link': return h('a', { href: span.href, title: span.title, target: '_blank', rel: 'noreferrer noopener' }, children());
    case 'user': return userMention(span.id, guild);
    case 'role': return roleMention(span.id, guild);
    case 'channel': return channelMention(span.id);
    case 'command': return h('span', { class: 'mention' }, `/${span.name}`);
    case 'everyone': return h('span', { class: 'mention' }, span.text);
    case 'emoji': return emoji(span);
    case 'timestamp': return timestamp(span);
    default: return null;
  }
}

const withBreaks = text => text.split('\n').flatMap((line, index) => (index ? [h('br'), line] : [line]));

function spoiler(children) {
  const element = h('span', {
    class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Spoiler', 'aria-expanded': 'false',
    onClick: reveal, onKeydown: event => (event.key === 'Enter' || event.key === ' ') && reveal(event),
  }, h('span', { class: 'spoiler-content', 'aria-hidden': 'true' }, children));
  return element;
}

function reveal(event) {
  const element = event.currentTarget;
  if (element.classList.contains('revealed')) return;
  event.preventDefault();
  element.classList.add('revealed');
  element.removeAttribute('role');
  element.removeAttribute('tabindex');
  element.removeAttribute('aria-label');
  element.removeAttribute('aria-expanded');
  element.firstElementChild.removeAttribute('aria-hidden');
}

function userMention(id, guild) {
  const user = findUser(id);
  return h('span', { class: ['mention', id === state.me?.id && 'mine'], dataset: { user: id } }, user ? `@${displayName(user, guild)}` : '@unknown-user');
}

function roleMention(id, guild) {
  const role = guild?.roles.get(id);
  const colour = role?.color ? colourText(role.color) : null;
  return h('span', { class: ['mention', colour && 'coloured'], style: { '--role': colour } }, role ? (role.name.startsWith('@') ? role.name : `@${role.name}`) : '@unknown-role');
}

function channelMention(id) {
  const channel = findChannel(id);
  if (!channel) return h('span', { class: 'mention' }, icon('hashLock', 14), 'No Access');
  const shape = channel.type === 2 ? 'volume' : channel.type >= 10 ? 'thread' : 'hash';
  return h('button', { type: 'button', class: 'mention', onClick: () => openChannel(id) }, icon(shape, 14), channel.name ?? 'direct message');
}

export function emoji({ name, id }) {
  if (!id) return h('span', { class: 'emoji' }, name);
  const picture = [...state.guilds.values()].flatMap(guild => guild.emojis ?? []).find(own => own.id === id)?.picture;
  return picture ? h('span', { class: 'emoji', title: `:${name}:` }, picture) : h('span', { class: 'emoji-pill', title: `:${name}:` }, `:${name}:`);
}

function timestamp({ seconds, style }) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  return h('time', { datetime: date.toISOString(), title: full(date), class: 'timestamp', 'data-relative': style === 'R' }, styled(date, style));
}
