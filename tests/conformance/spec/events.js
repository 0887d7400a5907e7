// The gateway's events. Discord's description is of REST; what events carry is put together here from its components and from
// the fields that the documentation adds: https://discord.com/developers/docs/events/gateway-events
import * as spec from 'discord-api-spec/zod';
import * as z from 'zod/mini';

const id = spec.SnowflakeTypeSchema;
const moment = z.string().check(z.iso.datetime());
const list = item => z.array(item);
const maybe = item => z.optional(item);

// A member where the user stands beside it: https://discord.com/developers/docs/resources/guild#guild-member-object
const memberAlone = z.omit(spec.GuildMemberResponseSchema, { user: true });
const member = spec.GuildMemberResponseSchema;
const inGuild = { guild_id: id };
const maybeInGuild = { guild_id: maybe(id) };

// https://discord.com/developers/docs/events/gateway-events#message-create-message-create-extra-fields
const message = z.extend(spec.MessageResponseSchema, {
  ...maybeInGuild,
  member: maybe(memberAlone),
  mentions: list(z.extend(spec.UserResponseSchema, { member: maybe(memberAlone) })),
  channel_type: maybe(spec.ChannelTypesSchema),
});

// Channels within GUILD_CREATE lack their guild, which stands around them: https://discord.com/developers/docs/resources/channel#channel-object
const channelAlone = z.omit(spec.GuildChannelResponseSchema, { guild_id: true });
const channel = spec.GuildChannelResponseSchema;
const thread = spec.ThreadResponseSchema;
const threadMember = spec.ThreadMemberResponseSchema;

// https://discord.com/developers/docs/resources/guild#unavailable-guild-object
const unavailableGuild = z.object({ id, unavailable: maybe(z.boolean()) });

// https://discord.com/developers/docs/resources/voice#voice-state-object
const voiceStateFields = {
  channel_id: z.nullable(id),
  user_id: id,
  session_id: z.string(),
  deaf: z.boolean(),
  mute: z.boolean(),
  self_deaf: z.boolean(),
  self_mute: z.boolean(),
  self_stream: maybe(z.boolean()),
  self_video: z.boolean(),
  suppress: z.boolean(),
  request_to_speak_timestamp: z.nullable(moment),
};

// https://discord.com/developers/docs/events/gateway-events#guild-create-guild-create-extra-fields
const guildCreated = z.extend(spec.GuildResponseSchema, {
  joined_at: moment,
  large: z.boolean(),
  unavailable: maybe(z.boolean()),
  member_count: z.int32(),
  voice_states: list(z.object({ ...voiceStateFields, member: maybe(member) })),
  members: list(member),
  channels: list(channelAlone),
  threads: list(thread),
  presences: list(z.unknown()),
  stage_instances: list(spec.StageInstanceResponseSchema),
  guild_scheduled_events: list(spec.ScheduledEventResponseSchema),
  soundboard_sounds: list(spec.SoundboardSoundResponseSchema),
});

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
const interactionMember = z.extend(memberAlone, { permissions: z.string() });
// Partial channels have id, name, type, permissions, last_message_id and more; partial threads also thread_metadata and parent_id.
const partialChannel = z.union([
  z.extend(z.partial(channel), { id, name: z.string(), type: spec.GuildChannelResponseSchema.shape.type, permissions: z.string() }),
  z.extend(z.partial(thread), {
    id, name: z.string(), type: spec.ThreadResponseSchema.shape.type, permissions: z.string(),
    parent_id: id, thread_metadata: spec.ThreadMetadataResponseSchema,
  }),
  z.extend(z.partial(spec.PrivateChannelResponseSchema), { id, type: z.literal(1), permissions: maybe(z.string()) }),
]);
const byId = item => z.record(id, item);
const resolved = z.object({
  users: maybe(byId(spec.UserResponseSchema)),
  // Without user, deaf and mute.
  members: maybe(byId(z.omit(interactionMember, { deaf: true, mute: true }))),
  roles: maybe(byId(spec.GuildRoleResponseSchema)),
  channels: maybe(byId(partialChannel)),
  messages: maybe(byId(spec.MessageResponseSchema)),
  attachments: maybe(byId(spec.MessageAttachmentResponseSchema)),
});

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure
const commandOption = z.object({
  name: z.string(),
  type: spec.ApplicationCommandOptionTypeSchema,
  value: maybe(z.union([z.string(), z.number(), z.boolean()])),
  options: maybe(z.array(z.lazy(() => commandOption))),
  focused: maybe(z.boolean()),
});
const commandData = z.object({
  id,
  name: z.string(),
  type: spec.ApplicationCommandTypeSchema,
  resolved: maybe(resolved),
  options: maybe(list(commandOption)),
  guild_id: maybe(id),
  target_id: maybe(id),
});

