using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>Something that happened in the world. The gateway sends it to bots, the page to browsers. Raised under the world's lock: look, note, and return.</summary>
public abstract record WorldEvent;

/// <summary>A bot was added to a guild.</summary>
public sealed record GuildJoined(GuildState Guild, ApplicationState Application) : WorldEvent;

/// <summary>A guild's settings changed.</summary>
public sealed record GuildUpdated(GuildState Guild) : WorldEvent;

/// <summary>A bot was removed from a guild, or the guild is struck by an outage.</summary>
public sealed record GuildLeft(GuildState Guild, ApplicationState Application, bool Unavailable) : WorldEvent;

/// <summary>A channel was made.</summary>
public sealed record ChannelCreated(ChannelState Channel) : WorldEvent;

/// <summary>A channel was changed; <paramref name="SawBefore"/> are the applications that saw it before the change.</summary>
public sealed record ChannelUpdated(ChannelState Channel, IReadOnlySet<ApplicationState> SawBefore) : WorldEvent;

/// <summary>A channel was deleted.</summary>
public sealed record ChannelDeleted(ChannelState Channel) : WorldEvent;

/// <summary>A thread was started, or somebody was added to one: then <paramref name="AddedOnly"/> says who alone is told.</summary>
public sealed record ThreadCreated(ChannelState Thread, bool Newly, IReadOnlySet<Snowflake>? AddedOnly) : WorldEvent;

/// <summary>A thread was changed; <paramref name="Unarchived"/> when it came back into the list by that.</summary>
public sealed record ThreadUpdated(ChannelState Thread, bool Unarchived = false) : WorldEvent;

/// <summary>A thread was deleted.</summary>
public sealed record ThreadDeleted(ChannelState Thread) : WorldEvent;

/// <summary>People came into or left a thread.</summary>
public sealed record ThreadMembersChanged(ChannelState Thread, IReadOnlyList<UserState> Added, IReadOnlyList<Snowflake> Removed) : WorldEvent;

/// <summary>An application gained sight of channels; these are the threads active there.</summary>
public sealed record ThreadsShown(GuildState Guild, ApplicationState Application, IReadOnlyList<ChannelState> Channels) : WorldEvent;

/// <summary>A message was written.</summary>
public sealed record MessageCreated(MessageState Message) : WorldEvent;

/// <summary>A message was changed.</summary>
public sealed record MessageUpdated(MessageState Message) : WorldEvent;

/// <summary>A message was deleted.</summary>
public sealed record MessageDeleted(MessageState Message) : WorldEvent;

/// <summary>Many messages of a channel were deleted at once.</summary>
public sealed record MessagesDeleted(ChannelState Channel, IReadOnlyList<MessageState> Messages) : WorldEvent;

/// <summary>Somebody reacted, or took it back.</summary>
public sealed record ReactionChanged(MessageState Message, UserState User, string Name, Snowflake? EmojiId, bool Added) : WorldEvent;

/// <summary>Somebody joined the guild.</summary>
public sealed record MemberJoined(MemberState Member) : WorldEvent;

/// <summary>Somebody left the guild.</summary>
public sealed record MemberLeft(GuildState Guild, UserState User) : WorldEvent;

/// <summary>A member's name or roles changed.</summary>
public sealed record MemberUpdated(MemberState Member) : WorldEvent;

/// <summary>A role was made.</summary>
public sealed record RoleCreated(RoleState Role) : WorldEvent;

/// <summary>A role was changed.</summary>
public sealed record RoleUpdated(RoleState Role) : WorldEvent;

/// <summary>A role was deleted.</summary>
public sealed record RoleDeleted(RoleState Role) : WorldEvent;

/// <summary>Somebody clicked, ran a command or handed in a form.</summary>
public sealed record InteractionCreated(InteractionState Interaction) : WorldEvent;

/// <summary>An interaction was answered, failed, or its modal is to be shown; only the page cares.</summary>
public sealed record InteractionSettled(InteractionState Interaction) : WorldEvent;

/// <summary>Somebody began to type.</summary>
public sealed record TypingStarted(ChannelState Channel, UserState User, DateTimeOffset At) : WorldEvent;

/// <summary>The pinned messages of a channel changed.</summary>
public sealed record PinsUpdated(ChannelState Channel) : WorldEvent;

/// <summary>Somebody joined, left or changed voice; <paramref name="Channel"/> is null on leaving.</summary>
public sealed record VoiceChanged(GuildState Guild, UserState User, ChannelState? Channel) : WorldEvent;

/// <summary>An invite was made.</summary>
public sealed record InviteCreated(InviteState Invite) : WorldEvent;

/// <summary>A person's screen shows something new that is no event of Discord's: a modal, a failure; for the page.</summary>
public sealed record ScreenChanged(UserState User, JsonElement? Modal) : WorldEvent;
