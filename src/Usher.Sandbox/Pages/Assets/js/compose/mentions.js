// Mentions between what people read ("@Bob") and what Discord carries ("<@1234>").
import { displayName } from '../people.js';
import { findChannel, findUser } from '../store.js';

const Token = /<@!?(\d{1,20})>|<@&(\d{1,20})>|<#(\d{1,20})>/g;

/** Text for editing, and which of its words stand for which token. */
export function readable(content, guild) {
  const tokens = new Map();
  const text = content.replace(Token, (token, user, role, channel) => {
    const word = user ? `@${displayName(findUser(user), guild)}` : role ? `@${guild?.roles.get(role)?.name ?? 'role'}` : `#${findChannel(channel)?.name ?? 'channel'}`;
    tokens.set(word, token);
    return word;
  });
  return { text, tokens };
}

/** The text as it is sent: known words become tokens; a word typed in full by hand counts too if it names exactly one member or channel. */
export function wire(text, tokens, guild) {
  const words = [...tokens].sort(([left], [right]) => right.length - left.length);
  let rest = text;
  let result = '';
  while (rest) {
    const found = words.find(([word]) => rest.startsWith(word)) ?? typed(rest, guild);
    if (found) {
      result += found[1];
      rest = rest.slice(found[0].length);
    } else {
      const [char] = rest;
      result += char;
      rest = rest.slice(char.length);
    }
  }
  return result;
}

function typed(rest, guild) {
  const match = guild && /^([@#])([\w.-]+)/.exec(rest);
  if (!match) return null;
  const name = match[2].toLowerCase();
  if (match[1] === '#') {
    const channels = [...guild.channels.values()].filter(channel => channel.name?.toLowerCase() === name && channel.type !== 4);
    return channels.length === 1 ? [match[0], `<#${channels[0].id}>`] : null;
  }
  const members = [...guild.members.values()].filter(({ user }) => user.username.toLowerCase() === name || displayName(user, guild).toLowerCase() === name);
  return members.length === 1 ? [match[0], `<@${members[0].user.id}>`] : null;
}