const componentData = z.object({
  custom_id: z.string(),
  component_type: spec.MessageComponentTypesSchema,
  // Every component has one: https://discord.com/developers/docs/components/reference#anatomy-of-a-component
  id: z.int32(),
  values: maybe(list(z.string())),
  resolved: maybe(resolved),
});

// Each component's «interaction response structure»: https://discord.com/developers/docs/components/reference
const answered = (type, fields) => z.object({ type: z.literal(type), id: z.int32(), custom_id: z.string(), ...fields });
const answeredField = z.union([
  answered(3, { values: list(z.string()) }),
  answered(4, { value: z.string() }),
  answered(5, { values: list(id) }),
  answered(6, { values: list(id) }),
  answered(7, { values: list(id) }),
  answered(8, { values: list(id) }),
  answered(19, { values: list(id) }),
  answered(21, { value: z.nullable(z.string()) }),
  answered(22, { values: list(z.string()) }),
  answered(23, { value: z.boolean() }),
]);
const modalData = z.object({
  custom_id: z.string(),
  components: list(z.union([
    z.object({ type: z.literal(1), id: z.int32(), components: list(answered(4, { value: z.string() })) }),
    z.object({ type: z.literal(10), id: z.int32() }),
    z.object({ type: z.literal(18), id: z.int32(), component: answeredField }),
  ])),
  resolved: maybe(resolved),
});

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-structure
const interactionOf = (type, data) => z.object({
  id,
  application_id: id,
  type: z.literal(type),
  data,
  guild: maybe(z.object({ id, locale: spec.AvailableLocalesEnumSchema, features: list(spec.GuildFeaturesSchema) })),
  guild_id: maybe(id),
  channel: partialChannel,
  channel_id: id,
  member: maybe(z.extend(interactionMember, { user: spec.UserResponseSchema })),
  user: maybe(spec.UserResponseSchema),
  token: z.string(),
  version: z.literal(1),
  message: maybe(spec.MessageResponseSchema),
  app_permissions: z.string(),
  locale: spec.AvailableLocalesEnumSchema,
  guild_locale: maybe(spec.AvailableLocalesEnumSchema),
  entitlements: list(spec.EntitlementResponseSchema),
  authorizing_integration_owners: z.record(z.string(), id),
  context: maybe(spec.InteractionContextTypeSchema),
  attachment_size_limit: z.int32(),
});
const interaction = z.union([
  interactionOf(2, commandData),
  interactionOf(3, componentData),
  interactionOf(4, commandData),
  interactionOf(5, modalData),
]);

const role = z.object({ ...inGuild, role: spec.GuildRoleResponseSchema });

// https://discord.com/developers/docs/events/gateway-events#message-reaction-add-message-reaction-add-event-fields
const reaction = {
  user_id: id,
  channel_id: id,
  message_id: id,
  ...maybeInGuild,
  emoji: z.object({ id: z.nullable(id), name: z.nullable(z.string()), animated: maybe(z.boolean()) }),
  burst: z.boolean(),
  type: spec.ReactionTypesSchema,
};

