using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Calling;

/// <summary>Staff wants to talk; the voice channel is still to be made.</summary>
public sealed record CallWanted(DateTimeOffset At, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Call = new VoiceCall(By, null, [], At) };
}

/// <summary>The voice channel is there.</summary>
public sealed record CallOpened(DateTimeOffset At, ChannelId Channel) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Call = ticket.Call is { } call ? call with { Channel = Channel, EmptySince = At } : null };
}

/// <summary>Somebody came into the voice channel.</summary>
public sealed record CallJoined(DateTimeOffset At, UserId User) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Call = ticket.Call is { } call ? call with { People = call.People.Add(User) } : null };
}

/// <summary>Somebody left the voice channel.</summary>
public sealed record CallLeft(DateTimeOffset At, UserId User) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Call = ticket.Call is { } call ? call with { People = call.People.Where(user => user != User).ToValueList(), EmptySince = At } : null,
    };
}

/// <summary>The voice channel is empty, as far as is known after a time in which nobody listened.</summary>
public sealed record CallFoundEmpty(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Call = ticket.Call is { } call ? call with { EmptySince = At } : null };
}

/// <summary>The ticket has no voice channel any more.</summary>
public sealed record CallEnded(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Call = null };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CallWanted))]
[JsonSerializable(typeof(CallOpened))]
[JsonSerializable(typeof(CallJoined))]
[JsonSerializable(typeof(CallLeft))]
[JsonSerializable(typeof(CallFoundEmpty))]
[JsonSerializable(typeof(CallEnded))]
internal sealed partial class CallingJson : JsonSerializerContext;

internal static class CallingFeature
{
    internal static Feature Feature { get; } = new("Calling")
    {
        Commands =
        [
            CommandRule.OnTicket<StartCall>(Permission.Staff, StartCall.Decide),
            CommandRule.OnTicket<SeeVoice>(Permission.Desk, SeeVoice.Decide),
            CommandRule.OnTicket<SeeCall>(Permission.Desk, SeeCall.Decide),
            CommandRule.OnTicket<LoseCall>(Permission.Desk, LoseCall.Decide),
        ],
        Facts =
        [
            new FactKind("call_wanted", CallingJson.Default.CallWanted),
            new FactKind("call_opened", CallingJson.Default.CallOpened),
            new FactKind("call_joined", CallingJson.Default.CallJoined),
            new FactKind("call_left", CallingJson.Default.CallLeft),
            new FactKind("call_found_empty", CallingJson.Default.CallFoundEmpty),
            new FactKind("call_ended", CallingJson.Default.CallEnded),
        ],
        Menu = [new MenuItem("call", Permission.Staff, "📞")],
        Triggers =
        [
            new Trigger(Door.Button, "call", _ => new StartCall()),
            new Trigger(Door.Slash, "call", _ => new StartCall()),
            new Trigger(Door.Typed, "call", _ => new StartCall()),
        ],
        Reactions = [Reaction.On<TicketClosed>(Calls.TicketEnded), Reaction.On<MemberArrived>(Calls.Arrived), Reaction.On<MemberGone>(Calls.Gone), Reaction.On<TicketTransferred>(Calls.Transferred)],
        Outcomes = [OutcomeRule.Of<CreateVoiceChannel>(Calls.Made)],
        Timers = [new TimerRule(Calls.EmptyTimer, Calls.StillEmpty)],
    };
}
