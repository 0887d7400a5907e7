// Discord's markdown, block by block: text in, plain data out. No document is touched here.
import { parseInline } from './inline.js';

const Fence = /^```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```/;
const Heading = /^(#{1,3})\s+(.+)$/;
const Subtext = /^-#\s+(.+)$/;
const Item = /^(\s*)(?:([-*])|(\d{1,9})\.)\s+(.*)$/;

/** Parses a message: a list of `{ type, … }` blocks, each with inline children or blocks of its own. */
export function parseBlocks(text, depth = 0) {
  const blocks = [];
  for (const piece of splitFences(text)) {
    if (piece.code !== undefined) blocks.push({ type: 'codeblock', language: piece.language, text: piece.code });
    else parseLines(piece.text.split('\n'), blocks, depth);
  }
  return blocks;
}

function splitFences(text) {
  const pieces = [];
  let plain = '';
  let rest = text;
  while (rest) {
    const at = rest.indexOf('```');
    const match = at >= 0 ? Fence.exec(rest.slice(at)) : null;
    if (!match || !match[2].trim()) {
      const take = at >= 0 ? at + 3 : rest.length;
      plain += rest.slice(0, take);
      rest = rest.slice(take);
      continue;
    }
    plain += rest.slice(0, at);
    if (plain) pieces.push({ text: plain.replace(/\n$/, '') });
    plain = '';
    pieces.push({ language: match[1] ?? null, code: match[2] });
    rest = rest.slice(at + match[0].length).replace(/^\n/, '');
  }
  if (plain) pieces.push({ text: plain });
  return pieces;
}

function parseLines(lines, blocks, depth) {
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (depth < 1 && line.startsWith('>>> ')) {
      flush();
      blocks.push({ type: 'quote', children: parseBlocks([line.slice(4), ...lines.slice(index + 1)].join('\n'), depth + 1) });
      return;
    }
    if (depth < 1 && /^> /.test(line)) {
      flush();
      const quoted = [];
      while (index < lines.length && /^>( |$)/.test(lines[index])) quoted.push(lines[index++].slice(2));
      index--;
      blocks.push({ type: 'quote', children: parseBlocks(quoted.join('\n'), depth + 1) });
      continue;
    }
    const heading = Heading.exec(line);
    const subtext = Subtext.exec(line);
    if (heading || subtext) {
      flush();
      blocks.push(heading
        ? { type: 'heading', level: heading[1].length, children: parseInline(heading[2]) }
        : { type: 'subtext', children: parseInline(subtext[1]) });
      continue;
    }
    if (Item.test(line)) {
      flush();
      const items = [];
      while (index < lines.length && Item.test(lines[index]) && !changesKind(items[0], lines[index])) items.push(readItem(lines[index++]));
      index--;
      blocks.push(nest(items));
      continue;
    }
    paragraph.push(line);
  }
  flush();
}

/** A number after bullets at the same depth begins a list of its own. */
function changesKind(first, line) {
  if (!first) return false;
  const [, indent, bullet] = Item.exec(line);
  return indent.length <= first.indent + 1 && first.ordered === !!bullet;
}

function readItem(line) {
  const [, indent, bullet, number, text] = Item.exec(line);
  return { indent: indent.length, ordered: !bullet, number: Number(number ?? 1), children: parseInline(text) };
}

/** Turns items with indents into lists within lists. */
function nest(items) {
  const base = items[0].indent;
  const list = { type: 'list', ordered: items[0].ordered, start: items[0].number, items: [] };
  for (let index = 0; index < items.length;) {
    if (items[index].indent > base + 1 && list.items.length) {
      const from = index;
      while (index < items.length && items[index].indent > base + 1) index++;
      list.items.at(-1).nested = nest(items.slice(from, index));
    } else {
      list.items.push({ children: items[index].children, nested: null });
      index++;
    }
  }
  return list;
}
