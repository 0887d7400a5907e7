using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

/// <summary>What somebody did that an application is to answer.</summary>
internal sealed record InteractionDraft(int Type, ApplicationState Application, ChannelState Channel, UserState User, JsonElement Data)
{
    public MessageState? Message { get; init; }
    public InteractionState? Opener { get; init; }
    public string? CommandName { get; init; }
}

public sealed partial class DiscordWorld
{
    private readonly Dictionary<string, InteractionState> _interactions = new(StringComparer.Ordinal);
    private readonly Queue<InteractionState> _interactionsByAge = new();
    private readonly Dictionary<Snowflake, InteractionState> _openModals = [];

    /// <summary>The interactions of the last fifteen minutes, oldest first.</summary>
    public IReadOnlyList<InteractionState> Interactions
    {
        get
        {
            lock (Gate) return _interactionsByAge.ToList();
        }
    }

    /// <summary>The commands that exist: an application's global ones where it is in the guild, and the guild's own.</summary>
    public IReadOnlyList<(ApplicationState Application, CommandState Command)> CommandsOf(GuildState guild)
    {
        lock (Gate)
        {
            return guild.Applications
                .SelectMany(app => app.Commands.Values.Where(command => command.GuildId is null || command.GuildId == guild.Id).Select(command => (app, command)))
                .OrderBy(pair => pair.command.Name, StringComparer.Ordinal).ToList();
        }
    }

    internal InteractionState Interact(InteractionDraft draft)
    {
        lock (Gate)
        {
            Forget();
            var token = $"{draft.Application.Id}-{NewSecret(48)}";
            var interaction = new InteractionState(NextId(), draft.Type, draft.Application, token, draft.Channel, draft.User, Now)
            {
                Data = draft.Data,
                Message = draft.Message,
                Opener = draft.Opener,
                CommandName = draft.CommandName,
            };
            _interactions.Add(token, interaction);
            _interactionsByAge.Enqueue(interaction);
            interaction.Deadline = Time.CreateTimer(_ => Expire(interaction), null, Limits.InteractionDeadline, Timeout.InfiniteTimeSpan);
            Tell(new InteractionCreated(interaction));
            return interaction;
        }
    }

    /// <summary>The interaction of that token; 10062 where there is none, or not of that application.</summary>
    internal InteractionState FindInteraction(string token) =>
        _interactions.GetValueOrDefault(token) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownInteraction, "interaction");

    /// <summary>The interaction whose token still works for follow-ups: answered in time, and younger than 15 minutes.</summary>
    internal InteractionState FindOpenInteraction(Snowflake applicationId, string token)
    {
        var interaction = _interactions.GetValueOrDefault(token);
        if (interaction is null || interaction.Application.Id != applicationId) throw DiscordRefusal.NotFound(ErrorCode.UnknownWebhook, "Webhook");
        if (Now - interaction.CreatedAt >= Limits.InteractionLife) throw new DiscordRefusal(401, (int)ErrorCode.InvalidWebhookToken, "Invalid Webhook Token");
        if (interaction.Status is InteractionStatus.Waiting or InteractionStatus.Failed) throw DiscordRefusal.NotFound(ErrorCode.UnknownWebhook, "Webhook");
        return interaction;
    }

    /// <summary>Refuses a second answer (40060) and a late one (10062).</summary>
    internal static void DemandUnanswered(InteractionState interaction, DateTimeOffset now)
    {
        if (interaction.Status is InteractionStatus.Answered or InteractionStatus.Deferred)
            throw DiscordRefusal.Bad(ErrorCode.InteractionAlreadyAcknowledged, "Interaction has already been acknowledged.");
        if (interaction.Status == InteractionStatus.Failed || now - interaction.CreatedAt >= Limits.InteractionDeadline)
            throw DiscordRefusal.NotFound(ErrorCode.UnknownInteraction, "interaction");
    }

    /// <summary>Marks the one first answer.</summary>
    internal void Acknowledge(InteractionState interaction, int callbackType)
    {
        interaction.Deadline?.Dispose();
        interaction.CallbackType = callbackType;
        interaction.AnsweredAt = Now;
        interaction.Status = callbackType is 5 or 6 ? InteractionStatus.Deferred : InteractionStatus.Answered;
    }

    /// <summary>Tells those who watch the person's screen that the interaction has its answer.</summary>
    internal void Settle(InteractionState interaction)
    {
        Tell(new InteractionSettled(interaction));
        interaction.Settled.TrySetResult();
    }

    /// <summary>Puts a modal before the person; it replaces one that is open.</summary>
    internal void OpenModal(InteractionState interaction, JsonElement modal)
    {
        interaction.Modal = modal;
        _openModals[interaction.User.Id] = interaction;
        Tell(new ScreenChanged(interaction.User, modal));
    }

    /// <summary>The interaction whose modal is before the person; null when none is.</summary>
    internal InteractionState? ModalBefore(UserState user) => _openModals.GetValueOrDefault(user.Id);

    /// <summary>Takes the modal away, because it was handed in or dismissed.</summary>
    internal void CloseModal(UserState user)
    {
        if (_openModals.Remove(user.Id)) Tell(new ScreenChanged(user, null));
    }

    internal MessageState Answer(InteractionState interaction, MessageDraft draft, bool ephemeral, bool loading, bool followUp)
    {
        lock (Gate)
        {
            var bot = interaction.Application.Bot;
            var replyTo = followUp ? interaction.Original : interaction.Type == 3 ? interaction.Message : null;
            var message = Publish(bot, interaction.Channel, draft, new PostOptions
            {
                Type = interaction is { Type: 2 } && !followUp ? MessageType.ChatInputCommand : MessageType.Default,
                EphemeralFor = ephemeral ? interaction.User : null,
                Interaction = interaction,
                Loading = loading,
                Reference = replyTo is null || ephemeral ? null : new(replyTo.Channel, replyTo.Id),
            });
            if (followUp) interaction.FollowUpList.Add(message);
            else interaction.Original = message;
            return message;
        }
    }

    private void Expire(InteractionState interaction)
    {
        lock (Gate)
        {
            if (interaction.Status != InteractionStatus.Waiting) return;
            interaction.Status = InteractionStatus.Failed;
            interaction.Deadline?.Dispose();
            Settle(interaction);
        }
    }

    private void Forget()
    {
        // Messages keep their interaction; only the tokens are forgotten, long after they stopped working.
        while (_interactionsByAge.TryPeek(out var oldest) && Now - oldest.CreatedAt > Limits.InteractionLife + TimeSpan.FromMinutes(1))
            _interactions.Remove(_interactionsByAge.Dequeue().Token);
    }
}