/** The payload of each event; an event that is not here is one that nobody has looked up, and fails. */
export const events = {
  // https://discord.com/developers/docs/events/gateway-events#ready-ready-event-fields
  READY: z.object({
    v: z.literal(10),
    user: spec.UserPIIResponseSchema,
    guilds: list(unavailableGuild),
    session_id: z.string(),
    resume_gateway_url: z.string(),
    shard: maybe(list(z.int32()).check(z.minLength(2), z.maxLength(2))),
    application: z.object({ id, flags: z.int32() }),
  }),
  RESUMED: z.object({}),
  GUILD_CREATE: z.union([guildCreated, unavailableGuild]),
  GUILD_UPDATE: spec.GuildResponseSchema,
  GUILD_DELETE: unavailableGuild,
  GUILD_ROLE_CREATE: role,
  GUILD_ROLE_UPDATE: role,
  GUILD_ROLE_DELETE: z.object({ ...inGuild, role_id: id }),
  GUILD_MEMBER_ADD: z.extend(member, inGuild),
  GUILD_MEMBER_UPDATE: z.extend(member, inGuild),
  GUILD_MEMBER_REMOVE: z.object({ ...inGuild, user: spec.UserResponseSchema }),
  // https://discord.com/developers/docs/events/gateway-events#guild-members-chunk-guild-members-chunk-event-fields
  GUILD_MEMBERS_CHUNK: z.object({
    ...inGuild,
    members: list(member),
    chunk_index: z.int32(),
    chunk_count: z.int32(),
    not_found: maybe(list(z.unknown())),
    presences: maybe(list(z.unknown())),
    nonce: maybe(z.string()),
  }),
  CHANNEL_CREATE: channel,
  CHANNEL_UPDATE: channel,
  CHANNEL_DELETE: channel,
  CHANNEL_PINS_UPDATE: z.object({ ...maybeInGuild, channel_id: id, last_pin_timestamp: z.nullish(moment) }),
  // https://discord.com/developers/docs/events/gateway-events#thread-create
  THREAD_CREATE: z.extend(thread, { newly_created: maybe(z.boolean()) }),
  THREAD_UPDATE: thread,
  THREAD_DELETE: z.object({ id, ...inGuild, parent_id: id, type: spec.ThreadResponseSchema.shape.type }),
  THREAD_LIST_SYNC: z.object({ ...inGuild, channel_ids: maybe(list(id)), threads: list(thread), members: list(threadMember) }),
  THREAD_MEMBER_UPDATE: z.extend(threadMember, inGuild),
  // https://discord.com/developers/docs/events/gateway-events#thread-members-update-thread-members-update-event-fields
  THREAD_MEMBERS_UPDATE: z.object({
    id,
    ...inGuild,
    member_count: z.int32().check(z.maximum(50)),
    added_members: maybe(list(z.extend(threadMember, { member, presence: z.nullish(z.unknown()) }))),
    removed_member_ids: maybe(list(id)),
  }),
  MESSAGE_CREATE: message,
  MESSAGE_UPDATE: message,
  MESSAGE_DELETE: z.object({ id, channel_id: id, ...maybeInGuild }),
  MESSAGE_DELETE_BULK: z.object({ ids: list(id), channel_id: id, ...maybeInGuild }),
  MESSAGE_REACTION_ADD: z.object({ ...reaction, member: maybe(member), message_author_id: maybe(id), burst_colors: maybe(list(z.string())) }),
  MESSAGE_REACTION_REMOVE: z.object(reaction),
  TYPING_START: z.object({ channel_id: id, ...maybeInGuild, user_id: id, timestamp: z.int32(), member: maybe(member) }),
  VOICE_STATE_UPDATE: z.object({ ...maybeInGuild, ...voiceStateFields, member: maybe(member) }),
  INTERACTION_CREATE: interaction,
};
