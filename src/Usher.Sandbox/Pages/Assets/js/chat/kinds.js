// What sort of message it is.

/** Message flags: https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const Flags = { ephemeral: 64, loading: 128, hasThread: 32, suppressEmbeds: 4, componentsV2: 1 << 15, silent: 1 << 12 };

/** https://discord.com/developers/docs/resources/message#message-object-message-types */
const Spoken = new Set([0, 19, 20, 23]);

/** Whether Discord itself says it, and not a person or an app. */
export const isSystem = message => !Spoken.has(message.type ?? 0);
