using System.Text.Json;
using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Features.Calling;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Leaving;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Engine.Archive;
using Usher.Engine.Deciding;
using Usher.Engine.Guilds;
using Usher.Engine.Observing;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Intake;

/// <summary>Reads the gateway's events and gives the desk its orders. An event counts as done only when what it says is stored.</summary>
public sealed partial class GatewayIntake(
    Translator translator, Decider decider, InteractionIntake interactions, DeskStore store, StorePatience patience, GuildDirectory guilds, KnownHomes homes,
    AttachmentLoop attachments, LocalQueue queue, Activity activity, TimeProvider time, ILogger<GatewayIntake> log)
{
    /// <summary>A guild was told whole: its homes can be compared with what is there.</summary>
    public event Action<Guild>? GuildTold;

    /// <summary>The bot was taken out of a guild that has a desk.</summary>
    public event Action<GuildId>? GuildLeft;

    /// <summary>A channel was deleted or changed: there may be room that was not there before. With the channel category that it was in, when it is gone.</summary>
    public event Action<GuildId, ChannelId?>? RoomMayBe;

    /// <summary>Takes one event; returns before it is done.</summary>
    public void Take(GatewayEvent e, CancellationToken cancellation)
    {
        Task work;
        var span = DeskTraces.Hear(e);
        try
        {
            work = Begin(e, cancellation);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            // One event that cannot be read must not end the stream.
            LogUnreadable(e.Name, e.Sequence, failure);
            DeskTraces.Failed(span, failure);
            span?.Dispose();
            e.Done();
            return;
        }
        finally
        {
            // The next event is not of this one's trace.
            DeskTraces.Leave();
        }
        if (work.IsCompletedSuccessfully)
        {
            span?.Dispose();
            e.Done();
        }
        else _ = DoneAfterAsync(work, e, span);
    }

    private Task Begin(GatewayEvent e, CancellationToken cancellation)
    {
        switch (e.Name)
        {
            case "READY" or "RESUMED":
                return Task.CompletedTask;
            case "INTERACTION_CREATE":
                return interactions.TakeAsync(e, cancellation);
            case "MESSAGE_CREATE":
                return TakeMessageAsync(e, cancellation);
            case "MESSAGE_UPDATE":
                return TakeEditAsync(e, cancellation);
            case "MESSAGE_DELETE":
                return TakeDeletionAsync(e, [e.Peek.Id], cancellation);
            case "MESSAGE_DELETE_BULK":
                return TakeDeletionAsync(e, e.Read(IntakeJson.Default.DeletedMessages).Ids, cancellation);
            case "THREAD_MEMBERS_UPDATE":
                return TakeThreadMembersAsync(e, cancellation);
            case "VOICE_STATE_UPDATE":
                return TakeVoiceAsync(e, cancellation);
            case "GUILD_MEMBER_ADD" or "GUILD_MEMBER_REMOVE":
                return TakeMemberAsync(e, cancellation);
            default:
                return TakeGuildChange(e, cancellation);
        }
    }

    private Task TakeMessageAsync(GatewayEvent e, CancellationToken cancellation)
    {
        var message = e.Read(DiscordJson.Default.Message);
        if (homes.TicketIn(message.ChannelId.Value) is not { } ticket)
        {
            if (message.GuildId is not { } guild || guilds.SettingsOf(new GuildId(guild.Value)) is not { } desk) return Task.CompletedTask;
            return translator.FromTyped(message, desk) is { } typed ? StoredAsync(typed, cancellation) : Task.CompletedTask;
        }
        if (guilds.SettingsOf(ticket.Guild) is not { } settings) return Task.CompletedTask;
        // Not everything that the desk writes to somebody is of the ticket that lives there: what is, it keeps when it is posted.
        if (message.GuildId is null && message.Author.Id.Value == guilds.Self.Value) return Task.CompletedTask;
        var command = translator.FromTyped(message, settings);
        var kept = command is not null && translator.IsSecret(message, settings) ? null : Archivist.RowOf(ticket, message, e.Data.ToArray());
        var order = command ?? new Order
        {
            Guild = ticket.Guild,
            Command = new HearMessage(Inputs.PeopleIn(message), SaidIn(message)),
            Subject = new Subject.ToTicket(ticket),
            Actor = translator.SpeakerOf(ticket.Guild, message.Author, message.Member) with { IsBot = message.Author.IsBot || message.WebhookId is not null },
            InboxKey = $"m:{message.Id}",
        };
        return HearAsync(order with { Message = kept }, message.Attachments.Count > 0, cancellation);
    }

    private static Said? SaidIn(Message message) =>
        string.IsNullOrWhiteSpace(message.Content) ? null : new Said(new ChannelId(message.ChannelId.Value), new MessageId(message.Id.Value), message.Content.Trim());

    private async Task HearAsync(Order order, bool withFiles, CancellationToken cancellation)
    {
        await StoredAsync(order, cancellation);
        if (withFiles) attachments.Wake();
    }

    private Task TakeEditAsync(GatewayEvent e, CancellationToken cancellation)
    {
        if (homes.TicketIn(e.Peek.ChannelId.Value) is not { } ticket) return Task.CompletedTask;
        var payload = e.Data.ToArray();
        var message = JsonSerializer.Deserialize(payload, DiscordJson.Default.Message)!;
        return InLaneAsync(ticket, async () =>
        {
            await store.SaveEditAsync(
                ticket.Guild, ticket.Number, new MessageId(message.Id.Value), payload, Archivist.AttachmentsOf(message), MessageWords.ForSearch(message),
                message.EditedTimestamp ?? time.GetUtcNow(), cancellation);
            if (message.Attachments.Count > 0) attachments.Wake();
        }, cancellation);
    }

    private Task TakeDeletionAsync(GatewayEvent e, IReadOnlyList<Snowflake> ids, CancellationToken cancellation)
    {
        if (homes.TicketIn(e.Peek.ChannelId.Value) is not { } ticket) return Task.CompletedTask;
        var deleted = ids.Select(id => new MessageId(id.Value)).ToList();
        var at = time.GetUtcNow();
        return InLaneAsync(ticket, () => store.SaveDeletionAsync(ticket.Guild, ticket.Number, deleted, at, cancellation), cancellation);
    }

    private Task TakeThreadMembersAsync(GatewayEvent e, CancellationToken cancellation)
    {
        if (homes.TicketIn(e.Peek.Id.Value) is not { } ticket) return Task.CompletedTask;
        var added = e.Read(IntakeJson.Default.ThreadMembersChange).AddedMembers ?? [];
        var users = added.Select(member => member.UserId).OfType<Snowflake>().Select(id => new UserId(id.Value)).ToValueList();
        return users.Count == 0 ? Task.CompletedTask : StoredAsync(ByDesk(ticket, new SeeMembersAdded(new ChannelId(e.Peek.Id.Value), users)), cancellation);
    }

    private async Task TakeMemberAsync(GatewayEvent e, CancellationToken cancellation)
    {
        var guild = new GuildId(e.Peek.GuildId.Value);
        var user = new UserId(e.Read(IntakeJson.Default.MemberChange).User.Id.Value);
        Command command = e.Name == "GUILD_MEMBER_REMOVE" ? new SeeOpenerLeave() : new SeeOpenerReturn();
        var open = await patience.WaitAsync(() => store.OpenTicketsOfAsync(guild, user, cancellation), cancellation);
        await Task.WhenAll(open.Select(ticket => StoredAsync(ByDesk(ticket.Key, command), cancellation)));
    }

    // Who was in which channel before is not told: every call of the guild is asked whether this concerns it.
    private Task TakeVoiceAsync(GatewayEvent e, CancellationToken cancellation)
    {
        var change = e.Read(IntakeJson.Default.VoiceChange);
        var calls = homes.CallsOf(new GuildId(e.Peek.GuildId.Value)).ToList();
        return Task.WhenAll(calls.Select(call =>
            StoredAsync(ByDesk(call.Ticket, new SeeVoice(new UserId(change.UserId.Value), change.ChannelId?.Value == call.Channel.Value)), cancellation)));
    }

    private Task TakeVoicesAsync(GatewayEvent e, GuildId guild, CancellationToken cancellation)
    {
        var calls = homes.CallsOf(guild).ToList();
        if (calls.Count == 0) return Task.CompletedTask;
        var voices = e.Read(IntakeJson.Default.GuildVoices).VoiceStates ?? [];
        return Task.WhenAll(calls.Select(call => StoredAsync(
            ByDesk(call.Ticket, new SeeCall(voices.Where(voice => voice.ChannelId?.Value == call.Channel.Value).Select(voice => new UserId(voice.UserId.Value)).ToValueList())),
            cancellation)));
    }

    private Task TakeGuildChange(GatewayEvent e, CancellationToken cancellation)
    {
        var known = guilds.Find(new GuildId(e.Peek.GuildId.Value));
        switch (e.Name)
        {
            case "GUILD_CREATE":
                var guild = e.Read(DiscordJson.Default.Guild);
                if (guild.Unavailable == true || guilds.SettingsOf(new GuildId(guild.Id.Value)) is null) return Task.CompletedTask;
                guilds.Learn(guild);
                GuildTold?.Invoke(guild);
                return TakeVoicesAsync(e, new GuildId(guild.Id.Value), cancellation);
            case "GUILD_DELETE":
                var left = e.Read(IntakeJson.Default.GuildDeletion);
                // An outage says "unavailable" and passes.
                if (left.Unavailable != true) GuildLeft?.Invoke(new GuildId(left.Id.Value));
                return Task.CompletedTask;
            case "CHANNEL_CREATE" or "THREAD_CREATE" or "CHANNEL_UPDATE":
                var channel = e.Read(DiscordJson.Default.Channel);
                known?.Learn(channel);
                if (e.Name == "CHANNEL_UPDATE") RoomMayBe?.Invoke(new GuildId(e.Peek.GuildId.Value), null);
                if (e.Name != "CHANNEL_UPDATE" && channel.Name is { } name) homes.Met(e.Peek.GuildId.Value, name, channel.Id.Value);
                return Task.CompletedTask;
            case "CHANNEL_DELETE" or "THREAD_DELETE":
                known?.ForgetChannel(e.Peek.Id.Value);
                if (e.Name == "CHANNEL_DELETE")
                    RoomMayBe?.Invoke(new GuildId(e.Peek.GuildId.Value), e.Read(DiscordJson.Default.Channel).ParentId is { } parent ? new ChannelId(parent.Value) : null);
                if (homes.CallIn(e.Peek.Id.Value) is { } call) return StoredAsync(ByDesk(call, new LoseCall()), cancellation);
                return homes.TicketIn(e.Peek.Id.Value) is { } ticket ? StoredAsync(ByDesk(ticket, new LoseHome(new ChannelId(e.Peek.Id.Value))), cancellation) : Task.CompletedTask;
            case "GUILD_ROLE_CREATE" or "GUILD_ROLE_UPDATE":
                known?.Learn(e.Read(IntakeJson.Default.RoleChange).Role);
                return Task.CompletedTask;
            case "GUILD_ROLE_DELETE":
                known?.ForgetRole(e.Read(IntakeJson.Default.RoleDeletion).RoleId.Value);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    /// <summary>Decides what the desk itself saw; while the database cannot be used it waits, since Discord tells only once.</summary>
    public Task StoredAsync(Order order, CancellationToken cancellation) =>
        patience.WaitAsync(() => decider.DecideAsync(order, cancellation), cancellation);

    /// <summary>An order of the desk itself.</summary>
    public static Order ByDesk(TicketKey ticket, Command command) => new()
    {
        Guild = ticket.Guild,
        Command = command,
        Subject = new Subject.ToTicket(ticket),
        Actor = Actor.Desk,
    };

    private Task InLaneAsync(TicketKey ticket, Func<Task> work, CancellationToken cancellation) =>
        queue.Add(Order.LaneOf(ticket), () => patience.WaitAsync(work, cancellation));

    private async Task DoneAfterAsync(Task work, GatewayEvent e, System.Diagnostics.Activity? span)
    {
        activity.Begin();
        try
        {
            await work;
            e.Done();
        }
        catch (OperationCanceledException)
        {
            // Stopping: not done, so that Discord tells it again to the next start.
        }
        catch (Exception failure)
        {
            // A defect: were the event told again and again, nothing else would ever be heard.
            LogFailed(e.Name, e.Sequence, failure);
            DeskTraces.Failed(span, failure);
            e.Done();
        }
        finally
        {
            span?.Dispose();
            activity.End();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Name} ({Sequence}) could not be read.")]
    private partial void LogUnreadable(string name, long sequence, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Name} ({Sequence}) failed.")]
    private partial void LogFailed(string name, long sequence, Exception failure);
}
