using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>How far an interaction has come.</summary>
public enum InteractionStatus
{
    /// <summary>Sent, not answered, and still within three seconds.</summary>
    Waiting,

    /// <summary>Acknowledged with a loading state; the answer is to follow.</summary>
    Deferred,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Not answered within three seconds: “This interaction failed”.</summary>
    Failed,
}

/// <summary>A click, a command, a form handed in. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"/></summary>
public sealed class InteractionState
{
    internal InteractionState(Snowflake id, int type, ApplicationState application, string token, ChannelState channel, UserState user, DateTimeOffset createdAt)
    {
        Id = id;
        Type = type;
        Application = application;
        Token = token;
        Channel = channel;
        User = user;
        CreatedAt = createdAt;
    }

    /// <summary>Which interaction.</summary>
    public Snowflake Id { get; }

    /// <summary>2 command, 3 component, 4 autocomplete, 5 modal.</summary>
    public int Type { get; }

    /// <summary>Whose it is to answer.</summary>
    public ApplicationState Application { get; }

    /// <summary>The secret with which it is answered, for 15 minutes.</summary>
    public string Token { get; }

    /// <summary>Where it happened.</summary>
    public ChannelState Channel { get; }

    /// <summary>Who did it.</summary>
    public UserState User { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The `data` object that the application is sent.</summary>
    public JsonElement Data { get; internal init; }

    /// <summary>The message the component stands on, or of the component that opened the modal.</summary>
    public MessageState? Message { get; internal init; }

    /// <summary>The interaction that opened the modal this one hands in.</summary>
    public InteractionState? Opener { get; internal init; }

    /// <summary>The command's name with its subcommands, of a command.</summary>
    public string? CommandName { get; internal init; }

    /// <summary>How far it has come.</summary>
    public InteractionStatus Status { get; internal set; }

    /// <summary>The kind of the first answer, by Discord's numbers; null while there is none.</summary>
    public int? CallbackType { get; internal set; }

    /// <summary>When it was answered first.</summary>
    public DateTimeOffset? AnsweredAt { get; internal set; }

    /// <summary>The message that @original means.</summary>
    public MessageState? Original { get; internal set; }

    /// <summary>The messages sent afterwards.</summary>
    public IReadOnlyList<MessageState> FollowUps => FollowUpList;

    /// <summary>The modal it was answered with, as the application sent it.</summary>
    public JsonElement? Modal { get; internal set; }

    /// <summary>The choices it was answered with, of an autocomplete.</summary>
    public JsonElement? Choices { get; internal set; }

    internal List<MessageState> FollowUpList { get; } = [];

    internal bool DeferredEphemeral { get; set; }

    internal ITimer? Deadline { get; set; }

    internal TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A command an application registered. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object"/></summary>
public sealed record CommandState
{
    /// <summary>Which command.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Snowflake ApplicationId { get; init; }

    /// <summary>The guild it exists in; null of a global one.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>1 chat input, 2 user, 3 message.</summary>
    public required int Type { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The whole definition as it was registered.</summary>
    public required JsonElement Definition { get; init; }

    /// <summary>What a member needs to see it; null is nothing, 0 is Administrator.</summary>
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>Changes with every edit.</summary>
    public required Snowflake Version { get; init; }
}
