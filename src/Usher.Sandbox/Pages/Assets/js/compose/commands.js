// The commands you may use here, flat: a subcommand is a command whose name has spaces.
// https://discord.com/developers/docs/interactions/application-commands
import { may } from '../permissions.js';
import { guildOf, state } from '../store.js';

const Kind = { chat: 1, user: 2, message: 3 };
export const OptionType = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, attachment: 11 };

/** The snapshot lists only what you may use in the guild; a direct message has the global commands that allow it. */
const commandsIn = guild => guild?.commands ?? state.me.commands ?? [];

export function chatCommands(channel) {
  const guild = guildOf(channel);
  if (guild && !may(channel, 'useApplicationCommands')) return [];
  return commandsIn(guild).filter(command => (command.type ?? Kind.chat) === Kind.chat).flatMap(command => flatten(command, command.options ?? [], command.name, []))
    .sort((left, right) => left.name.localeCompare(right.name));
}

function flatten(command, options, name, path) {
  const inner = options.filter(option => option.type === OptionType.subcommand || option.type === OptionType.group);
  if (!inner.length) return [{ command, name, description: path.at(-1)?.description ?? command.description, options, path, applicationName: command.application_name }];
  return inner.flatMap(option => flatten(command, option.options ?? [], `${name} ${option.name}`, [...path, option]));
}

const ofKind = (guild, kind) => commandsIn(guild).filter(command => command.type === kind).map(command => ({ ...command, applicationName: command.application_name }));

export const userCommands = guild => ofKind(guild, Kind.user);
export const messageCommands = guild => ofKind(guild, Kind.message);

/** The data of an application command interaction, with subcommands wrapped as Discord wraps them. */
export function commandData({ command, path }, values) {
  const wrapped = path.reduceRight((options, { type, name }) => [{ type, name, options }], values);
  return { id: command.id, name: command.name, type: Kind.chat, options: wrapped };
}
