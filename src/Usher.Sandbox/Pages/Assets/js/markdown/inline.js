// Discord's markdown within a line. Each rule is tried at the current place, in this order; what none takes is text.
// Mentions and timestamps: https://discord.com/developers/docs/reference#message-formatting

const Rules = [
  ['escape', /^\\([^0-9A-Za-z\s])/, match => ({ type: 'text', text: match[1] })],
  ['code', /^(`{1,2})(?!`)([\s\S]*?[^`])\1(?!`)/, match => ({ type: 'code', text: match[2].trim() || match[2] })],
  ['masked', /^\[((?:\\[\s\S]|[^[\]\\])+)\]\(\s*<?(https?:\/\/[^\s<>()]*(?:\([^\s()<>]*\)[^\s<>()]*)*)>?(?:\s+"([^"]*)")?\s*\)/,
    (match, depth) => ({ type: 'link', href: match[2], title: match[3] ?? null, children: parseInline(match[1], depth + 1, true) })],
  // A link to a channel of Discord's stands as the channel's name.
  ['place', /^<?https:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/channels\/\d{1,20}\/(\d{1,20})(?![\d/])>?/, match => ({ type: 'channel', id: match[1] })],
  ['autolink', /^<(https?:\/\/[^\s<>]+)>/, match => link(match[1])],
  ['url', /^https?:\/\/[^\s<]+[^\s<.,:;"'\])]/, match => link(match[0])],
  ['user', /^<@!?(\d{1,20})>/, match => ({ type: 'user', id: match[1] })],
  ['role', /^<@&(\d{1,20})>/, match => ({ type: 'role', id: match[1] })],
  ['channel', /^<#(\d{1,20})>/, match => ({ type: 'channel', id: match[1] })],
  ['command', /^<\/([^:<>\n]{1,100}):(\d{1,20})>/, match => ({ type: 'command', name: match[1], id: match[2] })],
  ['emoji', /^<(a?):(\w{2,32}):(\d{1,20})>/, match => ({ type: 'emoji', name: match[2], id: match[3] })],
  ['timestamp', /^<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/, match => ({ type: 'timestamp', seconds: Number(match[1]), style: match[2] ?? 'f' })],
  ['everyone', /^@(everyone|here)\b/, match => ({ type: 'everyone', text: match[0] })],
  ['bold', /^\*\*((?:\\[\s\S]|\*(?!\*)|[^\\*])+)\*\*(?!\*)/, nested('bold')],
  ['boldItalic', /^\*\*\*((?:\\[\s\S]|[^\\*])+)\*\*\*/, (match, depth) => ({ type: 'bold', children: [{ type: 'italic', children: parseInline(match[1], depth + 1) }] })],
  ['underline', /^__((?:\\[\s\S]|_(?!_)|[^\\_])+)__(?!_)/, nested('underline')],
  ['italic', /^\*(?![\s*])((?:\\[\s\S]|\*\*(?:\\[\s\S]|[^\\*])+\*\*|[^\\*])+)\*(?!\*)/, nested('italic')],
  ['italic', /^_((?:\\[\s\S]|__(?:\\[\s\S]|[^\\_])+__|[^\\_])+)_(?!\w)/, nested('italic')],
  ['strike', /^~~((?:\\[\s\S]|~(?!~)|[^\\~])+)~~/, nested('strike')],
  ['spoiler', /^\|\|((?:\\[\s\S]|\|(?!\|)|[^\\|])+)\|\|/, nested('spoiler')],
];

const MaxDepth = 8;
const NextSpecial = /[\\`*_~|<[@]|https?:\/\//;

function nested(type) {
  return (match, depth) => ({ type, children: parseInline(match[1], depth + 1) });
}

const link = href => ({ type: 'link', href, title: null, children: [{ type: 'text', text: href }] });

/** Parses a run of text into `{ type, … }` spans. */
export function parseInline(text, depth = 0, insideLink = false) {
  const spans = [];
  const push = piece => {
    const last = spans.at(-1);
    if (last?.type === 'text') last.text += piece;
    else spans.push({ type: 'text', text: piece });
  };
  let rest = text;
  let before = '';
  while (rest) {
    const found = depth < MaxDepth ? firstRule(rest, before, insideLink) : null;
    if (found) {
      const span = found.make(found.match, depth);
      if (span.type === 'text') push(span.text);
      else spans.push(span);
      before = found.match[0].at(-1);
      rest = rest.slice(found.match[0].length);
      continue;
    }
    const next = rest.slice(1).search(NextSpecial);
    const length = next < 0 ? rest.length : next + 1;
    push(rest.slice(0, length));
    before = rest[length - 1];
    rest = rest.slice(length);
  }
  return spans;
}

function firstRule(rest, before, insideLink) {
  for (const [name, pattern, make] of Rules) {
    if (insideLink && (name === 'url' || name === 'autolink' || name === 'masked' || name === 'place')) continue;
    // An underscore inside a word is a letter: snake_case stays as it is.
    if (name === 'italic' && rest[0] === '_' && /\w/.test(before)) continue;
    const match = pattern.exec(rest);
    if (match) return { match, make };
  }
  return null;
}
